package dev.crowdlab.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * Checks whether the program can work with a server, before any setting is changed there: behind a pooler in
 * transaction mode, settings and locks would leak into sessions of other applications.
 */
final class ServerCheck {

    private static final int OLDEST = 15;
    private static final int NEWEST = 18;

    /**
     * Number of sessions to compare behind a pooler: if several pooler processes share a port, each has backends of its
     * own, and another session is likely to reach another process.
     */
    private static final int ATTEMPTS = 12;

    /**
     * Uses no operators, because the search path may put other operators before PostgreSQL's. Includes the server's
     * start, since backends of two servers may have the same process id.
     */
    private static final String BACKEND =
            "select pg_catalog.pg_backend_pid(), pg_catalog.pg_postmaster_start_time()::pg_catalog.text";

    private ServerCheck() {}

    /** Opens sessions on the server without changing their settings. */
    interface Opener {
        Connection open() throws SQLException;
    }

    /** The server process that executed a statement. */
    private record Backend(int pid, String serverStart) {}

    /**
     * Checks the server.
     *
     * @param setting the prefix of its settings, such as {@code spring.datasource}
     * @param session a new session without a transaction; it stays so
     * @param keepsResults whether results are stored there, as opposed to rows only being read
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

    /** Returns what makes the server unsuitable, given the parameters it reports at login; empty if nothing. */
    static Optional<String> problem(String version, int major, String encoding, boolean keepsResults) {
        if (major < OLDEST || major > NEWEST) {
            return Optional.of("is on PostgreSQL " + version + "; use a server of version " + OLDEST + " to " + NEWEST
                    + ", which the program supports");
        }
        if (keepsResults && !encoding.equals("UTF8")) {
            return Optional.of("has the encoding " + encoding
                    + "; store results in a database created with encoding 'UTF8' template" + " template0");
        }
        return encoding.equals("SQL_ASCII")
                ? Optional.of("has the encoding SQL_ASCII, which does not define its characters; read the annotations"
                        + " from a database that has an encoding, such as UTF8")
                : Optional.empty();
    }

    /**
     * Whether a pooler in transaction mode sits in between. Such a pooler reports a process of its own at login,
     * because a backend may serve another client next. If the server itself seems to have answered, one comparison is
     * enough.
     */
    private static boolean isPooledByTransaction(Connection session, Opener opener) throws SQLException {
        Backend first = backend(session);
        boolean seemsDirect = session.unwrap(PGConnection.class).getBackendPID() == first.pid();
        for (int attempt = 0; attempt < (seemsDirect ? 1 : ATTEMPTS); attempt++) {
            if (!seemsDirect && !backend(session).equals(first)) {
                return true; // a pool that hands out its sessions in turn
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
