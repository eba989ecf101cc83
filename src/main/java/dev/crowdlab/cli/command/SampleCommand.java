package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.cli.terminal.OutputFile;
import dev.crowdlab.input.InputQueries;
import dev.crowdlab.plan.Databases;
import dev.crowdlab.plan.GoldOrder;
import dev.crowdlab.plan.GoldOrder.Asked;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.settings.DatasetSetting;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.settings.WrittenSettings;
import dev.crowdlab.text.Plural;
import dev.crowdlab.text.UsageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code sample}: the examples to ask an expert about. */
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        description = {
            "Draws examples of a published dataset at random, to ask an expert for the right label, and writes them as CSV,"
                    + " with place, example_id, has_gold, or as tasks for Label Studio. The same seed always gives the same order, so that a larger sample begins"
                    + " with the smaller one, and nothing is stored. Only reads.",
            ""
        })
final class SampleCommand implements Callable<Integer> {

    private static final String DEFAULT_SEED = "gold";

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Option(names = "--dataset", paramLabel = "D", required = true, description = "The dataset.")
    private String dataset = "";

    @Option(names = "--size", paramLabel = "N", required = true, description = "How many examples, from 1 on.")
    private int size;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Any text that decides the order. Default: sample-seed of the dataset, or else gold.")
    private @Nullable String seed;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "The file to write, or to replace; one that ends in .json has tasks to import into Label Studio."
                            + " Default: standard output.")
    private @Nullable Path out;

    @Option(
            names = "--spreadsheet-safe",
            description =
                    "Put an apostrophe in front of ids that begin with =, +, -, @, a tab or a carriage return, which a"
                            + " spreadsheet would take for a formula.")
    private boolean isSpreadsheetSafe;

    @Override
    public Integer call() throws SQLException {
        ProgramCall command = requireNonNull(parent);
        if (size < 1) {
            throw new UsageException("--size is " + size + "; give a number from 1 on");
        }
        if (seed != null && seed.isBlank()) {
            throw new UsageException("--seed is empty; give a text, or leave it out");
        }
        if (isSpreadsheetSafe && isForLabelStudio()) {
            throw new UsageException(
                    "--spreadsheet-safe is for CSV, and " + out + " has tasks for Label Studio; leave it out");
        }
        OutputFile file = out == null ? null : new OutputFile(out);
        if (file != null) {
            file.requireWritable();
        }
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS)) {
            application.bean(Migration.class).requireNoLaterVersion();
            DatasetSettings settings = settings(application);
            String order = seed(settings);
            Asked asked = new GoldOrder(order).first(application.bean(DataSource.class), dataset, size);
            String query = query(settings);
            Set<String> answered = query == null
                    ? null
                    : GoldOrder.answered(
                            application.bean(Databases.class).input(settings, asked.at()), query, asked.exampleIds());
            SampleFile sample = new SampleFile(dataset, asked, answered);
            String rows = isForLabelStudio() ? sample.tasks() : sample.csv(isSpreadsheetSafe);
            if (file == null) {
                command.out().print(rows);
                command.out().flush();
            } else {
                file.write(rows.getBytes(StandardCharsets.UTF_8));
            }
            (file == null ? command.err() : command.out()).println(sentence(sample, order, file));
            hint(settings, order, command);
            return ExitCode.OK;
        }
    }

    private boolean isForLabelStudio() {
        return out != null && out.toString().endsWith(".json");
    }

    private DatasetSettings settings(Application application) {
        @Nullable
        DatasetSettings found = application.bean(Settings.class).datasets().get(dataset);
        DatasetSettings settings = found == null ? DatasetSettings.builtIn(dataset) : found;
        return settings.isBuiltIn() ? settings.withBuiltInGold() : settings;
    }

    private String seed(DatasetSettings settings) {
        String configured = settings.methods().asking().sampleSeed();
        return seed != null ? seed : configured != null ? configured : DEFAULT_SEED;
    }

    private @Nullable String query(DatasetSettings settings) {
        String query = settings.goldQuery();
        return query == null
                ? null
                : InputQueries.singleStatement(query)
                        .orElseThrow(() -> new UsageException(WrittenSettings.nameOf(dataset, DatasetSetting.GOLD_QUERY)
                                + ": is not one statement; validate says more"));
    }

    private String sentence(SampleFile sample, String order, @Nullable OutputFile file) {
        int prefix = sample.prefix();
        int count = sample.asked().exampleIds().size();
        return String.format(
                Locale.ROOT,
                "%s %s of %,d labeled in dataset '%s', in the order of seed '%s'%s; %d already %s gold%s.",
                file == null ? "These are" : "Wrote",
                Plural.of(count, "example", "examples"),
                sample.asked().exampleCount(),
                dataset,
                order,
                file == null ? "" : ", to " + file.path(),
                sample.answeredCount(),
                Plural.word(sample.answeredCount(), "has", "have"),
                without(prefix, count));
    }

    private static String without(int prefix, int count) {
        if (prefix == count) {
            return ", and nobody is left to ask about";
        }
        return prefix == 0 ? "" : ", the first " + prefix + " of them without a gap";
    }

    private void hint(DatasetSettings settings, String order, ProgramCall command) {
        String configured = settings.methods().asking().sampleSeed();
        String name = WrittenSettings.nameOf(dataset, DatasetSetting.SAMPLE_SEED);
        if (configured == null) {
            command.err()
                    .println(
                            "Note. Set " + name + " to '" + order + "', so that runs know that this gold is a sample.");
        } else if (!configured.equals(order)) {
            command.err()
                    .println("Warning. " + name + " is '" + configured
                            + "', so that runs do not take this sample for one drawn at random.");
        }
    }
}
