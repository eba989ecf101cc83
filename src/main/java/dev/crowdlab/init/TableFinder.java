package dev.crowdlab.init;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Lists the tables and views that a user may read, other than the program's own. Reads the catalog, and no rows but the
 * labeling configurations of Label Studio.
 */
public final class TableFinder {

    private static final String COLUMNS = """
            select n.nspname::text, c.relname::text, a.attname::text, coalesce(base.typname, t.typname)::text
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            join pg_catalog.pg_type t on t.oid = a.atttypid
            left join pg_catalog.pg_type base on base.oid = nullif(t.typbasetype, 0)
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
                and n.nspname not in ('pg_catalog', 'information_schema', 'crowdlab', 'crowdlab_bi')
                and n.nspname not like 'pg\\_%'
                and pg_catalog.has_schema_privilege(n.oid, 'usage')
                and pg_catalog.has_column_privilege(c.oid, a.attnum, 'select')
            order by n.nspname, c.relname, a.attnum""";

    private TableFinder() {}

    /** What the tables of the database can be used for. */
    public static FoundInput find(DataSource database) throws SQLException {
        Map<String, FoundTable> tables = new LinkedHashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(COLUMNS);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String schema = rows.getString(1);
                String name = rows.getString(2);
                FoundColumn column = new FoundColumn(rows.getString(3), rows.getString(4));
                tables.computeIfAbsent(
                                FoundTable.quoted(schema) + "." + FoundTable.quoted(name),
                                key -> new FoundTable(schema, name, new ArrayList<>()))
                        .columns()
                        .add(column);
            }
            return FoundInput.of(List.copyOf(tables.values()), LabelStudioFinder.find(connection, tables.values()));
        }
    }
}
