package dev.crowdlab.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in one transaction on a connection of its own: committed when the work returns, rolled back when it throws. */
public final class Transaction {

    private Transaction() {}

    public static <R> R run(DataSource dataSource, Work<R> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                R result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            }
        }
    }

    private static void rollback(Connection connection, Exception reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /** The work of a transaction. */
    public interface Work<R> {
        R run(Connection connection) throws SQLException;
    }
}
