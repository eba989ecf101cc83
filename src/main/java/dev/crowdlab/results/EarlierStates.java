package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.id.Utf8Texts;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.stop.StopState;
import dev.crowdlab.postgres.BinaryCopyFormat;
import dev.crowdlab.postgres.BinaryCopyRows;
import dev.crowdlab.results.copy.StoredRows;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The states that the examples of a dataset have in the run published before. Immutable. */
public final class EarlierStates implements Serializable {

    /** No example has any. */
    public static final EarlierStates NONE = new EarlierStates(0);

    private static final List<StopState> STATES = List.of(StopState.values());

    /** [examples] the place among all states plus 1; 0: none. */
    private final byte[] states;
    /** [examples] microseconds since 2000-01-01 UTC. */
    private final long[] since;
    /** [examples] how many annotations an example had that was done by the rule that still holds; else 0. */
    private final int[] doneLabels;

    private EarlierStates(int examples) {
        states = new byte[examples];
        since = new long[examples];
        doneLabels = new int[examples];
    }

    /**
     * Reads them.
     *
     * @param dataSource opens connections that are not pooled
     * @param rule what decides now which examples are done, as a run records it; those done by another are decided anew
     */
    public static EarlierStates read(DataSource dataSource, long runId, Map<String, String> rule, Dataset dataset)
            throws SQLException {
        boolean isSameRule = isSameRule(JdbcClient.create(dataSource), runId, rule);
        EarlierStates found = new EarlierStates(dataset.examples().size());
        try (BinaryCopyRows rows = open(dataSource, runId)) {
            int example = 0;
            while (rows.next()) {
                int start = rows.start() + Short.BYTES + Integer.BYTES;
                int end = start + (int) BinaryCopyFormat.INT.get(rows.bytes(), start - Integer.BYTES);
                int order = -1;
                while (example < found.states.length && order < 0) {
                    order = Utf8Texts.compare(dataset.examples(), example, rows.bytes(), start, end);
                    example += order < 0 ? 1 : 0;
                }
                if (order == 0) {
                    found.set(example, isSameRule, rows.bytes(), end + Integer.BYTES);
                }
            }
        }
        return found;
    }

    private static boolean isSameRule(JdbcClient jdbc, long runId, Map<String, String> rule) {
        return rule.entrySet().stream().allMatch(setting -> jdbc.sql(
                        "select settings ->> ? is not distinct from ? from crowdlab.run where run_id = ?")
                .params(setting.getKey(), setting.getValue(), runId)
                .query(Boolean.class)
                .single());
    }

    private static BinaryCopyRows open(DataSource dataSource, long runId) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            connection.setAutoCommit(false);
            List<String> relations = StoredRows.relations(
                    connection,
                    List.of(ResultTableDefinitions.LABEL_STATE, ResultTableDefinitions.LABEL_QUALITY),
                    runId);
            return BinaryCopyRows.open(
                    connection,
                    ("copy (select s.example_id, array_position(array['done', 'ask', 'expert'], s.state), s.since,"
                                    + " q.num_annotations from %s s join %s q on q.run_id = s.run_id"
                                    + " and q.example_id = s.example_id where s.run_id = %d order by s.example_id)"
                                    + " to stdout (format binary)")
                            .formatted(relations.get(0), relations.get(1), runId));
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void set(int example, boolean isSameRule, byte[] row, int from) {
        int sinceAt = from + 2 * Integer.BYTES;
        int countAt = sinceAt + Long.BYTES + Integer.BYTES;
        states[example] = (byte) (int) BinaryCopyFormat.INT.get(row, from);
        since[example] = (long) BinaryCopyFormat.LONG.get(row, sinceAt);
        if (isSameRule && state(example) == StopState.DONE) {
            doneLabels[example] = (int) BinaryCopyFormat.INT.get(row, countAt);
        }
    }

    /** The slice with how many annotations each example had when it was done. */
    public Slice on(Slice slice) {
        return doneLabels.length == 0 ? slice : slice.with(Column.DONE_LABELS, doneLabels);
    }

    /** The state of an example; null if it had none. */
    @Nullable
    StopState state(int example) {
        return states.length == 0 || states[example] == 0 ? null : STATES.get(states[example] - 1);
    }

    /** When the example came to be in its state, in microseconds since 2000-01-01 UTC; only where it had one. */
    long since(int example) {
        return since[example];
    }
}
