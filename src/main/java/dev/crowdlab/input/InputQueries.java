package dev.crowdlab.input;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Parser;

/**
 * The queries that return a dataset's input.
 *
 * @param annotations returns example_id, annotator_id, label and optionally annotated_at, annotator_kind and family
 * @param predictions returns example_id, optionally model, and either (label, probability) or probabilities; null if
 *     there are no predictions
 * @param gold returns example_id and label; null if there is no gold
 * @param timeZone the zone of an annotated_at without one; null: UTC
 */
public record InputQueries(
        String annotations,
        @Nullable String predictions,
        @Nullable String gold,
        @Nullable String timeZone) {

    /** Reads the built-in tables; the dataset's name is taken from the session's crowdlab.dataset. */
    public static final InputQueries BUILT_IN = new InputQueries("""
            select example_id, annotator_id, label, annotated_at
            from crowdlab.annotation
            where dataset = current_setting('crowdlab.dataset')""", """
            select example_id, model, label, probability
            from crowdlab.prediction
            where dataset = current_setting('crowdlab.dataset')""");

    /** Reads the built-in tables with what they say of annotators. */
    public static final InputQueries BUILT_IN_WITH_KINDS = new InputQueries(
            BUILT_IN.annotations().replace("annotated_at", "annotated_at, annotator_kind, family"),
            BUILT_IN.predictions());

    /** Queries without one for gold, and without a time zone. */
    public InputQueries(String annotations, @Nullable String predictions) {
        this(annotations, predictions, null, null);
    }

    /**
     * Returns the only statement in a text, without a trailing semicolon; empty if there is none or more than one.
     * Comments and quoted semicolons are handled. A text that closes the parentheses which the program puts around it,
     * so that others of its statements stand beside the program's, is not one statement either.
     */
    public static Optional<String> singleStatement(String text) {
        try {
            List<String> statements = statements(text);
            if (statements.size() != 1) {
                return Optional.empty();
            }
            String statement = statements.get(0);
            boolean staysInside = statements("(\n" + statement + "\n)").size() == 1
                    && statements("((\n" + statement + "\n))").size() == 1;
            return staysInside ? Optional.of(statement) : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** The statements in a text. Semicolons divide it where all parentheses are closed, and no more than were opened. */
    private static List<String> statements(String text) throws SQLException {
        return Parser.parseJdbcSql(text, true, false, true, false, false).stream()
                .map(statement -> statement.nativeSql)
                .filter(statement -> !isBlank(statement))
                .toList();
    }

    /** Whether there is nothing but white space and comments. */
    private static boolean isBlank(String statement) {
        char[] characters = statement.toCharArray();
        for (int position = 0; position < characters.length; position++) {
            int start = position;
            if (characters[start] == '-') {
                position = Parser.parseLineComment(characters, start);
            } else if (characters[start] == '/') {
                position = Parser.parseBlockComment(characters, start);
            }
            if (position == start && !Character.isWhitespace(characters[start])) {
                return false;
            }
        }
        return true;
    }
}
