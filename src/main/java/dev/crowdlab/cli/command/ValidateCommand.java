package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.command.ValidationDocument.Entry;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.cli.terminal.JsonDocument;
import dev.crowdlab.cli.terminal.RunSummary;
import dev.crowdlab.plan.DatasetPlan;
import dev.crowdlab.plan.HeapLimit;
import dev.crowdlab.plan.RunPlanner;
import dev.crowdlab.plan.SampleResult;
import dev.crowdlab.publication.Standbys;
import dev.crowdlab.retention.LockRoom;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.schema.PendingMigrationsException;
import dev.crowdlab.schema.Privileges;
import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.text.UsageException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code validate}: finds out beforehand what would go wrong in a run. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Checks settings, connections, rights, and the columns and types of every query, and reports every problem with the"
                    + " line to change. Reads the first rows of each query, and says which could not be used. Prints the"
                    + " expected number of rows of each dataset and what a run will take. Changes nothing. Exits with 2 if"
                    + " there is a problem.",
            ""
        })
final class ValidateCommand implements Callable<Integer> {

    private static final int MAX_SAMPLE = 100_000;

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Option(names = "--dataset", paramLabel = "D", description = "Check this dataset; may be repeated. Default: all.")
    private Set<String> datasets = new LinkedHashSet<>();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Read up to N rows of each query, the first that come, and check them as a run would; 0 reads"
                    + " none. Default: ${DEFAULT-VALUE}.")
    private int sample;

    private final Set<String> problems = new LinkedHashSet<>();
    private final List<DatasetPlan> inspected = new ArrayList<>();
    private final Map<String, SampleResult> samples = new HashMap<>();
    private final List<String> estimates = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final List<String> warnings = new ArrayList<>();

    @Override
    public Integer call() throws SQLException {
        ProgramCall command = requireNonNull(parent);
        if (sample < 0 || sample > MAX_SAMPLE) {
            throw new UsageException("--sample " + sample + " is not a number of rows from 0 to " + MAX_SAMPLE + ".");
        }
        try (Application application =
                command.startCollectingProblems(DatabaseChoice.OWN_IF_IT_EXISTS, problems::add)) {
            findProblems(application);
            print(command.out());
            return problems.isEmpty() ? ExitCode.OK : ExitCode.USAGE;
        } finally { // prints what was found so far even if a database cannot be reached
            notes.forEach(note -> command.err().println("Note. " + note));
            warnings.forEach(command.err()::println);
            problems.forEach(command.err()::println);
        }
    }

    private void print(PrintWriter out) {
        if (output.isJson()) {
            List<Entry> datasets = inspected.stream()
                    .map(dataset -> Entry.of(
                            dataset,
                            Optional.ofNullable(samples.get(dataset.settings().name()))))
                    .toList();
            new JsonDocument(new ValidationDocument(datasets, problems, warnings, notes)).print(out);
            return;
        }
        estimates.forEach(out::println);
        if (problems.isEmpty()) {
            out.println("Datasets that can be run: " + inspected.size() + ". "
                    + (samples.isEmpty()
                            ? "Nothing was read or changed."
                            : "Up to " + sample
                                    + " rows of each query were read, the first that came, which are no random"
                                    + " sample; nothing was changed."));
        }
    }

    /** Adds the problems of databases and queries. */
    private void findProblems(Application application) throws SQLException {
        RunPlanner planner = application.bean(RunPlanner.class);
        try {
            application.bean(Migration.class).requireCurrent();
        } catch (PendingMigrationsException e) {
            (e.isAppliedByRun() ? notes : problems).add(String.valueOf(e.getMessage()));
            if (e.isFirst()) {
                findUnknown(application.bean(Settings.class));
            }
            for (DatasetPlan dataset : planner.planQueries(datasets)) {
                inspect(dataset, planner);
            }
            return; // nothing else can be checked without the tables
        }
        problems.addAll(Privileges.missing(application.bean(DataSource.class)));
        try {
            RunPlanner.Plan plan = planner.plan(datasets);
            for (DatasetPlan dataset : plan.runnable()) {
                inspect(dataset, planner);
            }
            plan.choice().unusable().forEach(found -> problems.add(found.dataset() + ": " + found.sentence()));
            if (plan.choice().isEmpty()) {
                problems.add(RunPlanner.NO_DATASET);
            }
            findWarnings(application, plan);
        } catch (InvalidSettingsException e) {
            problems.addAll(e.sentences());
        }
    }

    /** Adds problems about datasets that could not even be found in the built-in tables, which do not exist yet. */
    private void findUnknown(Settings settings) {
        if (settings.datasets().isEmpty()) {
            problems.add(RunPlanner.NO_DATASET);
        }
        datasets.stream()
                .filter(name -> !settings.datasets().isEmpty())
                .filter(name -> !settings.datasets().containsKey(name))
                .forEach(name -> problems.add(
                        RunPlanner.unknown(name, settings.datasets().keySet())));
        settings.datasets().values().stream()
                .filter(dataset -> dataset.isBuiltIn() && (datasets.isEmpty() || datasets.contains(dataset.name())))
                .forEach(
                        dataset -> notes.add(
                                "Dataset '" + dataset.name() + "' has no annotations-query and is read from the"
                                        + " built-in tables, which are not there yet; after the migration fill them with load."));
    }

    private void findWarnings(Application application, RunPlanner.Plan plan) throws SQLException {
        LockRoom.shortage(
                        application.bean(DataSource.class),
                        plan.runnable().size(),
                        application.bean(Settings.class).retention().runs())
                .ifPresent(shortage -> warnings.add("Warning. " + shortage));
        Standbys.doubt(
                        application.bean(DataSource.class),
                        application.bean(Settings.class).standby())
                .ifPresent(doubt -> warnings.add("Warning. " + doubt));
        warnings.addAll(RunSummary.abandoned(plan.choice().abandoned()));
    }

    private void inspect(DatasetPlan dataset, RunPlanner planner) throws SQLException {
        problems.addAll(dataset.problems());
        problems.addAll(planner.textProblems(dataset.settings()));
        inspected.add(dataset);
        String settings = "crowdlab.datasets." + dataset.settings().name() + ".";
        if (problems.stream().anyMatch(problem -> problem.startsWith(settings))) {
            return; // invalid settings may change what is read
        }
        findSize(dataset);
        if (sample > 0 && dataset.problems().isEmpty()) {
            SampleResult found = planner.sample(dataset, sample);
            samples.put(dataset.settings().name(), found);
            problems.addAll(found.problems());
            notes.addAll(found.notes());
        }
    }

    /**
     * Adds the expected size of a run. A dataset that would not be read is a problem, one that may not fit causes a
     * warning.
     */
    private void findSize(DatasetPlan dataset) {
        HeapLimit heap = HeapLimit.ofProcess();
        heap.estimate(dataset).ifPresent(estimates::add);
        Optional<String> refusal = heap.refusal(dataset);
        refusal.ifPresent(problems::add);
        if (refusal.isEmpty()) {
            heap.doubt(dataset).ifPresent(doubt -> warnings.add("Warning. " + doubt));
        }
    }
}
