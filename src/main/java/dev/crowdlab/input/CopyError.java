package dev.crowdlab.input;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Translates PostgreSQL's errors about a row of a loaded file. */
final class CopyError {

    /** Class of SQLSTATE: data exceptions, among them invalid numbers, times, encodings and CSV. */
    private static final String DATA_EXCEPTION = "22";

    private static final String BAD_ENCODING = "22021";

    /** Matches {@code COPY t, line 3, column c: "value"} in most server languages: number, name, rest. */
    private static final Pattern CONTEXT = Pattern.compile(
            "COPY \\w+,\\D*(?<line>\\d+)(?:, \\S+ (?<column>\\w+))?(?:[\\s\\xa0]?: (?<text>.*))?", Pattern.DOTALL);

    private CopyError() {}

    /** Returns the error as one sentence about the file; empty if the file is not the cause. */
    static Optional<BrokenFileException> translate(Path path, SQLException error) {
        if (!(error instanceof PSQLException psql)
                || !String.valueOf(error.getSQLState()).startsWith(DATA_EXCEPTION)) {
            return Optional.empty();
        }
        ServerErrorMessage server = psql.getServerErrorMessage();
        if (server == null) {
            return Optional.empty();
        }
        String problem = String.valueOf(server.getMessage());
        return Optional.of(new BrokenFileException(
                path + place(String.valueOf(server.getWhere()), problem).replaceAll("\\R", " ")
                        + "; nothing was loaded, "
                        + (isOtherEncoding(error, problem) ? "save the file as CSV in UTF-8" : "correct the file")
                        + " and load it again.",
                error));
    }

    /** A byte 0 is no sign of another encoding that a spreadsheet could have saved the file in. */
    private static boolean isOtherEncoding(SQLException error, String problem) {
        return BAD_ENCODING.equals(error.getSQLState()) && !problem.endsWith("0x00");
    }

    private static String place(String where, String problem) {
        Matcher context = CONTEXT.matcher(where);
        if (!context.matches()) {
            return ": " + problem + " (" + where + ")";
        }
        String column = context.group("column");
        String text = context.group("text");
        return ", line " + context.group("line")
                + (column == null ? "" : ", column " + column)
                + ": " + problem
                + (text == null || problem.contains(text) ? "" : " in " + text);
    }
}
