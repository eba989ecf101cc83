package dev.crowdlab.publication;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.postgres.TableDoor;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Checks that the large tables of a run are still where the views look for them. */
public final class PublishedTables {

    private static final String RECORDED = """
            select t.table_name, t.row_count = 0 as is_empty, exists (
                select from pg_inherits i
                where i.inhparent = to_regclass('crowdlab.' || t.table_name)
                    and i.inhrelid = to_regclass('crowdlab.' || t.table_name || '_r' || t.run_id)
                    and not i.inhdetachpending) as is_attached
            from crowdlab.run_table t
            where t.run_id = ? and t.table_name = any(?)
            order by t.table_name""";

    private final JdbcClient jdbc;
    private final JdbcTemplate connections;
    private final TransactionTemplate transaction;

    public PublishedTables(DataSource dataSource) {
        connections = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        jdbc = JdbcClient.create(dataSource);
    }

    private record Recorded(String name, boolean isEmpty, boolean isAttached) {}

    /**
     * Returns the names of the large tables for which the run recorded rows but whose partition is missing, detached or
     * empty.
     */
    public List<String> lost(long runId) {
        String[] names = ResultTableDefinitions.PARTITIONED.stream()
                .map(ResultTableDefinition::name)
                .toArray(String[]::new);
        return jdbc
                .sql(RECORDED)
                .params(runId, names)
                .query((row, number) -> new Recorded(row.getString(1), row.getBoolean(2), row.getBoolean(3)))
                .list()
                .stream()
                .filter(table -> !table.isAttached() || !(table.isEmpty() || hasRows(table.name(), runId)))
                .map(Recorded::name)
                .toList();
    }

    private boolean hasRows(String table, long runId) {
        String partition = ResultTableDefinitions.named(table).orElseThrow().target(runId);
        return requireNonNull(transaction.execute(status -> open(partition)
                && jdbc.sql("select exists (select from " + partition + ")")
                        .query(Boolean.class)
                        .single()));
    }

    private boolean open(String partition) {
        return requireNonNull(connections.execute(
                (Connection connection) -> TableDoor.open(connection, TableDoor.Use.READ, partition)));
    }
}
