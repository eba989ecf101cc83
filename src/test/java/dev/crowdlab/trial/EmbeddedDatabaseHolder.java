package dev.crowdlab.trial;

import dev.crowdlab.postgres.DatabaseInUseException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A process of its own that starts the embedded database, then commits one row after the other until it is killed. Prints
 * {@code started}, then the number of each committed row; or why the database does not start.
 */
final class EmbeddedDatabaseHolder {

    private EmbeddedDatabaseHolder() {}

    public static void main(String[] arguments) throws SQLException {
        try {
            commitRows(EmbeddedDatabase.start(Path.of(arguments[0]), Integer.parseInt(arguments[1])));
        } catch (EmbeddedDatabaseException | DatabaseInUseException e) {
            System.out.println(e.getMessage());
        }
    }

    private static void commitRows(EmbeddedDatabase database) throws SQLException {
        System.out.println("started");
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement create = connection.createStatement()) {
            create.execute("create table if not exists kept (number int primary key)");
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into kept select coalesce(max(number), 0) + 1 from kept returning number")) {
                while (true) {
                    insert.execute();
                    insert.getResultSet().next();
                    System.out.println(insert.getResultSet().getInt(1));
                }
            }
        }
    }

    /** Starts the process; its errors appear among the test's. */
    static Process start(Path directory, int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedDatabaseHolder.class.getName(),
                        directory.toString(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
