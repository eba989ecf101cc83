package dev.crowdlab.export;

import dev.crowdlab.text.Spelling;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tables that can be exported: the views of schema {@code crowdlab_bi} that have a dataset, one for training, one of what to ask
 * next, and one of what an annotator would say.
 */
final class ExportedTables {

    /** Labels to train on: columns of {@code label_quality}. */
    static final String TRAINING = "training";

    /** What to ask next: columns of {@code label_state}, and more. */
    static final String NEXT_TASKS = "next-tasks";

    /** What one annotator would say: columns of {@code label_quality}, and more. */
    static final String ANNOTATOR_FORECAST = "annotator-forecast";

    private static final String LABELS = "label_quality";

    private static final String STATES = "label_state";

    /** Types without an order of their own, such as json, cannot be sorted by. */
    private static final String COLUMNS = """
            select c.relname::text, a.attname::text, coalesce(base.typname, t.typname)::text,
                exists (
                    select from pg_catalog.pg_opclass o
                    join pg_catalog.pg_am m on m.oid = o.opcmethod
                    where m.amname = 'btree' and o.opcintype = t.oid)
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            join pg_catalog.pg_type t on t.oid = a.atttypid
            left join pg_catalog.pg_type base on base.oid = t.typbasetype
            where n.nspname = 'crowdlab_bi' and c.relkind in ('v', 'm')
            order by c.relname, a.attnum""";

    private final Map<String, List<ExportColumn>> views = new TreeMap<>();

    /** Looks into the catalog. */
    ExportedTables(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String name = rows.getString(2);
                views.computeIfAbsent(rows.getString(1), view -> new ArrayList<>())
                        .add(new ExportColumn(name, name, ColumnType.of(rows.getString(3)), rows.getBoolean(4)));
            }
        }
        views.values().removeIf(columns -> columns.stream()
                .noneMatch(column -> column.name().equals("dataset")));
    }

    /**
     * The table of this name.
     *
     * @throws NoExportException if there is none, with the name that may be meant
     */
    ExportedTable named(String name) {
        if (views.isEmpty()) {
            throw new NoExportException("The database has no views in a schema crowdlab_bi; check that"
                    + " spring.datasource.url names the result database, and call run or migrate");
        }
        if (name.equals(TRAINING)) {
            return new ExportedTable(
                    LABELS,
                    List.of(
                            column(LABELS, "example_id"),
                            column(LABELS, "consensus_label"),
                            column(LABELS, "consensus_quality_score").as("quality"),
                            column(LABELS, "run_id")));
        }
        if (name.equals(ANNOTATOR_FORECAST)) {
            return new ExportedTable(
                    LABELS,
                    List.of(
                            column(LABELS, "example_id"),
                            column(LABELS, "consensus_label"),
                            new ExportColumn("annotator_id", "annotator_id", ColumnType.TEXT, true),
                            column(LABELS, "run_id")));
        }
        if (name.equals(NEXT_TASKS)) {
            return new ExportedTable(
                    STATES,
                    List.of(
                            column(STATES, "example_id"),
                            column(STATES, "state"),
                            column(STATES, "since"),
                            column(STATES, "probability"),
                            column(STATES, "run_id")));
        }
        List<ExportColumn> columns = views.get(name);
        if (columns == null) {
            throw new NoExportException("There is no table '" + name + "' to export; "
                    + Spelling.nearest(name, names())
                            .map(meant -> "did you mean " + meant + "?")
                            .orElseGet(() -> "there are " + String.join(", ", names())));
        }
        return new ExportedTable(name, columns);
    }

    private ExportColumn column(String view, String name) {
        return views.getOrDefault(view, List.of()).stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoExportException("The view crowdlab_bi." + view + " has no column " + name
                        + "; the command verify says what was changed"));
    }

    private SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(views.keySet());
        names.add(TRAINING);
        names.add(NEXT_TASKS);
        names.add(ANNOTATOR_FORECAST);
        return names;
    }
}
