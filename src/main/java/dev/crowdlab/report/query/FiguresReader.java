package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.AgreementFigures;
import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.ClassFigures;
import dev.crowdlab.report.figures.ConsensusFigures;
import dev.crowdlab.report.figures.DoubtfulFigures;
import dev.crowdlab.report.figures.LabelFigures;
import dev.crowdlab.report.figures.MachineFigures;
import dev.crowdlab.report.figures.NextFigures;
import dev.crowdlab.report.figures.OriginFigures;
import dev.crowdlab.report.figures.PairFigures;
import dev.crowdlab.report.figures.PairFigures.OneClass;
import dev.crowdlab.report.figures.PeriodFigures;
import dev.crowdlab.report.figures.PeriodFigures.Drop;
import dev.crowdlab.report.figures.RejectedFigures;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.figures.ReviewFigures;
import dev.crowdlab.report.figures.RunFigures;
import dev.crowdlab.report.figures.RunFigures.Published;
import dev.crowdlab.report.figures.ShareFigures;
import dev.crowdlab.report.figures.StandingFigures;
import dev.crowdlab.report.figures.StateFigures;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.results.copy.StoredRows;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads all figures of a report in one snapshot, which no publication in between can change. Thread-safe. */
public final class FiguresReader {

    private static final List<ResultTableDefinition> LARGE = List.of(
            ResultTableDefinitions.LABEL_QUALITY,
            ResultTableDefinitions.DETAILED_LABEL_QUALITY,
            ResultTableDefinitions.ACTIVE_LEARNING_SCORE,
            ResultTableDefinitions.LABEL_STATE);

    private static final int STATES = LARGE.indexOf(ResultTableDefinitions.LABEL_STATE);

    private final ReportSnapshot snapshot;
    private final JdbcClient jdbc;

    /** Reads from the database that the sessions lead to; SELECT on schema crowdlab is enough. */
    public FiguresReader(DataSource sessions) {
        snapshot = new ReportSnapshot(sessions);
        jdbc = snapshot.jdbc();
    }

    /** The figures of a run that has ended. */
    public ReportFigures read(long runId, boolean withQueries) {
        return snapshot.read(() -> readSnapshot(runId, withQueries));
    }

    /** The annotators of a run, all of them, machines too. */
    public List<String> annotators(long runId) {
        return jdbc.sql("select annotator_id from crowdlab.annotator_stats where run_id = :run"
                        + " union all select annotator_id from crowdlab.machine_stats where run_id = :run")
                .param("run", runId)
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** Opens the large tables first, because that takes locks, before the snapshot. */
    private ReportFigures readSnapshot(long runId, boolean withQueries) {
        List<String> large = snapshot.onConnection(connection -> StoredRows.relations(connection, LARGE, runId));
        Kept kept = kept(jdbc, runId, withQueries);
        if (!kept.run().hasRows()) {
            return withoutRows(kept);
        }
        LabelQueries.Counted labels = new LabelQueries(jdbc, runId, large.get(0))
                .read(kept.run().counts().unlabeled());
        WorkQueries work = new WorkQueries(jdbc, runId, large);
        return new ReportFigures(
                kept.run(),
                kept.standing(),
                kept.agreement(),
                kept.annotators(),
                kept.pairs(),
                new PeriodQueries(jdbc, runId).read(kept.annotators(), kept.drops()),
                new ClassQueries(jdbc, runId)
                        .read(
                                kept.run().counts().classes(),
                                kept.shares().labels(),
                                kept.annotators().rows().stream()
                                        .map(AnnotatorFigures.Row::id)
                                        .toList()),
                labels.labels(),
                kept.classShares(),
                new StateQueries(jdbc, runId).withAsked(kept.states(), large.get(STATES)),
                new MachineQueries(jdbc, runId).withSources(kept.machines(), large.get(0)),
                kept.consensus(),
                new ReviewQueries(jdbc, runId, large).read(labels.reasons()),
                work.doubtful(),
                work.next(),
                new RejectedQueries(jdbc, runId).read(),
                kept.origin());
    }

    /** What is read of every run: its large tables may have been removed. */
    // more components: one for each part of the report that outlives the large tables
    private record Kept(
            RunFigures run,
            StandingFigures standing,
            AgreementFigures agreement,
            AnnotatorFigures annotators,
            PairFigures pairs,
            List<Drop> drops,
            ClassQueries.Shares shares,
            ShareFigures classShares,
            StateFigures states,
            MachineFigures machines,
            ConsensusFigures consensus,
            OriginFigures origin) {}

    private static Kept kept(JdbcClient jdbc, long runId, boolean withQueries) {
        RunFigures run = new RunQueries(jdbc, runId).read();
        ClassQueries.Shares shares = new ClassQueries(jdbc, runId).shares();
        PairFigures pairs = run.hasRows() ? new PairQueries(jdbc, runId).read() : PairFigures.NONE;
        List<Drop> drops = run.hasRows() ? new PeriodQueries(jdbc, runId).drops() : List.of();
        AnnotatorFigures annotators = new AnnotatorQueries(jdbc, runId)
                .read(
                        lastRuns(run),
                        drops.stream().map(Drop::annotator).toList(),
                        pairs.oneClass().stream().map(OneClass::annotator).toList());
        return new Kept(
                run,
                new StandingQueries(jdbc).read(run.dataset()),
                agreement(new AgreementQueries(jdbc, runId), shares, annotators),
                annotators,
                pairs,
                drops,
                shares,
                new ShareQueries(jdbc, runId).read(),
                new StateQueries(jdbc, runId).read(),
                new MachineQueries(jdbc, runId).read(),
                new ConsensusQueries(jdbc, runId).read(),
                new OriginQueries(jdbc, runId).read(withQueries));
    }

    private static ReportFigures withoutRows(Kept kept) {
        return new ReportFigures(
                kept.run(),
                kept.standing(),
                kept.agreement(),
                kept.annotators(),
                PairFigures.NONE,
                PeriodFigures.NONE,
                ClassFigures.none(kept.run().counts().classes()),
                LabelFigures.NONE,
                kept.classShares(),
                kept.states(),
                kept.machines(),
                kept.consensus(),
                ReviewFigures.NONE,
                DoubtfulFigures.NONE,
                NextFigures.NONE,
                RejectedFigures.NONE,
                kept.origin());
    }

    private static AgreementFigures agreement(
            AgreementQueries queries, ClassQueries.Shares shares, AnnotatorFigures annotators) {
        boolean hasTimes =
                annotators.rows().stream().anyMatch(row -> row.first().isPresent());
        return new AgreementFigures(queries.read(), shares.chance(), shares.largest(), hasTimes);
    }

    private static List<Long> lastRuns(RunFigures run) {
        List<Long> runs = run.history().stream()
                .filter(Published::measuresAlike)
                .map(Published::runId)
                .toList();
        return runs.subList(Math.max(0, runs.size() - AnnotatorFigures.MAX_RUNS), runs.size());
    }
}
