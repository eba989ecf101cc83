package dev.crowdlab.cli;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.Application.DatabaseChoice;
import dev.crowdlab.input.CsvLoad;
import dev.crowdlab.input.CsvLoad.Loaded;
import dev.crowdlab.input.InputTable;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.settings.DatasetName;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.text.Plural;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code load}: loads CSV files into the built-in input tables. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Replaces a dataset's rows in crowdlab.annotation and crowdlab.prediction with those of CSV files (.csv or .csv.gz,"
                    + " UTF-8), in one transaction; F may be - for standard input, once. The header names the columns, in any order. A malformed file is refused as a whole.",
            ""
        })
final class LoadCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Option(names = "--dataset", paramLabel = "D", required = true, description = "The dataset.")
    private String dataset = "";

    @Option(
            names = "--annotations",
            paramLabel = "F.csv",
            description = "Columns example_id, annotator_id, label and optionally annotated_at.")
    private @Nullable Path annotations;

    @Option(
            names = "--predictions",
            paramLabel = "F.csv",
            description = "Columns example_id, label, probability and optionally model; one row per class.")
    private @Nullable Path predictions;

    @Option(
            names = "--allow-empty",
            description = "Let a file without rows remove the dataset's rows; otherwise it is refused.")
    private boolean allowEmpty;

    @Override
    public Integer call() throws SQLException {
        ProgramCall command = requireNonNull(parent);
        DatasetName.problem(dataset).ifPresent(problem -> {
            throw new UsageException("--dataset: " + problem);
        });
        Map<InputTable, Path> files = files();
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS)) {
            refuseQueries(application.bean(Settings.class));
            application.bean(Migration.class).requireCurrentOrMigrate();
            long started = System.nanoTime();
            Map<InputTable, Loaded> loaded = application.bean(CsvLoad.class).load(dataset, files, allowEmpty);
            double seconds = (System.nanoTime() - started) / 1e9;
            loaded.forEach((table, rows) -> command.out().println(sentence(table, rows)));
            command.out().printf(Locale.ROOT, "It took %.1f s; the command run analyzes them.%n", seconds);
            return ExitCode.OK;
        }
    }

    /** Says what was there before, since a misspelled name makes a dataset of its own. */
    private String sentence(InputTable table, Loaded rows) {
        return String.format(
                Locale.ROOT,
                "Loaded %,d %s into crowdlab.%s, dataset %s. %s",
                rows.rowCount(),
                Plural.word(rows.rowCount(), "row", "rows"),
                table.name().toLowerCase(Locale.ROOT),
                dataset,
                rows.replacedCount() == 0
                        ? "It had none there before."
                        : String.format(Locale.ROOT, "It had %,d there before.", rows.replacedCount()));
    }

    /**
     * Refuses to load rows for a dataset with queries: they would go unnoticed until the day the queries are removed.
     */
    private void refuseQueries(Settings settings) {
        DatasetSettings configured = settings.datasets().get(dataset);
        if (configured != null && !configured.isBuiltIn()) {
            throw new UsageException("crowdlab.datasets." + dataset + " has "
                    + (configured.tables() == null ? "an annotations-query" : "an annotations-table")
                    + ", so loaded rows would not be read; choose another dataset, or remove the "
                    + (configured.tables() == null ? "queries" : "tables"));
        }
    }

    private Map<InputTable, Path> files() {
        Map<InputTable, Path> files = new EnumMap<>(InputTable.class);
        if (annotations != null) {
            files.put(InputTable.ANNOTATION, annotations);
        }
        if (predictions != null) {
            files.put(InputTable.PREDICTION, predictions);
        }
        if (files.isEmpty()) {
            throw new UsageException("There is nothing to load: give --annotations or --predictions, or both");
        }
        if (CsvLoad.STANDARD_INPUT.equals(annotations) && CsvLoad.STANDARD_INPUT.equals(predictions)) {
            throw new UsageException(
                    "--annotations and --predictions are both -, but there is one standard input; give a"
                            + " file for one of them");
        }
        return files;
    }
}
