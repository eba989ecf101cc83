package dev.crowdlab.input;

import dev.crowdlab.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The number of rows that PostgreSQL's planner expects a dataset's queries to return.
 *
 * @param annotationRows rows of annotations
 * @param predictionRows rows of predictions; 0 without a query for them
 * @param annotators different annotators of them
 * @param isPlain whether the queries only scan tables, whose size the planner knows. With joins, functions or
 *     aggregates the estimate may be off by a factor of a hundred in either direction
 * @param tables the tables that all queries read, those of views in place of the views, as {@code schema.table}
 */
public record InputEstimate(
        long annotationRows, long predictionRows, long annotators, boolean isPlain, Set<String> tables) {

    private static final Set<String> PLAIN_NODES = Set.of(
            "Seq Scan",
            "Index Scan",
            "Index Only Scan",
            "Bitmap Heap Scan",
            "Bitmap Index Scan",
            "Append",
            "Merge Append",
            "Gather",
            "Gather Merge",
            "Sort",
            "Subquery Scan",
            "Result");

    private static final Pattern ROWS = Pattern.compile("\"Plan Rows\": (\\d+)");
    private static final Pattern TABLE =
            Pattern.compile("\"Relation Name\": \"((?:[^\"\\\\]|\\\\.)*)\",\\s*\"Schema\": \"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern NODE = Pattern.compile("\"Node Type\": \"([^\"]+)\"");

    public InputEstimate {
        tables = Set.copyOf(tables);
    }

    /** Returns the estimate for the statements; empty if the planner refuses one. */
    static Optional<InputEstimate> of(Connection connection, CopyStatements columns) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String annotations = plan(statement, columns.annotations().statement());
            PredictionCopy predicted = columns.predictions();
            String predictions = predicted == null ? "" : plan(statement, predicted.statement());
            GoldCopy known = columns.gold();
            String gold = known == null ? "" : plan(statement, known.statement());
            String annotators =
                    plan(statement, CopyText.annotators(columns.annotations().statement()));
            return Optional.of(new InputEstimate(
                    rows(annotations),
                    rows(predictions),
                    rows(annotators),
                    isPlain(annotations) && isPlain(predictions),
                    tables(annotations + predictions + gold)));
        } catch (SQLException e) {
            if (SqlErrors.isSessionLost(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static String plan(Statement statement, String copy) throws SQLException {
        try (ResultSet plan = statement.executeQuery("explain (verbose, format json) " + CopyText.query(copy))) {
            plan.next();
            return plan.getString(1);
        }
    }

    /** Returns the row count of the outermost node, which is the first. */
    private static long rows(String plan) {
        Matcher first = ROWS.matcher(plan);
        return first.find() ? (long) Double.parseDouble(first.group(1)) : 0;
    }

    private static Set<String> tables(String plans) {
        return TABLE.matcher(plans)
                .results()
                .map(table -> table.group(2) + "." + table.group(1))
                .collect(Collectors.toSet());
    }

    private static boolean isPlain(String plan) {
        return NODE.matcher(plan).results().map(node -> node.group(1)).allMatch(PLAIN_NODES::contains);
    }
}
