package dev.crowdlab.report;

import dev.crowdlab.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Reads the texts of a few examples where the data are: only reads, and not for long.
 *
 * @param setting the full name of the setting with the query
 * @param query one statement that returns example_id and text
 * @param database connections that run it
 */
record ExampleTexts(String setting, String query, DataSource database) {

    /** Nobody waits longer for a report. */
    private static final int MAX_SECONDS = 5;

    /** More than is shown, so that what is replaced in it is whole. */
    private static final int MAX_LENGTH = 4_000;

    private static final String CANCELED = "57014";

    private static final String LIMITS =
            "select pg_catalog.set_config('crowdlab.example_ids', ?::pg_catalog.text[]::pg_catalog.text, true),"
                    + " pg_catalog.set_config('statement_timeout', '" + MAX_SECONDS + "s', true),"
                    + " pg_catalog.set_config('lock_timeout', '" + MAX_SECONDS + "s', true)";

    /** The ids come with the session, since a question mark in the query is an operator, not a parameter. */
    private static final String SELECTION = """
            where q.example_id::pg_catalog.text operator(pg_catalog.=)
                any (pg_catalog.current_setting('crowdlab.example_ids')::pg_catalog.text[])
            group by 1""";

    /**
     * The texts by example, of those that have one.
     *
     * @throws NoTextsException in one sentence, whatever hinders it
     */
    Map<String, String> read(Collection<String> ids) {
        try (Connection connection = database.getConnection()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            Map<String, String> texts = read(connection, ids);
            connection.rollback();
            if (texts.isEmpty()) {
                throw new NoTextsException(setting + " returned no text for any of the " + ids.size()
                        + " examples that the report shows; let its example_id be that of the annotations-query");
            }
            return texts;
        } catch (SQLException e) {
            throw new NoTextsException(setting + sentence(e));
        }
    }

    private static String sentence(SQLException failure) {
        return CANCELED.equals(failure.getSQLState())
                ? " took longer than " + MAX_SECONDS + " seconds; let it find an example by its id, with an index"
                : " could not be run; " + SqlErrors.sentence(failure).orElse(String.valueOf(failure.getMessage()));
    }

    private Map<String, String> read(Connection connection, Collection<String> ids) throws SQLException {
        try (PreparedStatement limits = connection.prepareStatement(LIMITS)) {
            limits.setArray(1, connection.createArrayOf("text", ids.toArray()));
            limits.execute();
        }
        Map<String, String> texts = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select q.example_id::pg_catalog.text, min(pg_catalog.left(" + "q.text::pg_catalog.text, "
                                + MAX_LENGTH + "))\nfrom (\n" + query + "\n) as q\n" + SELECTION)) {
            while (rows.next()) {
                String text = rows.getString(2);
                if (text != null && !text.isBlank()) {
                    texts.put(rows.getString(1), text);
                }
            }
        }
        return texts;
    }
}
