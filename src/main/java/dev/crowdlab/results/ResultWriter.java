package dev.crowdlab.results;

import dev.crowdlab.postgres.BinaryCopyFormat;
import dev.crowdlab.results.copy.ResultBlock;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.results.copy.Sha256;
import dev.crowdlab.results.copy.WrittenTable;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes a result table by binary COPY, in one transaction on a connection of its own. The last block ends the COPY,
 * builds the key and commits; a writer that is closed earlier leaves nothing behind. A large table is written to a
 * stand-alone table of the run, which becomes visible when it is attached. It is analyzed for the planner, as is
 * work_list, whose rows are read by rank as soon as they are published. To be used once, by one thread.
 */
public final class ResultWriter implements AutoCloseable {

    /**
     * Rows arrive in key order, so one process that sorts in memory builds the key fastest: 0.72 s of CPU time for
     * 3,000,000 rows with text keys, 1.12 s with the server's defaults. The commit need not wait for the disk, because
     * loaded rows do not matter before the run is published, and the commit that publishes them does wait.
     */
    private static final String LOAD_SETTINGS =
            "set local max_parallel_maintenance_workers = 0; set local synchronous_commit = off";

    /**
     * Memory for building a key (up to four are built at the same time), and a sample for the planner that takes a
     * third of the time; neither replaces a setting that is already there.
     */
    static final String KEY_SETTINGS = """
            select set_config(name, case name when 'maintenance_work_mem' then '256MB' else '30' end, true)
            from pg_settings
            where name in ('maintenance_work_mem', 'default_statistics_target') and source = 'default'""";

    private final DataSource dataSource;
    private final ResultTableDefinition definition;
    private final long runId;
    private final Consumer<WrittenTable> listener;
    private final MessageDigest digest = Sha256.create();
    private @Nullable Connection connection;
    private @Nullable CopyIn copy;
    private long rowCount;

    /**
     * @param listener receives the table when it is complete and committed
     */
    public ResultWriter(
            DataSource dataSource, ResultTableDefinition definition, long runId, Consumer<WrittenTable> listener) {
        this.dataSource = dataSource;
        this.definition = definition;
        this.runId = runId;
        this.listener = listener;
    }

    /** Creates the run's table, if it has one of its own, and begins the COPY. */
    public void open() throws SQLException {
        Connection opened = dataSource.getConnection();
        connection = opened;
        opened.setAutoCommit(false);
        execute(LOAD_SETTINGS);
        if (definition.partitioned()) {
            execute(PartitionBodies.create(definition, runId));
        }
        // rows written to a table created in the same transaction can be frozen, so no vacuum has to rewrite them
        CopyIn started = opened.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(copy(definition, runId, definition.partitioned() ? ", freeze true" : ""));
        started.writeToCopy(BinaryCopyFormat.header(), 0, BinaryCopyFormat.HEADER_BYTES);
        copy = started;
    }

    /** Returns the statement that loads rows into the table that a run fills. */
    static String copy(ResultTableDefinition definition, long runId, String options) {
        return "copy " + definition.target(runId) + " (" + String.join(", ", definition.columnNames())
                + ") from stdin (format binary" + options + ")";
    }

    /** Writes the next block; the last block completes the table. */
    public void write(ResultBlock block) throws SQLException {
        if (copy == null || connection == null) {
            throw new IllegalStateException("write before open, or after the last block");
        }
        copy.writeToCopy(block.rows().bytes(), 0, block.rows().length());
        block.rows().digest(digest);
        rowCount += block.rowCount();
        if (block.isLast()) {
            copy.writeToCopy(BinaryCopyFormat.trailer(), 0, Short.BYTES);
            long writtenRows = copy.endCopy();
            copy = null;
            finish(connection);
            listener.accept(new WrittenTable(definition, rowCount, writtenRows, Sha256.hex(digest.digest())));
        }
    }

    private void finish(Connection open) throws SQLException {
        if (definition.partitioned()) {
            execute(KEY_SETTINGS);
            execute("alter table " + definition.target(runId) + " add primary key ("
                    + String.join(", ", definition.key()) + ")");
            execute("analyze " + definition.target(runId));
        } else if (definition.equals(DatasetTables.WORK_LIST.definition())) {
            execute(KEY_SETTINGS);
            execute("select from crowdlab.analyze_work_list(" + rowCount + ")");
        }
        open.commit();
    }

    private void execute(String statement) throws SQLException {
        if (connection != null) {
            try (Statement executed = connection.createStatement()) {
                executed.execute(statement);
            }
        }
    }

    /** Closes the connection, which rolls back anything not committed. */
    @Override
    public void close() throws SQLException {
        try {
            if (copy != null && copy.isActive()) {
                copy.cancelCopy();
            }
        } finally {
            if (connection != null) {
                connection.close();
            }
        }
    }
}
