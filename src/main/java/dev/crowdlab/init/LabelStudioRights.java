package dev.crowdlab.init;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for tables of Label Studio that the user may not read, so that they are not taken for missing. */
final class LabelStudioRights {

    /** One row per schema that has all of the tables, and per table in it, with the columns that cannot be read. */
    private static final String RIGHTS = """
            with wanted as (
                select * from unnest(cast(? as text[]), cast(? as text[])) as w (table_name, column_name)
                union all
                select 'project', 'deleted_at'), -- which older versions lack
            found as (
                select n.oid as schema_oid, n.nspname, c.relname,
                    string_agg(quote_ident(a.attname), ', ' order by a.attnum)
                        filter (where not has_column_privilege(c.oid, a.attnum, 'select')) as unreadable
                from pg_catalog.pg_class c
                join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                join pg_catalog.pg_attribute a on a.attrelid = c.oid and not a.attisdropped
                join wanted w on w.table_name = c.relname and w.column_name = a.attname
                where c.relkind in ('r', 'p', 'v', 'm', 'f')
                group by n.oid, n.nspname, c.oid, c.relname
                having count(*) filter (where a.attname <> 'deleted_at') = (
                    select count(*) from wanted v where v.table_name = c.relname and v.column_name <> 'deleted_at'))
            select quote_ident(f.nspname), has_schema_privilege(f.schema_oid, 'usage'), quote_ident(f.relname), f.unreadable
            from (select *, count(*) over (partition by schema_oid) as num_tables from found) f
            where f.num_tables = (select count(distinct table_name) from wanted)
            order by f.nspname, f.relname""";

    private final Connection connection;

    LabelStudioRights(Connection connection) {
        this.connection = connection;
    }

    /**
     * What the user lacks, as {@code grant} writes it.
     *
     * @param tables the columns of each table
     */
    List<String> missing(Map<String, Set<String>> tables) throws SQLException {
        List<String> tableNames = new ArrayList<>();
        List<String> columnNames = new ArrayList<>();
        tables.forEach((table, columns) -> columns.forEach(column -> {
            tableNames.add(table);
            columnNames.add(column);
        }));
        List<String> missing = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(RIGHTS)) {
            statement.setArray(1, connection.createArrayOf("text", tableNames.toArray()));
            statement.setArray(2, connection.createArrayOf("text", columnNames.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    add(rows, missing);
                }
            }
        }
        return missing;
    }

    private static void add(ResultSet rows, List<String> missing) throws SQLException {
        String schema = rows.getString(1);
        String usage = "usage on schema " + schema;
        if (!rows.getBoolean(2) && !missing.contains(usage)) {
            missing.add(usage);
        }
        String unreadable = rows.getString(4);
        if (unreadable != null) {
            missing.add("select (" + unreadable + ") on " + schema + "." + rows.getString(3));
        }
    }
}
