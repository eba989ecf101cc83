package dev.crowdlab.input;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * One moment of the database, held open by an idle read-only transaction and shared by as many sessions as wanted. Thread-safe:
 * sessions may join from any thread until it is closed.
 */
public final class Snapshot implements AutoCloseable {

    private final DataSource sessions;
    private final Connection holder;
    private final String id;

    private Snapshot(DataSource sessions, Connection holder, String id) {
        this.sessions = sessions;
        this.holder = holder;
        this.id = id;
    }

    /** Takes a snapshot of the database that the sessions lead to. */
    public static Snapshot take(DataSource sessions) throws SQLException {
        Connection holder = begin(sessions.getConnection());
        try (Statement statement = holder.createStatement();
                ResultSet exported = statement.executeQuery("select pg_export_snapshot()")) {
            exported.next();
            return new Snapshot(sessions, holder, exported.getString(1));
        } catch (SQLException e) {
            holder.close();
            throw e;
        }
    }

    /** A new session whose transaction sees the snapshot; the caller closes it. */
    Connection join() throws SQLException {
        Connection connection = begin(sessions.getConnection());
        // the id is PostgreSQL's own (digits, letters, -), and SET takes no parameter
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction snapshot '" + id + "'");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static Connection begin(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public void close() throws SQLException {
        holder.close();
    }
}
