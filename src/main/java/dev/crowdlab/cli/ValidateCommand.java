package dev.crowdlab.cli;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.Application.DatabaseChoice;
import dev.crowdlab.plan.DatasetPlan;
import dev.crowdlab.plan.HeapLimit;
import dev.crowdlab.plan.RunPlanner;
import dev.crowdlab.retention.LockRoom;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.schema.PendingMigrationsException;
import dev.crowdlab.schema.Privileges;
import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.settings.Settings;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
    private @Nullable CrowdlabCommand parent;

    @Option(names = "--dataset", paramLabel = "D", description = "Check this dataset; may be repeated. Default: all.")
    private Set<String> datasets = new LinkedHashSet<>();

    @Override
    public Integer call() throws SQLException {
        CrowdlabCommand command = requireNonNull(parent);
        Set<String> problems = new LinkedHashSet<>();
        try (Application application =
                command.startCollectingProblems(DatabaseChoice.OWN_IF_IT_EXISTS, problems::add)) {
            int checked = addProblems(application, command, problems);
            if (problems.isEmpty()) {
                command.out().println("Datasets that can be run: " + checked + ". Nothing was read or changed.");
                return ExitCode.OK;
            }
            return ExitCode.USAGE;
        } finally { // prints the problems found so far even if a database cannot be reached
            problems.forEach(command.err()::println);
        }
    }

    /**
     * Adds the problems of databases and queries.
     *
     * @return the number of datasets inspected
     */
    private int addProblems(Application application, CrowdlabCommand command, Set<String> problems)
            throws SQLException {
        try {
            application.bean(Migration.class).requireCurrent();
        } catch (PendingMigrationsException e) {
            problems.add(String.valueOf(e.getMessage()));
            for (DatasetPlan dataset : application.bean(RunPlanner.class).planQueries(datasets)) {
                problems.addAll(dataset.problems());
            }
            return 0; // nothing else can be checked without the tables
        }
        problems.addAll(Privileges.missing(application.bean(DataSource.class)));
        try {
            RunPlanner.Plan plan = application.bean(RunPlanner.class).plan(datasets);
            for (DatasetPlan dataset : plan.runnable()) {
                problems.addAll(dataset.problems());
                tellSize(dataset, command, problems);
            }
            plan.choice().unusable().forEach(found -> problems.add(found.dataset() + ": " + found.sentence()));
            if (plan.choice().isEmpty()) {
                problems.add(RunPlanner.NO_DATASET);
            }
            LockRoom.shortage(
                            application.bean(DataSource.class),
                            plan.runnable().size(),
                            application.bean(Settings.class).retention().runs())
                    .ifPresent(shortage -> command.err().println("Warning. " + shortage));
            RunSummary.abandoned(plan.choice().abandoned()).forEach(command.err()::println);
            return plan.runnable().size();
        } catch (InvalidSettingsException e) {
            problems.addAll(e.sentences());
            return 0;
        }
    }

    /**
     * Prints the expected size of a run. A dataset that would not be read is a problem, one that may not fit causes a warning.
     */
    private static void tellSize(DatasetPlan dataset, CrowdlabCommand command, Set<String> problems) {
        String settings = "crowdlab.datasets." + dataset.settings().name() + ".";
        if (problems.stream().anyMatch(problem -> problem.startsWith(settings))) {
            return; // invalid settings may change what is read
        }
        HeapLimit heap = HeapLimit.ofProcess();
        heap.estimate(dataset).ifPresent(command.out()::println);
        Optional<String> refusal = heap.refusal(dataset);
        refusal.ifPresent(problems::add);
        if (refusal.isEmpty()) {
            heap.doubt(dataset).ifPresent(doubt -> command.err().println("Warning. " + doubt));
        }
    }
}
