package dev.crowdlab.source;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;
import org.postgresql.core.SqlCommandType;

/**
 * The two queries that give a dataset's input.
 *
 * @param annotations gives example_id, annotator_id, label and possibly annotated_at
 * @param predictions gives example_id, possibly model, and either (label, probability) or probabilities; null: there are
 *     no predictions
 */
public record InputQueries(String annotations, @Nullable String predictions) {

    /** The rows of the built-in tables; the dataset's name comes from the session's crowdlab.dataset. */
    public static final InputQueries BUILT_IN = new InputQueries("""
            select example_id, annotator_id, label, annotated_at
            from crowdlab.annotation
            where dataset = current_setting('crowdlab.dataset')""", """
            select example_id, model, label, probability
            from crowdlab.prediction
            where dataset = current_setting('crowdlab.dataset')""");

    /**
     * The one statement in a text, without a trailing semicolon; empty if there is none or more than one. Comments and
     * quoted semicolons do no harm.
     */
    static Optional<String> singleStatement(String text) {
        try {
            List<NativeQuery> statements = Parser.parseJdbcSql(text, true, false, true, false, false).stream()
                    .filter(statement -> statement.getCommand().getType() != SqlCommandType.BLANK)
                    .toList();
            return statements.size() == 1 ? Optional.of(statements.get(0).nativeSql) : Optional.empty();
        } catch (java.sql.SQLException e) {
            return Optional.empty();
        }
    }
}
