package dev.crowdlab.input;

import dev.crowdlab.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A dataset's query and its columns, and what is wrong with them. */
final class InspectedQuery {

    private static final String UNDEFINED_TABLE = "42P01";
    private static final String UNDEFINED_SCHEMA = "3F000";

    private final String setting;
    private final String text;
    private final List<String> problems;
    private final Map<String, String> types = new LinkedHashMap<>();
    private final Set<String> repeated = new TreeSet<>();

    private InspectedQuery(String setting, String text, List<String> problems) {
        this.setting = setting;
        this.text = text;
        this.problems = problems;
    }

    /**
     * Finds out the columns of a query, without reading a row.
     *
     * @param setting the full name of the query's setting
     * @param problems receives what is wrong with the query
     * @return null if the query cannot run
     * @throws SQLException if the session is lost
     */
    static @Nullable InspectedQuery describe(Connection connection, String setting, String text, List<String> problems)
            throws SQLException {
        InspectedQuery query =
                new InspectedQuery(setting, InputQueries.singleStatement(text).orElse(""), problems);
        if (query.text.isEmpty()) {
            query.problem("is not one statement; give a single select");
            return null;
        }
        try (Statement statement = connection.createStatement();
                ResultSet nothing = statement.executeQuery("select * from (\n" + query.text + "\n) as q limit 0")) {
            ResultSetMetaData columns = nothing.getMetaData();
            for (int column = 1; column <= columns.getColumnCount(); column++) {
                query.add(columns.getColumnLabel(column), columns.getColumnTypeName(column));
            }
        } catch (SQLException e) {
            query.refuse(connection, e);
            return null;
        }
        connection.rollback(); // releases the locks, too
        return query;
    }

    /** Adds why the query cannot run, unless the session is lost. */
    private void refuse(Connection connection, SQLException e) throws SQLException {
        if (SqlErrors.isSessionLost(e)) {
            throw e;
        }
        connection.rollback(); // before anything else is asked
        String advice = missingTable(connection, e) + missingRight(connection, e);
        problem(LockWait.sentence(e).orElseGet(() -> "cannot run; PostgreSQL: " + sentence(e) + advice));
    }

    /** Returns PostgreSQL's message without the position, which refers to the statement around the query. */
    private static String sentence(SQLException e) {
        return String.valueOf(e.getMessage())
                .replaceFirst("^[A-Z]+: ", "")
                .replaceAll("\\s*Position: \\d+", "")
                .replaceAll("\\s+", " ");
    }

    /** Names the database, which need not be the one that the reader has in mind either. */
    private static String missingTable(Connection connection, SQLException e) throws SQLException {
        return UNDEFINED_TABLE.equals(e.getSQLState()) || UNDEFINED_SCHEMA.equals(e.getSQLState())
                ? " in database " + connection.getCatalog() + ", where the query runs"
                : "";
    }

    /** Names the user, who need not be the one that the reader has in mind: there may be one for each database. */
    private static String missingRight(Connection connection, SQLException e) throws SQLException {
        return SqlErrors.isRightMissing(e)
                ? "; grant the right to user " + connection.getMetaData().getUserName()
                : "";
    }

    private void add(String column, String type) {
        if (types.put(column, type) != null) {
            repeated.add(column);
        }
    }

    /** The type of a column; empty if there is none. */
    String type(String column) {
        return types.getOrDefault(column, "");
    }

    boolean has(String column) {
        return types.containsKey(column);
    }

    void require(String... columns) {
        for (String column : columns) {
            if (!has(column)) {
                problem("has no column " + column + "; it has " + String.join(", ", types.keySet()));
            }
        }
        if (!repeated.isEmpty()) {
            problem("returns more than one column named " + String.join(", ", repeated));
        }
    }

    void requireType(String column, Set<String> allowed, String description) {
        String type = types.get(column);
        if (type != null && !allowed.contains(type)) {
            problem("returns column " + column + " of type " + type + ", which is not " + description + "; "
                    + cast(column, type));
        }
    }

    /** How to cast a column; a document in JSON needs more than a cast. */
    private String cast(String column, String type) {
        if (!type.startsWith("json")) {
            return "cast it";
        }
        if (!column.equals("probabilities")) {
            return "cast it, such as (" + column + " #>> '{}')::float8";
        }
        return "let the query return a row for each class instead: select q.example_id, "
                + (has("model") ? "q.model, " : "")
                + "p.key as label, p.value::float8 as probability from (this query) q cross join " + type
                + "_each_text(q.probabilities) p; or, if it is an array in the order of the classes, cast it:"
                + " array(select e::float8 from " + type
                + "_array_elements_text(probabilities) with ordinality a (e, n) order by n) as probabilities";
    }

    /**
     * Whether the column has a value in any row, of which as many are read as it takes to find one.
     *
     * @throws SQLException if the session is lost
     */
    boolean hasValues(Connection connection, String column) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select exists (select from (\n" + text + "\n) as q where q." + column + " is not null)")) {
            return row.next() && row.getBoolean(1);
        } catch (SQLException e) {
            refuse(connection, e);
            return false;
        }
    }

    /** Returns the encoding of a column. */
    IdEncoding form(String column) {
        return IdEncoding.of(type(column));
    }

    /** Returns the expressions for columns of ids or labels. */
    List<String> ids(String... columns) {
        List<String> expressions = new ArrayList<>();
        for (String column : columns) {
            expressions.add(form(column).cast("q." + column));
        }
        return expressions;
    }

    /** Returns the statement that copies the expressions. */
    String copy(List<String> columns) {
        return CopyText.copy("select " + String.join(", ", columns) + " from (\n" + text + "\n) as q");
    }

    /** Adds what is wrong with the query, as the end of a sentence. */
    void problem(String sentence) {
        problems.add(setting + ": " + sentence);
    }
}
