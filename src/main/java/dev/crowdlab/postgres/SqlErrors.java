package dev.crowdlab.postgres;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Classifies PostgreSQL's errors and turns them into one sentence. */
public final class SqlErrors {

    /**
     * SQL states that do not mean that anything is wrong with the statement: the server ends sessions, crashed, is
     * starting, or is full; the session was chosen to resolve a conflict, on a standby with changes from the primary;
     * or the server is read-only, because it was the primary until now.
     */
    private static final Set<String> PASSING =
            Set.of("57P01", "57P02", "57P03", "53300", "40001", "40P01", SqlErrors.READ_ONLY);

    private static final String READ_ONLY = "25006";

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String LOCKED =
            "; another session has kept a table locked that this needs: find it in pg_locks"
                    + " and pg_stat_activity, let it end, or end it, and try again";

    /** The pool's message about a connection that it has found broken. */
    private static final String CLOSED_BY_POOL = "Connection is closed";

    /** SQL state of a statement on a connection that the driver has already closed. */
    private static final String CLOSED_BY_DRIVER = "08003";

    private static final Duration CLOSED_JUST_NOW = Duration.ofMinutes(1);

    private SqlErrors() {}

    /** Returns the message of the innermost SQL exception behind a failure; empty if there is none. */
    public static Optional<String> sentence(Throwable failure) {
        return Causes.first(failure, NoConnectionException.class)
                .map(Throwable::getMessage)
                .or(() -> Causes.first(failure, UnsuitableServerException.class).map(Throwable::getMessage))
                .or(() -> Causes.first(failure, SilentConnectionException.class).map(Throwable::getMessage))
                .or(() -> isAlreadyClosed(failure) ? Watchdog.lastReason(CLOSED_JUST_NOW) : Optional.empty())
                .or(() -> innermost(failure)
                        .map(cause ->
                                cause instanceof PSQLException postgres && postgres.getServerErrorMessage() != null
                                        ? sentence(postgres.getServerErrorMessage())
                                        : "PostgreSQL: " + cause.getMessage())
                        .map(sentence -> sentence.replaceAll("\\s+", " ")));
    }

    private static boolean isAlreadyClosed(Throwable failure) {
        return innermost(failure)
                .filter(cause ->
                        CLOSED_BY_DRIVER.equals(cause.getSQLState()) || CLOSED_BY_POOL.equals(cause.getMessage()))
                .isPresent();
    }

    /** Whether the database could not be reached, as opposed to refusing a statement. */
    public static boolean isUnreachable(Throwable failure) {
        return Causes.first(failure, NoConnectionException.class).isPresent()
                || innermost(failure)
                        .map(SQLException::getSQLState)
                        .filter(state -> state.startsWith("08")
                                || state.startsWith("28")
                                || state.equals("57P03")
                                || state.equals("53300")
                                || state.equals("3D000"))
                        .isPresent();
    }

    /**
     * Whether a retry may succeed:
     * <ul>
     * <li>The connection was lost or refused, or the server is restarting.
     * <li>A wrong or missing password, a wrong database or a wrong certificate is not transient, even if the pool
     *     reports it as a lost connection.
     * </ul>
     */
    public static boolean isTransient(Throwable failure) {
        boolean mayPass = false;
        for (Throwable cause : Causes.of(failure)) {
            if (cause instanceof UnsuitableServerException
                    || (cause instanceof NoConnectionException refused && refused.isLasting())) {
                return false;
            }
            mayPass |= cause instanceof SQLException sql && isTransient(sql);
        }
        return mayPass;
    }

    private static boolean isTransient(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) { // thrown by the pool
            return failure instanceof SQLTransientConnectionException || CLOSED_BY_POOL.equals(failure.getMessage());
        }
        return state.startsWith("08") || PASSING.contains(state);
    }

    /** Whether the connection broke or the server ended the session, which says nothing about the statement. */
    public static boolean isSessionLost(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }

    /** Whether the server refused a statement because the user lacks a right. */
    public static boolean isRightMissing(Throwable failure) {
        return innermost(failure).map(SQLException::getSQLState).equals(Optional.of(INSUFFICIENT_PRIVILEGE));
    }

    /** Whether the server gave up a statement because another session kept something locked. */
    public static boolean isLocked(Throwable failure) {
        return innermost(failure).map(SQLException::getSQLState).equals(Optional.of(LOCK_NOT_AVAILABLE));
    }

    /** Whether a statement tried to write in a read-only transaction or on a read-only server. */
    public static boolean isWriteWhereNoneIsAllowed(SQLException failure) {
        return READ_ONLY.equals(failure.getSQLState());
    }

    private static Optional<SQLException> innermost(Throwable failure) {
        return Causes.of(failure).stream()
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce((outer, inner) -> inner);
    }

    private static String sentence(ServerErrorMessage message) {
        String detail = message.getDetail() == null ? "" : " (" + message.getDetail() + ")";
        String where = message.getWhere() == null ? "" : ", at " + message.getWhere();
        String advice = INSUFFICIENT_PRIVILEGE.equals(message.getSQLState())
                ? "; grant the user select on what the queries read, and a role: crowdlab_writer to run datasets,"
                        + " crowdlab_auditor to look at runs (Roles in db/README.md)"
                : LOCK_NOT_AVAILABLE.equals(message.getSQLState()) ? LOCKED : "";
        return "PostgreSQL: " + message.getMessage() + detail + where + advice;
    }
}
