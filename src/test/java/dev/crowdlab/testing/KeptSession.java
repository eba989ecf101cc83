package dev.crowdlab.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/**
 * A session for the queries with which tests look at a database: a new one for each costs ten times as much as the query. It is
 * used by one thread at a time; who comes meanwhile gets one of their own. Thread-safe.
 */
final class KeptSession implements AutoCloseable {

    private final DataSource database;
    private final AtomicReference<Connection> idle = new AtomicReference<>();

    KeptSession(DataSource database) {
        this.database = database;
    }

    /** The first column of all rows, as text. */
    List<String> column(String query) throws SQLException {
        Connection kept = idle.getAndSet(null);
        if (kept != null) {
            try {
                return column(kept, query);
            } catch (SQLException e) {
                if (!isLost(e)) {
                    throw e;
                }
            }
        }
        return column(database.getConnection(), query);
    }

    private List<String> column(Connection session, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        } catch (SQLException e) {
            session.close();
            throw e;
        }
        if (!idle.compareAndSet(null, session)) {
            session.close();
        }
        return values;
    }

    /** Whether the session had ended since its last query, as it does with its server. */
    private static boolean isLost(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }

    /** Ends the session; the next query opens another. */
    @Override
    public void close() throws SQLException {
        Connection kept = idle.getAndSet(null);
        if (kept != null) {
            kept.close();
        }
    }
}
