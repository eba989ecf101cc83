package dev.crowdlab.run;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.TableDigest;
import dev.crowdlab.results.copy.WrittenTable;
import java.sql.Types;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.SqlParameterValue;

/**
 * Writes the findings about a run and computes their digest, as for every other table. Takes part in the current
 * transaction of its data source.
 */
public final class FindingWriter {

    private final JdbcTemplate jdbc;

    public FindingWriter(DataSource dataSource) {
        jdbc = new JdbcTemplate(dataSource);
    }

    /**
     * Adds all findings of a run that is not yet closed. Must be called in a transaction.
     *
     * @return what was written to run_check
     */
    public WrittenTable write(long runId, List<Finding> findings) {
        findings.forEach(finding -> insert(runId, finding));
        TableDigest stored = jdbc.execute((ConnectionCallback<TableDigest>)
                session -> TableDigest.of(session, ResultTableDefinitions.RUN_CHECK, runId));
        if (stored == null || stored.rowCount() != findings.size()) {
            throw new IllegalStateException("Table run_check does not hold the " + findings.size() + " findings of run "
                    + runId + "; look for a trigger that discards them");
        }
        return new WrittenTable(ResultTableDefinitions.RUN_CHECK, findings.size(), stored.rowCount(), stored.digest());
    }

    private void insert(long runId, Finding finding) {
        jdbc.update(
                "insert into crowdlab.run_check (run_id, code, severity, message, observed, threshold, rank, wording)"
                        + " values (?, ?, ?, ?, ?, ?, ?, cast(? as jsonb))",
                runId,
                finding.code(),
                finding.severity().name(),
                finding.message(),
                numberOrNull(finding.observed()),
                numberOrNull(finding.threshold()),
                finding.rank(),
                finding.wording().json());
    }

    private static SqlParameterValue numberOrNull(double number) {
        return new SqlParameterValue(Types.DOUBLE, Double.isNaN(number) ? null : number);
    }
}
