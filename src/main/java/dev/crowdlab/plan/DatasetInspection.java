package dev.crowdlab.plan;

import dev.crowdlab.input.CopyStatements;
import dev.crowdlab.input.InputQueries;
import dev.crowdlab.input.QueryInspection;
import dev.crowdlab.input.QueryInspection.Outcome;
import dev.crowdlab.input.QueryInspection.Refused;
import dev.crowdlab.input.QueryInspection.Usable;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.SettingOrigins;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Finds out how datasets can be read. Safe for use by many threads. */
public final class DatasetInspection {

    private final SettingOrigins origins;

    /** @param origins tell in which line a setting stands */
    public DatasetInspection(SettingOrigins origins) {
        this.origins = origins;
    }

    /**
     * Looks at the queries of a dataset, without reading a row.
     *
     * @param sessions those that would read it
     * @throws SQLException if no session can be had, or it is lost
     */
    public DatasetPlan plan(DatasetSettings dataset, DataSource sessions) throws SQLException {
        Outcome outcome = QueryInspection.inspect(
                sessions,
                dataset.name(),
                queries(dataset),
                !dataset.inputRules().classes().isEmpty());
        if (outcome instanceof Usable usable) {
            return new DatasetPlan(dataset, usable.columns(), usable.estimate(), List.of());
        }
        List<String> problems = ((Refused) outcome).problems();
        return new DatasetPlan(
                dataset,
                CopyStatements.NONE,
                Optional.empty(),
                problems.stream().map(origins::locate).toList());
    }

    private static InputQueries queries(DatasetSettings dataset) {
        return dataset.annotationsQuery() == null
                ? InputQueries.BUILT_IN
                : new InputQueries(dataset.annotationsQuery(), dataset.predictionsQuery());
    }
}
