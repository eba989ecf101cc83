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
    private static final String BAD_FORMAT = "22P04";

    /** Matches {@code COPY t, line 3, column c: "value"} in most server languages: number, name, rest. */
    private static final Pattern CONTEXT = Pattern.compile(
            "COPY \\w+,\\D*(?<line>\\d+)(?:, \\S+ (?<column>\\w+))?(?:[\\s\\xa0]?: (?<text>.*))?", Pattern.DOTALL);

    /** What the server languages put around a value. */
    private static final Pattern QUOTES = Pattern.compile("^[\"»«„“”\\s\\xa0]+|[\"»«„“”\\s\\xa0]+$");

    /** Matches a row of predictions in which a decimal comma makes two fields of a probability. */
    private static final Pattern UNQUOTED_COMMA = Pattern.compile("load_prediction.*,[01],\\d+\\b", Pattern.DOTALL);

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
        String where = String.valueOf(server.getWhere());
        Matcher context = CONTEXT.matcher(where);
        return Optional.of(new BrokenFileException(
                context.matches() && context.group("column") != null && context.group("text") != null
                        ? field(path, context, problem)
                        : path + place(where, problem).replaceAll("\\R", " ") + "; nothing was loaded, "
                                + advice(error, where, problem),
                error));
    }

    /** A sentence about a field that is of another type than its column. */
    private static String field(Path path, Matcher context, String problem) {
        String column = context.group("column");
        String value = QUOTES.matcher(context.group("text")).replaceAll("");
        FieldProblem found =
                switch (column) {
                    case "annotated_at" -> FieldProblem.ofTime(value);
                    case "probability" -> FieldProblem.ofNumber(value);
                    default -> new FieldProblem(problem, "correct the file");
                };
        return found.sentence(path, context.group("line"), column);
    }

    private static String advice(SQLException error, String where, String problem) {
        if (isOtherEncoding(error, problem)) {
            return "save the file as CSV in UTF-8 and load it again.";
        }
        return BAD_FORMAT.equals(error.getSQLState())
                        && UNQUOTED_COMMA.matcher(where).find()
                ? "write numbers with a decimal point, like 0.7, and load the file again."
                : "correct the file and load it again.";
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
