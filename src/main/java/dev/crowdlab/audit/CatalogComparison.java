package dev.crowdlab.audit;

import dev.crowdlab.results.PartitionBodies;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Compares views and checks with those in the migrations. The server creates temporary ones from the same text and
 * rolls them back, because the printed form of a definition depends on its version.
 */
final class CatalogComparison {

    private final DataSource dataSource;

    CatalogComparison(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @FunctionalInterface
    private interface Question {

        List<IntegrityViolation> ask(Connection connection, JdbcClient jdbc) throws SQLException;
    }

    /** Returns why nothing can be compared, as a whole sentence; empty if it can. */
    Optional<String> obstacle() throws SQLException {
        try {
            rolledBack((connection, jdbc) -> {
                execute(connection, "create temporary view crowdlab_etl_probe as select 1 as probe");
                return List.of();
            });
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of("Views and checks were not compared with the migrations, because that takes temporary"
                    + " views, which are rolled back, and the server says: "
                    + String.valueOf(e.getMessage()).replaceAll("\\s+", " ")
                    + ".");
        }
    }

    /**
     * Returns the views that differ from their queries.
     *
     * @param queries the expected queries, by view name
     */
    List<IntegrityViolation> views(Map<String, String> queries) throws SQLException {
        return rolledBack((connection, jdbc) -> {
            List<IntegrityViolation> differences = new ArrayList<>();
            for (Map.Entry<String, String> query : new TreeMap<>(queries).entrySet()) {
                Savepoint before = connection.setSavepoint();
                try {
                    execute(connection, "create temporary view " + query.getKey() + " as " + query.getValue());
                } catch (SQLException e) {
                    connection.rollback(before); // the query reads something that no longer exists, so the view differs
                }
            }
            Map<String, String> expected = definitions(jdbc, CatalogQueries.VIEWS, true);
            Map<String, String> found = definitions(jdbc, CatalogQueries.VIEWS, false);
            for (String view : new TreeMap<>(queries).keySet()) {
                if (!found.containsKey(view)) {
                    differences.add(IntegrityViolation.ofCatalog("View crowdlab_bi." + view, "is missing"));
                } else if (!found.get(view).equals(expected.get(view))) {
                    differences.add(IntegrityViolation.ofCatalog(
                            "View crowdlab_bi." + view,
                            "is not as the migrations made it: other rows or columns may be shown"));
                }
            }
            return differences;
        });
    }

    /** Returns checks of the partitioned tables that are missing or differ. Additional checks are found elsewhere. */
    List<IntegrityViolation> checks() throws SQLException {
        return rolledBack((connection, jdbc) -> {
            for (ResultTableDefinition table : ResultTableDefinitions.PARTITIONED) {
                execute(connection, "create temporary table " + table.name() + " (" + PartitionBodies.of(table) + ")");
            }
            Map<String, String> found = definitions(jdbc, CatalogQueries.CHECKS, false);
            List<IntegrityViolation> differences = new ArrayList<>();
            definitions(jdbc, CatalogQueries.CHECKS, true).forEach((name, definition) -> {
                if (!definition.equals(found.get(name))) {
                    String[] words = name.split(" ", 2);
                    differences.add(IntegrityViolation.ofCatalog(
                            "Table crowdlab." + words[0],
                            (found.containsKey(name) ? "has another constraint " : "lacks the constraint ")
                                    + words[1]
                                    + (found.containsKey(name) ? " than the migrations made" : "")));
                }
            });
            return differences;
        });
    }

    private static Map<String, String> definitions(JdbcClient jdbc, String query, boolean temporary) {
        Map<String, String> definitions = new TreeMap<>();
        jdbc.sql(query)
                .param("temporary", temporary)
                .param("partitioned", ResultTableDefinitions.partitionedNames())
                .query((row, number) -> definitions.put(row.getString(1), row.getString(2)))
                .list();
        return definitions;
    }

    private List<IntegrityViolation> rolledBack(Question question) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                return question.ask(connection, JdbcClient.create(new SingleConnectionDataSource(connection, true)));
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement made = connection.createStatement()) {
            made.execute(statement);
        }
    }
}
