package dev.crowdlab.export;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The examples that need another label or an expert, with the votes so far: as a table, or as tasks to import into
 * Label Studio.
 */
final class NextTasks {

    private static final List<String> VIEWS = List.of("label_state", "label_quality", "detailed_label_quality");

    private static final String DATASET = "pg_catalog.current_setting('" + ExportedTable.DATASET + "')";

    /** How many votes each class has, as the text of a JSON object, the class with most votes first. */
    private static final String VOTES = "(select c.example_id, pg_catalog.concat('{', pg_catalog.string_agg("
            + "pg_catalog.concat(pg_catalog.to_json(c.label), ': ', c.n), ', ' order by c.n desc, c.label), '}') as votes"
            + " from (select o.example_id, o.label, pg_catalog.count(*) as n from crowdlab_bi.detailed_label_quality as o"
            + " where o.dataset = " + DATASET + " group by o.example_id, o.label) as c group by c.example_id)";

    /** Those to ask another annotator about first, the least probable first; what no probability is known of before. */
    private static final String FROM = " from crowdlab_bi.label_state as v"
            + " join crowdlab_bi.label_quality as q on q.dataset = v.dataset and q.run_id = v.run_id"
            + " and q.example_id = v.example_id join " + VOTES + " as c on c.example_id = v.example_id"
            + " where v.dataset = " + DATASET + " and v.state in ('ask', 'expert')"
            + " order by v.state, v.probability nulls first, v.example_id";

    private static final String TASK = "select pg_catalog.json_build_object('data', pg_catalog.json_build_object("
            + "'example_id', v.example_id, 'state', v.state, 'probability', v.probability,"
            + " 'num_annotations', q.num_annotations, 'consensus_label', q.consensus_label,"
            + " 'votes', c.votes::pg_catalog.json, 'dataset', v.dataset, 'run_id', v.run_id))::pg_catalog.text" + FROM;

    private NextTasks() {}

    /**
     * How to select them.
     *
     * @param states columns of label_state; the last follows after the others
     * @throws NoExportException if the run has no states
     */
    static ExportedRows of(Connection connection, ExportedTable states, String dataset) throws SQLException {
        checkStates(connection, dataset);
        int last = states.columns().size() - 1;
        List<ExportColumn> columns = new ArrayList<>(states.columns());
        columns.addAll(
                last,
                List.of(
                        new ExportColumn("num_annotations", "num_annotations", ColumnType.INTEGER, true),
                        new ExportColumn("consensus_label", "consensus_label", ColumnType.TEXT, true),
                        new ExportColumn("votes", "votes", ColumnType.TEXT, false)));
        String first = "select " + states.selected(0, last) + ", q.num_annotations, " + states.text("q.consensus_label")
                + " as consensus_label, c.votes";
        String rest = " as votes, " + states.selected(last, last + 1) + FROM;
        return new ExportedRows(
                VIEWS,
                columns,
                Optional.empty(),
                first + rest,
                first + "::pg_catalog.json" + rest,
                first + rest,
                Optional.of(TASK));
    }

    private static void checkStates(Connection connection, String dataset) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select exists (select from crowdlab_bi.label_state s where s.dataset = ?)")) {
            statement.setString(1, dataset);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    throw new NoExportException("The published run of dataset '" + dataset
                            + "' has no states, which say what to ask next; set crowdlab.datasets." + dataset
                            + ".stop.at and run it again; if it is set, the run's warnings say what is missing");
                }
            }
        }
    }
}
