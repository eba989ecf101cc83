package dev.crowdlab.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements tried by a user, each undone at once. A line tells what became of one: {@code may}, {@code may not} (a right is
 * missing), {@code refused} (by a trigger, whoever asks), or the SQLSTATE, and the statement.
 */
public final class Attempts {

    private Attempts() {}

    /** Tries the statements of these lines again, and gives the lines as they are now. */
    public static List<String> again(TestDatabase database, String user, String password, List<String> lines)
            throws SQLException {
        List<String> outcomes = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(database.url(), user, password)) {
            connection.setAutoCommit(false);
            for (String line : lines) {
                String statement = line.substring(line.indexOf(": ") + 2);
                outcomes.add(outcome(connection, statement) + ": " + statement);
            }
        }
        return outcomes;
    }

    private static String outcome(Connection connection, String statement) throws SQLException {
        try (Statement command = connection.createStatement()) {
            command.execute(statement);
            return "may";
        } catch (SQLException e) {
            return switch (String.valueOf(e.getSQLState())) {
                case "42501" -> "may not";
                case "23001" -> "refused";
                default -> e.getSQLState() + " " + e.getMessage();
            };
        } finally {
            connection.rollback();
        }
    }
}
