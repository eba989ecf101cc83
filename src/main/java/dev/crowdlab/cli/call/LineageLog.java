package dev.crowdlab.cli.call;

import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.cli.terminal.RunSummary;
import dev.crowdlab.cli.terminal.SummaryDocument;
import dev.crowdlab.job.RunBeginning;
import dev.crowdlab.job.RunOutcome;
import dev.crowdlab.notification.Lineage;
import dev.crowdlab.notification.LineageRun;
import dev.crowdlab.notification.LineageRun.End;
import dev.crowdlab.notification.LineageRun.Output;
import dev.crowdlab.notification.LineageRun.Table;
import dev.crowdlab.notification.RunOutputs;
import dev.crowdlab.run.RunStatus;
import dev.crowdlab.settings.DatasetSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Sends the lineage of each run: at once that it has begun, and after all runs how it ended and what it wrote.
 * Thread-safe.
 */
final class LineageLog {

    /** The reason given for a run that lost the database, after which the dataset was run again. */
    private static final String AGAIN = "The database was lost, and the dataset was run again.";

    private final Lineage receiver;
    private final Map<Long, LineageRun> begun = new ConcurrentSkipListMap<>();
    private final Map<Long, Ended> ended = new ConcurrentHashMap<>();
    private final Map<Long, List<Output>> outputs = new ConcurrentHashMap<>();

    LineageLog(Lineage receiver) {
        this.receiver = receiver;
    }

    private record Ended(Instant at, SummaryDocument.Entry entry) {}

    void begun(RunBeginning beginning) {
        LineageRun run = run(beginning);
        begun.put(run.runId(), run);
        receiver.start(run);
    }

    private static LineageRun run(RunBeginning beginning) {
        DatasetSettings dataset = beginning.dataset();
        String queries = Stream.of(dataset.annotationsQuery(), dataset.predictionsQuery(), dataset.goldQuery())
                .filter(Objects::nonNull)
                .map(query -> String.valueOf(query).strip().replaceFirst(";$", ""))
                .collect(Collectors.joining(";\n"));
        List<Table> inputs = new ArrayList<>();
        beginning.tables().stream()
                .sorted()
                .forEach(table -> inputs.add(new Table(
                        beginning.source().server(), beginning.source().database() + "." + table)));
        return new LineageRun(
                beginning.runId(),
                dataset.name(),
                beginning.asOf(),
                beginning.beganAt(),
                queries.isEmpty() ? Optional.empty() : Optional.of(queries),
                inputs,
                new Table(beginning.result().server(), beginning.result().database()));
    }

    void finished(RunOutcome outcome, Instant now) {
        SummaryDocument.Entry entry =
                new RunSummary(List.of(outcome)).document(List.of()).datasets().get(0);
        outcome.runId().ifPresent(run -> ended.put(run, new Ended(now, entry)));
    }

    /**
     * Looks up what the runs wrote.
     *
     * @throws org.springframework.dao.DataAccessException if the database cannot be read
     */
    void runsEnded(DataSource database) {
        RunOutputs tables = new RunOutputs(database);
        begun.keySet().forEach(run -> outputs.put(run, tables.of(run)));
    }

    /**
     * Sends how each run ended, and waits until everything is sent.
     *
     * @param now the end of runs whose end is not known otherwise
     * @return empty if everything was accepted; otherwise why not, as the end of a sentence
     * @throws InterruptedException if the thread is interrupted
     */
    Optional<String> tell(Instant now) throws InterruptedException {
        begun.values().forEach(run -> receiver.end(run, end(run.runId(), now)));
        try (receiver) {
            return receiver.await();
        }
    }

    private End end(long run, Instant now) {
        Ended known = ended.get(run);
        if (known == null) {
            return new End(now, RunStatus.FAILED.name(), Optional.of(AGAIN), List.of());
        }
        SummaryDocument.Entry entry = known.entry();
        Optional<String> problem = entry.exitCode() == ExitCode.OK
                ? Optional.empty()
                : Optional.of(entry.message() == null ? "The run was not published." : entry.message());
        return new End(known.at(), entry.status(), problem, outputs.getOrDefault(run, List.of()));
    }
}
