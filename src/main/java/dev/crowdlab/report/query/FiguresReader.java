package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.AgreementFigures;
import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.ClassFigures;
import dev.crowdlab.report.figures.ConsensusFigures;
import dev.crowdlab.report.figures.DoubtfulFigures;
import dev.crowdlab.report.figures.LabelFigures;
import dev.crowdlab.report.figures.NextFigures;
import dev.crowdlab.report.figures.OriginFigures;
import dev.crowdlab.report.figures.PairFigures;
import dev.crowdlab.report.figures.PeriodFigures;
import dev.crowdlab.report.figures.RejectedFigures;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.figures.ReviewFigures;
import dev.crowdlab.report.figures.RunFigures;
import dev.crowdlab.report.figures.RunFigures.Published;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads all figures of a report in one snapshot, which no publication in between can change. Thread-safe. */
public final class FiguresReader {

    private final JdbcClient jdbc;
    private final TransactionTemplate snapshot;

    /** Reads from the database that the sessions lead to; SELECT on schema crowdlab is enough. */
    public FiguresReader(DataSource sessions) {
        jdbc = JdbcClient.create(sessions);
        snapshot = new TransactionTemplate(new DataSourceTransactionManager(sessions));
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /** The figures of a run that has ended. */
    public ReportFigures read(long runId, boolean withQueries) {
        return Objects.requireNonNull(snapshot.execute(status -> read(jdbc, runId, withQueries)));
    }

    private static ReportFigures read(JdbcClient jdbc, long runId, boolean withQueries) {
        RunFigures run = new RunQueries(jdbc, runId).read();
        ClassQueries classes = new ClassQueries(jdbc, runId);
        ClassQueries.Shares shares = classes.shares();
        AnnotatorFigures annotators = new AnnotatorQueries(jdbc, runId).read(lastRuns(run));
        AgreementFigures agreement = agreement(new AgreementQueries(jdbc, runId), shares, annotators);
        ConsensusFigures consensus = new ConsensusQueries(jdbc, runId).read();
        OriginQueries origin = new OriginQueries(jdbc, runId);
        if (!run.hasRows()) {
            return withoutRows(run, agreement, annotators, consensus, origin.read(withQueries));
        }
        LabelQueries.Counted labels =
                new LabelQueries(jdbc, runId).read(run.counts().unlabeled());
        WorkQueries work = new WorkQueries(jdbc, runId);
        return new ReportFigures(
                run,
                agreement,
                annotators,
                new PairQueries(jdbc, runId).read(),
                new PeriodQueries(jdbc, runId).read(annotators),
                classes.read(
                        run.counts().classes(),
                        shares.labels(),
                        annotators.rows().stream().map(AnnotatorFigures.Row::id).toList()),
                labels.labels(),
                consensus,
                new ReviewQueries(jdbc, runId).read(labels.reasons()),
                work.doubtful(),
                work.next(),
                new RejectedQueries(jdbc, runId).read(),
                origin.read(withQueries));
    }

    /** Those of a run whose large tables are removed. */
    private static ReportFigures withoutRows(
            RunFigures run,
            AgreementFigures agreement,
            AnnotatorFigures annotators,
            ConsensusFigures consensus,
            OriginFigures origin) {
        return new ReportFigures(
                run,
                agreement,
                annotators,
                PairFigures.NONE,
                PeriodFigures.NONE,
                ClassFigures.none(run.counts().classes()),
                LabelFigures.NONE,
                consensus,
                ReviewFigures.NONE,
                DoubtfulFigures.NONE,
                NextFigures.NONE,
                RejectedFigures.NONE,
                origin);
    }

    private static AgreementFigures agreement(
            AgreementQueries queries, ClassQueries.Shares shares, AnnotatorFigures annotators) {
        boolean hasTimes =
                annotators.rows().stream().anyMatch(row -> row.first().isPresent());
        return new AgreementFigures(queries.read(), shares.chance(), shares.largest(), hasTimes);
    }

    private static List<Long> lastRuns(RunFigures run) {
        List<Long> runs = run.history().stream().map(Published::runId).toList();
        return runs.subList(Math.max(0, runs.size() - AnnotatorFigures.MAX_RUNS), runs.size());
    }
}
