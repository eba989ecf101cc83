package dev.crowdlab.notification;

import dev.crowdlab.notification.LineageRun.Column;
import dev.crowdlab.notification.LineageRun.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads which tables runs wrote, from their own record. */
public final class RunOutputs {

    private final JdbcClient jdbc;

    public RunOutputs(DataSource database) {
        jdbc = JdbcClient.create(database);
    }

    /**
     * Returns the result tables of a run, by name; empty for a run that was not closed well, or found nothing new.
     *
     * @throws org.springframework.dao.DataAccessException if the database cannot be read
     */
    public List<Output> of(long runId) {
        Map<String, Long> rows = new TreeMap<>();
        Map<String, List<Column>> columns = new TreeMap<>();
        jdbc.sql("""
                        select t.table_name, t.row_count, a.attname, format_type(a.atttypid, a.atttypmod) as type
                        from crowdlab.run_table t
                        join pg_catalog.pg_class c on c.relnamespace = 'crowdlab'::regnamespace and c.relname = t.table_name
                        join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                        where t.run_id = ?
                        order by t.table_name, a.attnum""").param(runId).query(row -> {
            String table = row.getString("table_name");
            rows.put(table, row.getLong("row_count"));
            columns.computeIfAbsent(table, name -> new ArrayList<>())
                    .add(new Column(row.getString("attname"), row.getString("type")));
        });
        return rows.entrySet().stream()
                .map(table -> new Output(
                        "crowdlab." + table.getKey(),
                        table.getValue(),
                        columns.getOrDefault(table.getKey(), List.of())))
                .toList();
    }
}
