package dev.crowdlab.retention;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.retention.OldRuns.OldRun;
import dev.crowdlab.retention.Retention.Limits;
import dev.crowdlab.text.Plural;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The check whether removals keep up. */
public final class RetentionBehind {

    /** At most this many runs are named in a message. */
    private static final int NAMED_RUNS = 10;

    private RetentionBehind() {}

    /**
     * Returns a finding for a run that is not yet closed if the last two removals left runs that they should have
     * removed; otherwise empty.
     */
    public static Optional<Finding> finding(DataSource dataSource, String dataset, Limits limits) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        List<Long> left = OldRuns.beforeLastTwo(jdbc, dataset, limits).stream()
                .filter(run -> !run.isInGrace())
                .map(OldRun::runId)
                .toList();
        if (left.isEmpty()) {
            return Optional.empty();
        }
        TableUsers users = new TableUsers(jdbc, new TransactionTemplate(new DataSourceTransactionManager(dataSource)));
        String runs = left.stream().limit(NAMED_RUNS).map(String::valueOf).collect(Collectors.joining(", "))
                + (left.size() > NAMED_RUNS ? " and others" : "");
        Wording words = Wording.of(Plural.of(left.size(), "run", "runs") + " beyond crowdlab.retention (" + runs + ") "
                        + Plural.word(left.size(), "keeps its", "keep their") + " large tables,")
                .text(" which the last two removals left; ");
        return Optional.of(Finding.of(
                FindingCode.RETENTION_BEHIND,
                Severity.WARN,
                users.oldest(TableUsers.RESULTS)
                        .map(user -> words.text("they are in use by ")
                                .value(user)
                                .text("; let it end, then the next run or purge removes them."))
                        .orElseGet(() -> words.text("nobody uses them now; run purge, which reports what blocks it.")),
                left.size(),
                Double.NaN));
    }
}
