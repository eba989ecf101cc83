package dev.crowdlab.results;

import dev.crowdlab.postgres.BinaryCopyFormat;
import dev.crowdlab.postgres.TableDoor;
import dev.crowdlab.results.copy.ResultBlock;
import dev.crowdlab.results.copy.ResultReader;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.results.copy.TableDigest;
import dev.crowdlab.results.copy.WrittenTable;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes a large table of a run in parts, in any order, from any number of processes. Each part is one transaction,
 * whose first statement records it in {@code crowdlab.run_part}: a part that is written again, because its process was
 * thought to be lost or too slow, finds itself recorded and writes nothing. A process that goes on after its run was
 * closed writes nothing either, since the same statement locks the row of a run that is RUNNING.
 *
 * @param definition a table with one partition per run, or one that all runs share
 * @param runId the run
 */
public record PartWriter(ResultTableDefinition definition, long runId) implements Serializable {

    private static final String RECORD = """
            insert into crowdlab.run_part (run_id, table_name, part, row_count)
            select run_id, ?, ?, ? from crowdlab.run where run_id = ? and status = 'RUNNING' for share
            on conflict do nothing""";

    private static final String IS_RECORDED = """
            select exists (select from crowdlab.run_part where run_id = ? and table_name = ? and part = ?)""";

    /** Creates the stand-alone table of the run; not to be called for a table that all runs share. */
    public void create(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(PartitionBodies.create(definition, runId));
        }
    }

    /**
     * Writes a part, unless it is there already.
     *
     * @param rows the rows of the part, of the same table and run
     * @param blockRows number of rows to encode at a time
     * @throws IllegalStateException if the run has been closed
     */
    public void write(DataSource dataSource, int part, ResultTable rows, int blockRows) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            if (record(connection, part, rows.rowCount())) {
                copy(connection, new ResultReader(rows, blockRows));
                connection.commit();
            } else if (!isRecorded(connection, part)) {
                throw new IllegalStateException("run " + runId + " has been closed; part " + part + " of "
                        + definition.name() + " is not written");
            }
        }
    }

    private boolean record(Connection connection, int part, long rowCount) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
            statement.setString(1, definition.name());
            statement.setInt(2, part);
            statement.setLong(3, rowCount);
            statement.setLong(4, runId);
            return statement.executeUpdate() == 1;
        }
    }

    private boolean isRecorded(Connection connection, int part) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IS_RECORDED)) {
            statement.setLong(1, runId);
            statement.setString(2, definition.name());
            statement.setInt(3, part);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                return found.getBoolean(1);
            }
        }
    }

    private void copy(Connection connection, ResultReader rows) throws SQLException {
        // rows of a run that is not published do not matter, and the commit that publishes them waits for the disk
        execute(connection, "set local synchronous_commit = off");
        open(connection, TableDoor.Use.FILL);
        CopyIn copy =
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn(ResultWriter.copy(definition, runId, ""));
        try {
            copy.writeToCopy(BinaryCopyFormat.header(), 0, BinaryCopyFormat.HEADER_BYTES);
            for (ResultBlock block = rows.read(); block != null; block = rows.read()) {
                copy.writeToCopy(block.rows().bytes(), 0, block.rows().length());
            }
            copy.writeToCopy(BinaryCopyFormat.trailer(), 0, Short.BYTES);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /**
     * Builds the key, unless the table is shared, and reads the rows back in its order for the digest, when all parts
     * are there.
     */
    public WrittenTable complete(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            if (definition.partitioned()) {
                open(connection, TableDoor.Use.CHANGE);
                buildKey(connection);
            }
            TableDigest stored = TableDigest.of(
                    connection, definition, definition.digestedColumns(), definition.target(runId), runId);
            long computed = recordedRows(connection);
            connection.commit();
            return new WrittenTable(definition, computed, stored.rowCount(), stored.digest());
        }
    }

    /** The table of the run exists since another transaction, in which it was empty. */
    private void open(Connection connection, TableDoor.Use use) throws SQLException {
        if (definition.partitioned()) {
            TableDoor.open(connection, use, definition.target(runId));
        }
    }

    private void buildKey(Connection connection) throws SQLException {
        execute(connection, ResultWriter.KEY_SETTINGS);
        execute(
                connection,
                "alter table " + definition.target(runId) + " add primary key (" + String.join(", ", definition.key())
                        + ")");
        execute(connection, "analyze " + definition.target(runId));
    }

    private long recordedRows(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select coalesce(sum(row_count), 0) from crowdlab.run_part where run_id = ? and table_name = ?")) {
            statement.setLong(1, runId);
            statement.setString(2, definition.name());
            try (ResultSet sum = statement.executeQuery()) {
                sum.next();
                return sum.getLong(1);
            }
        }
    }

    /** Removes the records of all parts of a run that is complete. */
    public static void forget(DataSource dataSource, long runId) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("delete from crowdlab.run_part where run_id = ?")) {
            statement.setLong(1, runId);
            statement.executeUpdate();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
