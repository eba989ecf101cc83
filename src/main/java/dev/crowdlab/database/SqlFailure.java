package dev.crowdlab.database;

import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says in one sentence what PostgreSQL said. */
public final class SqlFailure {

    private SqlFailure() {}

    /** The sentence of the innermost SQL exception behind a failure; empty if there is none. */
    public static Optional<String> sentence(Throwable failure) {
        return noConnection(failure).or(() -> innermost(failure)
                .map(cause -> cause instanceof PSQLException postgres && postgres.getServerErrorMessage() != null
                        ? sentence(postgres.getServerErrorMessage())
                        : "PostgreSQL: " + cause.getMessage())
                .map(sentence -> sentence.replaceAll("\\s+", " ")));
    }

    /** Whether the database could not be reached, as against one that refused what was asked of it. */
    public static boolean isUnreachable(Throwable failure) {
        return isWithoutConnection(failure)
                || innermost(failure)
                        .map(SQLException::getSQLState)
                        .filter(state -> state.startsWith("08")
                                || state.startsWith("28")
                                || state.equals("57P03")
                                || state.equals("3D000"))
                        .isPresent();
    }

    /** Whether no session could be had; the sentence says then what to look at. */
    public static boolean isWithoutConnection(Throwable failure) {
        return noConnection(failure).isPresent();
    }

    private static Optional<String> noConnection(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoConnectionException) {
                return Optional.of(String.valueOf(cause.getMessage()));
            }
        }
        return Optional.empty();
    }

    private static Optional<SQLException> innermost(Throwable failure) {
        Optional<SQLException> found = Optional.empty();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                found = Optional.of(sql);
            }
        }
        return found;
    }

    private static String sentence(ServerErrorMessage message) {
        String detail = message.getDetail() == null ? "" : " (" + message.getDetail() + ")";
        String where = message.getWhere() == null ? "" : ", at " + message.getWhere();
        return "PostgreSQL: " + message.getMessage() + detail + where;
    }
}
