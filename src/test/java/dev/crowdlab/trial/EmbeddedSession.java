package dev.crowdlab.trial;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Statements for an embedded database, each in a session of its own. */
final class EmbeddedSession {

    private EmbeddedSession() {}

    static void execute(EmbeddedDatabase database, String statement) throws SQLException {
        try (Connection connection = connect(database);
                Statement command = connection.createStatement()) {
            command.execute(statement);
        }
    }

    /** The first value of a query, as text. */
    static String query(EmbeddedDatabase database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }
}
