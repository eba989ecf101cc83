package dev.crowdlab.job;

import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.SettingOrigins;
import dev.crowdlab.source.InputColumns;
import dev.crowdlab.source.InputQueries;
import dev.crowdlab.source.QueryInspection;
import dev.crowdlab.source.QueryInspection.Outcome;
import dev.crowdlab.source.QueryInspection.Refused;
import dev.crowdlab.source.QueryInspection.Usable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Finds out how datasets can be read. Safe for use by many threads. */
final class DatasetInspection {

    private final SettingOrigins origins;

    /** @param origins tell in which line a setting stands */
    DatasetInspection(SettingOrigins origins) {
        this.origins = origins;
    }

    /**
     * Looks at the queries of a dataset, without reading a row.
     *
     * @param sessions those that would read it
     * @throws SQLException if no session can be had, or it is lost
     */
    DatasetPlan plan(DatasetSettings dataset, DataSource sessions) throws SQLException {
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
                InputColumns.NONE,
                Optional.empty(),
                problems.stream().map(origins::locate).toList());
    }

    private static InputQueries queries(DatasetSettings dataset) {
        return dataset.annotationsQuery() == null
                ? InputQueries.BUILT_IN
                : new InputQueries(dataset.annotationsQuery(), dataset.predictionsQuery());
    }
}
