package dev.crowdlab.plan;

import dev.crowdlab.input.CopyStatements;
import dev.crowdlab.input.InputQueries;
import dev.crowdlab.input.QueryInspection;
import dev.crowdlab.input.QueryInspection.Outcome;
import dev.crowdlab.input.QueryInspection.Refused;
import dev.crowdlab.input.QueryInspection.Usable;
import dev.crowdlab.settings.DatasetSettings;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** Finds out how datasets can be read. Thread-safe. */
public final class DatasetInspection {

    private final UnaryOperator<String> locate;

    /** @param locate adds the file and line of the setting that a sentence begins with, where they are known */
    public DatasetInspection(UnaryOperator<String> locate) {
        this.locate = locate;
    }

    /**
     * Inspects the queries of a dataset, see {@link QueryInspection}.
     *
     * @param dataSource connections that would read it
     * @throws SQLException if no connection can be opened, or it is lost
     */
    public DatasetPlan plan(DatasetSettings dataset, DataSource dataSource) throws SQLException {
        if (dataset.tables() != null) {
            return unreadable(dataset, List.of(forSparkAlone(dataset)));
        }
        if (dataset.labelStudio() != null) {
            Optional<String> missing = LabelStudioTables.missing(dataSource, dataset.name(), dataset.labelStudio());
            if (missing.isPresent()) {
                return unreadable(dataset, List.of(missing.get()));
            }
        }
        Outcome outcome = QueryInspection.inspect(
                dataSource,
                dataset.name(),
                queries(dataset),
                !dataset.inputRules().classes().isEmpty());
        if (outcome instanceof Usable usable) {
            return usable.columns().annotations().kinds().areStated()
                    ? withKinds(dataset, usable)
                    : new DatasetPlan(dataset, usable.columns(), usable.estimate(), List.of());
        }
        return unreadable(dataset, ((Refused) outcome).problems());
    }

    /** Machines are found by the input, too. */
    private DatasetPlan withKinds(DatasetSettings dataset, Usable usable) {
        if (dataset.methods().asking().stop().isPresent()) {
            return unreadable(
                    dataset,
                    List.of("crowdlab.datasets." + dataset.name()
                            + ".annotations-query: its column annotator_kind cannot be combined with the settings of stop, which"
                            + " count labels of people; leave one of them out"));
        }
        return new DatasetPlan(dataset.withStatedMachines(), usable.columns(), usable.estimate(), List.of());
    }

    private DatasetPlan unreadable(DatasetSettings dataset, List<String> problems) {
        return new DatasetPlan(dataset, CopyStatements.NONE, Optional.empty(), located(problems));
    }

    /** The sentences with the file and line of the setting that each begins with, where they are known. */
    List<String> located(List<String> sentences) {
        return sentences.stream().map(locate).toList();
    }

    /** Why a dataset that is read from tables outside PostgreSQL cannot be read here. */
    static String forSparkAlone(DatasetSettings dataset) {
        return "crowdlab.datasets." + dataset.name()
                + ".annotations-table: this program reads PostgreSQL alone; run the"
                + " dataset by spark-submit (cluster.md), name the others with --dataset, or give queries in place of tables";
    }

    private static InputQueries queries(DatasetSettings dataset) {
        InputQueries builtIn =
                dataset.methods().machines().areStated() ? InputQueries.BUILT_IN_WITH_KINDS : InputQueries.BUILT_IN;
        return dataset.annotationsQuery() == null
                ? new InputQueries(builtIn.annotations(), builtIn.predictions(), dataset.goldQuery(), null)
                : new InputQueries(
                        dataset.annotationsQuery(),
                        dataset.predictionsQuery(),
                        dataset.goldQuery(),
                        dataset.inputRules().timeZone());
    }
}
