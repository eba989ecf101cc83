package dev.crowdlab.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * Whether a server is one that the program can work on, asked before anything is set there: what is set in a session of a pooler
 * in transaction mode stays in sessions that other applications get next, and so does a lock.
 */
final class ServerCheck {

    private static final int OLDEST = 15;
    private static final int NEWEST = 18;

    /**
     * So many sessions are compared behind a pooler, one after the other: where several processes share a port, each has backends
     * of its own, and a second session is likely to come to another process.
     */
    private static final int ATTEMPTS = 12;

    /** No operators: the search path may put others before PostgreSQL's. Two servers may have backends of the same number. */
    private static final String BACKEND =
            "select pg_catalog.pg_backend_pid(), pg_catalog.pg_postmaster_start_time()::pg_catalog.text";

    private ServerCheck() {}

    /** Opens sessions on the server, leaving them as they are. */
    interface Opener {
        Connection open() throws SQLException;
    }

    /** The process of the server that executed a statement. */
    private record Backend(int pid, String serverStart) {}

    /**
     * Looks at the server.
     *
     * @param setting what the user has set it with, such as {@code spring.datasource}
     * @param session as it was opened, in no transaction; it stays so
     * @param keepsResults whether results are to be stored there, and not only rows to be read
     * @throws UnsuitableServerException if it cannot be used
     */
    static void check(String setting, Connection session, boolean keepsResults, Opener opener) throws SQLException {
        PGConnection driver = session.unwrap(PGConnection.class);
        Optional<String> problem = problem(
                String.valueOf(driver.getParameterStatus("server_version")),
                session.getMetaData().getDatabaseMajorVersion(),
                String.valueOf(driver.getParameterStatus("server_encoding")),
                keepsResults);
        if (problem.isPresent()) {
            throw new UnsuitableServerException("The database of " + setting + ".url " + problem.get());
        }
        if (isPooledByTransaction(session, opener)) {
            throw new UnsuitableServerException("The database of " + setting
                    + ".url is reached through a pooler that gives every transaction another"
                    + " session of the server (such as PgBouncer in transaction mode), where neither locks nor"
                    + " settings hold; connect to the server itself, or to a pooler in session mode");
        }
    }

    /** What the server says of itself when a session begins, judged. */
    static Optional<String> problem(String version, int major, String encoding, boolean keepsResults) {
        if (major < OLDEST || major > NEWEST) {
            return Optional.of("is on PostgreSQL " + version + "; use a server of version " + OLDEST + " to " + NEWEST
                    + ", for which the program is made");
        }
        if (keepsResults && !encoding.equals("UTF8")) {
            return Optional.of("has the encoding " + encoding
                    + "; keep results in a database made with encoding 'UTF8' template" + " template0");
        }
        return encoding.equals("SQL_ASCII")
                ? Optional.of(
                        "has the encoding SQL_ASCII, which does not say what its characters are; read the annotations"
                                + " from a database that has an encoding, such as UTF8")
                : Optional.empty();
    }

    /**
     * A pooler names a process of its own when a session begins, since a backend's number and key would soon be another client's.
     * Where the server itself seems to have answered, one comparison will do.
     */
    private static boolean isPooledByTransaction(Connection session, Opener opener) throws SQLException {
        Backend first = backend(session);
        boolean seemsDirect = session.unwrap(PGConnection.class).getBackendPID() == first.pid();
        for (int attempt = 0; attempt < (seemsDirect ? 1 : ATTEMPTS); attempt++) {
            if (!seemsDirect && !backend(session).equals(first)) {
                return true; // a pool whose sessions take turns
            }
            try (Connection second = opener.open()) {
                if (backend(second).equals(first) || !backend(session).equals(first)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Backend backend(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(BACKEND)) {
            rows.next();
            return new Backend(rows.getInt(1), rows.getString(2));
        }
    }
}
