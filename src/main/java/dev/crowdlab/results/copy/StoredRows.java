package dev.crowdlab.results.copy;

import dev.crowdlab.postgres.SqlErrors;
import dev.crowdlab.postgres.TableDoor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a run's rows of the large tables are: in its own tables. Reading a whole table instead would keep retention
 * from removing any run of any dataset meanwhile.
 */
public final class StoredRows {

    private StoredRows() {}

    /** Opens the run's own table until the end of the transaction; see {@link #relations}. */
    public static String relation(Connection connection, ResultTableDefinition table, long runId) throws SQLException {
        return relations(connection, List.of(table), runId).get(0);
    }

    /**
     * Opens the run's own tables for reading, until the end of the transaction, which must not have read anything
     * before if it reads one snapshot. Tables created before there were roles may be readable only through the whole
     * table.
     *
     * @return for each table what to write after FROM: the run's own, or the whole one, or one without rows if the run
     *     has none
     * @throws dev.crowdlab.postgres.ForeignCodeException if reading one could run foreign code
     */
    public static List<String> relations(Connection connection, List<ResultTableDefinition> tables, long runId)
            throws SQLException {
        TableDoor door = new TableDoor(connection);
        List<String> relations = new ArrayList<>();
        for (ResultTableDefinition table : tables) {
            relations.add(lock(door, table, runId));
        }
        door.requirePlain();
        return relations;
    }

    /** The same for one table of several runs. */
    public static List<String> relations(Connection connection, ResultTableDefinition table, List<Long> runIds)
            throws SQLException {
        TableDoor door = new TableDoor(connection);
        List<String> relations = new ArrayList<>();
        for (long runId : runIds) {
            relations.add(lock(door, table, runId));
        }
        door.requirePlain();
        return relations;
    }

    private static String lock(TableDoor door, ResultTableDefinition table, long runId) throws SQLException {
        String whole = "crowdlab." + table.name();
        try {
            if (door.lock(TableDoor.Use.READ, table.target(runId))) {
                return table.target(runId);
            }
        } catch (SQLException e) {
            if (!SqlErrors.isRightMissing(e)) {
                throw e;
            }
            door.lockWhole(whole);
            return whole;
        }
        door.lockParent(whole);
        return "only " + whole;
    }
}
