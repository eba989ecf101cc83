package dev.crowdlab.cli;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.Application.DatabaseChoice;
import dev.crowdlab.cli.ValidationDocument.Entry;
import dev.crowdlab.plan.DatasetPlan;
import dev.crowdlab.plan.HeapLimit;
import dev.crowdlab.plan.RunPlanner;
import dev.crowdlab.publication.Standbys;
import dev.crowdlab.retention.LockRoom;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.schema.PendingMigrationsException;
import dev.crowdlab.schema.Privileges;
import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.settings.Settings;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
                    + " line to change. Prints the expected number of rows of each dataset and what a run will take. Reads no"
                    + " data and changes nothing. Exits with 2 if there is a problem.",
            ""
        })
final class ValidateCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Option(names = "--dataset", paramLabel = "D", description = "Check this dataset; may be repeated. Default: all.")
    private Set<String> datasets = new LinkedHashSet<>();

    @Mixin
    private final OutputOption output = new OutputOption();

    private final Set<String> problems = new LinkedHashSet<>();
    private final List<DatasetPlan> inspected = new ArrayList<>();
    private final List<String> estimates = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    @Override
    public Integer call() throws SQLException {
        ProgramCall command = requireNonNull(parent);
        try (Application application =
                command.startCollectingProblems(DatabaseChoice.OWN_IF_IT_EXISTS, problems::add)) {
            findProblems(application);
            print(command.out());
            return problems.isEmpty() ? ExitCode.OK : ExitCode.USAGE;
        } finally { // prints what was found so far even if a database cannot be reached
            warnings.forEach(command.err()::println);
            problems.forEach(command.err()::println);
        }
    }

    private void print(PrintWriter out) {
        if (output.isJson()) {
            List<Entry> datasets = inspected.stream().map(Entry::of).toList();
            new JsonDocument(new ValidationDocument(datasets, problems, warnings)).print(out);
            return;
        }
        estimates.forEach(out::println);
        if (problems.isEmpty()) {
            out.println("Datasets that can be run: " + inspected.size() + ". Nothing was read or changed.");
        }
    }

    /** Adds the problems of databases and queries. */
    private void findProblems(Application application) throws SQLException {
        try {
            application.bean(Migration.class).requireCurrent();
        } catch (PendingMigrationsException e) {
            problems.add(String.valueOf(e.getMessage()));
            for (DatasetPlan dataset : application.bean(RunPlanner.class).planQueries(datasets)) {
                problems.addAll(dataset.problems());
            }
            return; // nothing else can be checked without the tables
        }
        problems.addAll(Privileges.missing(application.bean(DataSource.class)));
        try {
            RunPlanner.Plan plan = application.bean(RunPlanner.class).plan(datasets);
            for (DatasetPlan dataset : plan.runnable()) {
                problems.addAll(dataset.problems());
                inspected.add(dataset);
                findSize(dataset);
            }
            plan.choice().unusable().forEach(found -> problems.add(found.dataset() + ": " + found.sentence()));
            if (plan.choice().isEmpty()) {
                problems.add(RunPlanner.NO_DATASET);
            }
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
        } catch (InvalidSettingsException e) {
            problems.addAll(e.sentences());
        }
    }

    /**
     * Adds the expected size of a run. A dataset that would not be read is a problem, one that may not fit causes a
     * warning.
     */
    private void findSize(DatasetPlan dataset) {
        String settings = "crowdlab.datasets." + dataset.settings().name() + ".";
        if (problems.stream().anyMatch(problem -> problem.startsWith(settings))) {
            return; // invalid settings may change what is read
        }
        HeapLimit heap = HeapLimit.ofProcess();
        heap.estimate(dataset).ifPresent(estimates::add);
        Optional<String> refusal = heap.refusal(dataset);
        refusal.ifPresent(problems::add);
        if (refusal.isEmpty()) {
            heap.doubt(dataset).ifPresent(doubt -> warnings.add("Warning. " + doubt));
        }
    }
}
