package dev.crowdlab.cli.command;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.call.Trial.PastNights;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.cli.terminal.LogEvents;
import dev.crowdlab.cli.terminal.LogOutput;
import dev.crowdlab.cli.terminal.ProgressBar;
import dev.crowdlab.cli.terminal.ProgressDisplay;
import dev.crowdlab.cli.terminal.RunSummary;
import dev.crowdlab.cli.terminal.SummaryDocument;
import dev.crowdlab.cli.terminal.TerminalScreen;
import dev.crowdlab.job.DatasetRuns;
import dev.crowdlab.job.Progress;
import dev.crowdlab.job.PublishedSteps;
import dev.crowdlab.job.RunOutcome;
import dev.crowdlab.job.RunRequest;
import dev.crowdlab.plan.RunPlanner;
import dev.crowdlab.postgres.SessionRoom;
import dev.crowdlab.settings.DatasetSettings;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;

/** Plans runs, executes them, and shows their outcomes. */
final class RunInvocation {

    private final ProgramCall command;
    private final Application application;
    private final UnaryOperator<Progress> observation;

    RunInvocation(ProgramCall command, Application application) {
        this(command, application, UnaryOperator.identity());
    }

    /**
     * @param observation makes of the progress that is shown one that is also observed
     */
    RunInvocation(ProgramCall command, Application application, UnaryOperator<Progress> observation) {
        this.command = command;
        this.application = application;
        this.observation = observation;
    }

    /**
     * Runs the named datasets, or all.
     *
     * @return the summary, with the exit code
     */
    SummaryDocument run(Set<String> names, RunRequest request) throws SQLException, InterruptedException {
        RunPlanner.Choice choice = application.bean(RunPlanner.class).choose(names);
        List<String> abandoned = RunSummary.abandoned(choice.abandoned());
        if (choice.isEmpty()) {
            command.err().println(RunPlanner.NO_DATASET);
            abandoned.forEach(command.err()::println);
            return new SummaryDocument(ExitCode.USAGE, RunPlanner.NO_DATASET, List.of(), abandoned);
        }
        SessionRoom.shortage(
                        application.bean(DataSource.class),
                        Math.min(request.parallel(), choice.datasets().size()))
                .ifPresent(shortage -> command.err().println("Warning. " + shortage));
        List<RunOutcome> outcomes = new ArrayList<>();
        choice.unusable().forEach(found -> outcomes.add(RunOutcome.withoutRun(found.dataset(), found.sentence())));
        try (ProgressDisplay progress = display(request)) {
            outcomes.addAll(runStoppably(choice.datasets(), request, observation.apply(progress)));
        }
        return tell(new RunSummary(outcomes), abandoned);
    }

    private SummaryDocument tell(RunSummary summary, List<String> abandoned) {
        SummaryDocument document = summary.document(abandoned);
        if (LogOutput.isStructured()) {
            LogEvents.summary(document);
        } else {
            summary.lines().forEach(command.out()::println);
            abandoned.forEach(command.out()::println);
        }
        return document;
    }

    /**
     * Runs a dataset as of past nights, until one does not end well; only that one is printed.
     *
     * @return the exit code
     */
    int runPast(PastNights past) throws InterruptedException {
        for (Instant moment : past.moments()) {
            RunRequest request = new RunRequest(Optional.of(moment), false, false, false, 1);
            RunSummary summary = new RunSummary(runStoppably(List.of(past.dataset()), request, Progress.NONE));
            if (summary.exitCode() != ExitCode.OK) {
                summary.lines().forEach(command.out()::println);
                return summary.exitCode();
            }
        }
        return ExitCode.OK;
    }

    private ProgressDisplay display(RunRequest request) {
        ProgressDisplay display = new ProgressDisplay(command.err(), bar(), System::nanoTime);
        if (request.dryRun()) {
            display.tellEstimates(command.out());
        }
        return display;
    }

    private Optional<ProgressBar> bar() {
        Optional<TerminalScreen> terminal = LogOutput.isStructured() ? Optional.empty() : TerminalScreen.ofProcess();
        return terminal.map(
                screen -> new ProgressBar(screen.writer(), screen.width(), System::nanoTime, this::lastRun).start());
    }

    /** Without them the bar knows less, which is no reason to fail. */
    private Map<String, Long> lastRun(String dataset) {
        try {
            return PublishedSteps.rowCounts(application.bean(DataSource.class), dataset);
        } catch (DataAccessException e) {
            return Map.of();
        }
    }

    /**
     * Runs the datasets. After a signal the runs stop at their next block and are closed as failed before the process
     * ends.
     */
    private List<RunOutcome> runStoppably(List<DatasetSettings> datasets, RunRequest request, Progress progress)
            throws InterruptedException {
        DatasetRuns runs = application.bean(DatasetRuns.class);
        command.shutdown().onSignal(runs::stop);
        return runs.run(datasets, request, progress);
    }
}
