package dev.crowdlab.report.query;

import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The database as a report reads it: in one snapshot, without writing. Thread-safe. */
final class ReportSnapshot {

    private final JdbcClient jdbc;
    private final JdbcTemplate connections;
    private final TransactionTemplate snapshot;

    ReportSnapshot(DataSource sessions) {
        jdbc = JdbcClient.create(sessions);
        connections = new JdbcTemplate(sessions);
        snapshot = new TransactionTemplate(new DataSourceTransactionManager(sessions));
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /** Statements, which see the snapshot if they run within {@link #read}. */
    JdbcClient jdbc() {
        return jdbc;
    }

    /** Runs on the connection of the snapshot: large tables are opened so, first, because that takes locks. */
    <T> T onConnection(ConnectionCallback<T> action) {
        return Objects.requireNonNull(connections.execute(action));
    }

    <T> T read(Supplier<T> reading) {
        return Objects.requireNonNull(snapshot.execute(status -> reading.get()));
    }
}
