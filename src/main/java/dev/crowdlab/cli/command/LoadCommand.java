package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.input.CsvLoad;
import dev.crowdlab.input.CsvLoad.Loaded;
import dev.crowdlab.input.CsvLoad.Wanted;
import dev.crowdlab.input.InputTable;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.settings.DatasetName;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.text.Plural;
import dev.crowdlab.text.UsageException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
            "Replaces a dataset's rows in crowdlab.annotation, crowdlab.prediction and crowdlab.gold with those of CSV files (.csv or"
                    + " .csv.gz, UTF-8, separated by commas, semicolons or tabs), in one transaction; F may be - for standard input,"
                    + " once. The header names the columns, in any order and case; others are ignored. A malformed file is refused as a"
                    + " whole.",
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
            description =
                    "Columns example_id, annotator_id, label and optionally annotated_at, annotator_kind, family.")
    private @Nullable Path annotations;

    @Option(
            names = "--predictions",
            paramLabel = "F.csv",
            description = "Columns example_id, label, probability and optionally model; one row per class.")
    private @Nullable Path predictions;

    @Option(
            names = "--gold",
            paramLabel = "F.csv",
            description = "Columns example_id and label: labels that are known to be right, for crowdlab.gold.")
    private @Nullable Path gold;

    @Option(
            names = "--columns",
            paramLabel = "COLUMN=NAME",
            split = ",",
            description = "What columns are called in the files, such as example_id=task,label=answer.")
    private Map<String, String> columns = new LinkedHashMap<>();

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
            refuseQueries(application.bean(Settings.class), files.keySet());
            application.bean(Migration.class).requireCurrentOrMigrate();
            long started = System.nanoTime();
            Map<InputTable, Loaded> loaded =
                    application.bean(CsvLoad.class).load(new Wanted(dataset, files, columns, allowEmpty));
            double seconds = (System.nanoTime() - started) / 1e9;
            loaded.forEach((table, rows) -> {
                command.out().println(sentence(table, rows));
                ignored(table, rows).ifPresent(command.out()::println);
            });
            command.out().printf(Locale.ROOT, "It took %.1f s; the command run analyzes them.%n", seconds);
            return ExitCode.OK;
        }
    }

    /** A misspelled name of an optional column is among these. */
    private static Optional<String> ignored(InputTable table, Loaded rows) {
        return rows.ignored().isEmpty()
                ? Optional.empty()
                : Optional.of("Ignored " + Plural.word(rows.ignored().size(), "column ", "columns ")
                        + String.join(", ", rows.ignored()) + ", which crowdlab." + table.table()
                        + " does not have; --columns says what a column is called.");
    }

    /** Says what was there before, since a misspelled name makes a dataset of its own. */
    private String sentence(InputTable table, Loaded rows) {
        return String.format(
                Locale.ROOT,
                "Loaded %,d %s into crowdlab.%s, dataset %s. %s",
                rows.rowCount(),
                Plural.word(rows.rowCount(), "row", "rows"),
                table.table(),
                dataset,
                rows.replacedCount() == 0
                        ? "It had none there before."
                        : String.format(Locale.ROOT, "It had %,d there before.", rows.replacedCount()));
    }

    /**
     * Refuses to load rows for a dataset with queries: they would go unnoticed until the day the queries are removed.
     */
    private void refuseQueries(Settings settings, Set<InputTable> loaded) {
        DatasetSettings configured = settings.datasets().get(dataset);
        if (configured != null && !configured.isBuiltIn()) {
            throw new UsageException("crowdlab.datasets." + dataset + " has "
                    + (configured.tables() == null ? "an annotations-query" : "an annotations-table")
                    + ", so loaded rows would not be read; "
                    + (loaded.equals(Set.of(InputTable.GOLD)) && configured.tables() == null
                            ? "import the file into a table of your own and let crowdlab.datasets." + dataset
                                    + ".gold-query select example_id and label from it"
                            : "choose another dataset, or remove the "
                                    + (configured.tables() == null ? "queries" : "tables")));
        }
    }

    private Map<InputTable, Path> files() {
        Map<InputTable, Path> files = new EnumMap<>(InputTable.class);
        Optional.ofNullable(annotations).ifPresent(file -> files.put(InputTable.ANNOTATION, file));
        Optional.ofNullable(predictions).ifPresent(file -> files.put(InputTable.PREDICTION, file));
        Optional.ofNullable(gold).ifPresent(file -> files.put(InputTable.GOLD, file));
        if (files.isEmpty()) {
            throw new UsageException("There is nothing to load: give --annotations, --predictions or --gold");
        }
        if (files.values().stream().filter(CsvLoad.STANDARD_INPUT::equals).count() > 1) {
            throw new UsageException("Several files are -, but there is one standard input; give files for the others");
        }
        SortedSet<String> known = files.keySet().stream()
                .flatMap(table -> table.columns().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        columns.keySet().stream()
                .filter(column -> !known.contains(column))
                .findFirst()
                .ifPresent(column -> {
                    throw new UsageException("--columns has '" + column + "', and the tables to load have "
                            + String.join(", ", known) + "; write column=name, with the name in the file after the =");
                });
        return files;
    }
}
