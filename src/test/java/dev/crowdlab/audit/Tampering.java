package dev.crowdlab.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A superuser who has lifted the triggers and changes what runs recorded: in one transaction, which is never committed. What
 * can be changed is read from the catalog, so that nothing that a later migration brings is left out.
 */
final class Tampering implements AutoCloseable {

    /** Class of the SQLSTATEs for values that a constraint refuses. */
    private static final String CONSTRAINT = "23";

    private final Connection connection;

    Tampering(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        execute("set session_replication_role = replica");
    }

    /** A column and whether it is part of the key. */
    record Column(String table, String name, String type, boolean isKey) {}

    /** The tables of schema crowdlab whose rows belong to runs that have ended. */
    List<String> tables() throws SQLException {
        return column("""
                select c.relname
                from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attname = 'run_id'
                where c.relnamespace = 'crowdlab'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                    and c.relname not in ('published_run', 'publication_log', 'run_part')
                order by 1""");
    }

    /** The columns of a table. */
    List<Column> columns(String table) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                select a.attname, format_type(a.atttypid, null), a.attnum = any (i.indkey::int2[])
                from pg_attribute a
                join pg_index i on i.indrelid = a.attrelid and i.indisprimary
                where a.attrelid = ('crowdlab.' || ?)::regclass and a.attnum > 0 and not a.attisdropped
                order by a.attnum""")) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(new Column(table, rows.getString(1), rows.getString(2), rows.getBoolean(3)));
                }
            }
        }
        return columns;
    }

    /** The runs that have rows in a table. */
    List<Long> runs(String table) throws SQLException {
        return column("select distinct run_id from crowdlab." + table + " order by 1").stream()
                .map(Long::valueOf)
                .toList();
    }

    /** SQL for other values that a cell could be given, the likely ones first. */
    List<String> otherValues(Column column) throws SQLException {
        String name = column.name();
        Set<String> values = new LinkedHashSet<>();
        switch (column.type()) {
            case "bigint", "integer" -> {
                values.add("coalesce(" + name + ", 0) + 1000");
                values.add("coalesce(" + name + ", 0) + 1");
                values.add("coalesce(" + name + ", 0) - 1");
            }
            case "date" -> values.add(name + " + 1");
            case "boolean" -> values.add("not " + name);
            case "jsonb" -> values.add(name + " || '{\"x\": 1}'");
            case "timestamp with time zone" -> values.add("coalesce(" + name + ", now()) + interval '1 microsecond'");
            case "text[]" -> {
                values.add("coalesce(" + name + ", '{}') || '{x}'");
                values.add(name + "[2:]");
            }
            case "double precision[]" -> {
                values.add("array[coalesce(nullif(" + name + "[1] * (1 - 2e-16), 0), 0.5)] || " + name + "[2:]");
                values.add(name + " || 0.5::double precision");
            }
            // the next number that can be told from it
            case "double precision" -> {
                values.add("coalesce(nullif(" + name + " * (1 - 2e-16), 0), 0.5)");
                values.add("1");
            }
            case "text" -> {
                values.add("coalesce(" + name + ", '') || 'x'");
                for (String check : column("select pg_get_constraintdef(oid) from pg_constraint where contype = 'c'"
                        + " and conrelid = 'crowdlab." + column.table() + "'::regclass order by 1")) {
                    Pattern.compile("'[^']+'(?=::text)")
                            .matcher(check)
                            .results()
                            .forEach(value -> values.add(value.group()));
                }
            }
            default -> throw new IllegalStateException("no other value is known of type " + column.type());
        }
        values.add("null");
        return List.copyOf(values);
    }

    /** Gives a cell another value; false if the database refuses it, or it is the same. */
    boolean change(Column column, long runId, String value) throws SQLException {
        return attempt("update crowdlab." + column.table() + " set " + column.name() + " = " + value + " where "
                + row(column.table(), runId) + " and " + column.name() + " is distinct from " + value);
    }

    /** Deletes a row of a run. */
    boolean delete(String table, long runId) throws SQLException {
        return attempt("delete from crowdlab." + table + " where " + row(table, runId));
    }

    /** Inserts a row that is like another of the run but for the last column of its key. */
    boolean insert(String table, long runId) throws SQLException {
        List<Column> columns = columns(table);
        Column key = columns.stream()
                .filter(Column::isKey)
                .reduce((first, second) -> second)
                .orElseThrow();
        List<String> names = columns.stream().map(Column::name).toList();
        List<String> values = new ArrayList<>(names);
        if (names.contains("previous_hash")) {
            values.set(names.indexOf("previous_hash"), "'of no run'"); // two cannot follow the same
        }
        for (String other : otherValues(key)) { // the first that the constraints allow
            values.set(names.indexOf(key.name()), other);
            if (attempt("insert into crowdlab." + table + " (" + String.join(", ", names) + ") select "
                    + String.join(", ", values) + " from crowdlab." + table + " where " + row(table, runId))) {
                return true;
            }
        }
        return false;
    }

    /** A condition that holds for one row of the run. */
    private static String row(String table, long runId) {
        return "(tableoid, ctid) = (select tableoid, ctid from crowdlab." + table + " where run_id = " + runId
                + " order by ctid limit 1)";
    }

    /** Whether a statement changes a row; what it did can be undone by {@link #undo}. */
    boolean attempt(String statement) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (Statement command = connection.createStatement()) {
            return command.executeUpdate(statement) > 0;
        } catch (SQLException e) {
            connection.rollback(before);
            if (String.valueOf(e.getSQLState()).startsWith(CONSTRAINT)) {
                return false;
            }
            throw e;
        }
    }

    void execute(String statement) throws SQLException {
        try (Statement command = connection.createStatement()) {
            command.execute(statement);
        }
    }

    /** Everything is as it was. */
    void undo() throws SQLException {
        connection.rollback();
        execute("set session_replication_role = replica");
    }

    private List<String> column(String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}
