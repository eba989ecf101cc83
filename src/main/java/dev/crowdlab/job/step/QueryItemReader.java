package dev.crowdlab.job.step;

import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.input.BlockReader;
import dev.crowdlab.input.LockWait;
import dev.crowdlab.input.Snapshot;
import dev.crowdlab.postgres.SqlErrors;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * The blocks of a query as items. If PostgreSQL fails on the query, the error names the query's setting or the built-in
 * table.
 */
public final class QueryItemReader<B> implements ItemStreamReader<B> {

    private final BlockReader<B> reader;
    private final Supplier<Snapshot> snapshot;
    private final String setting;

    /**
     * @param snapshot is read when the step begins
     * @param setting the setting that holds the query, or the table that is read
     */
    public QueryItemReader(BlockReader<B> reader, Supplier<Snapshot> snapshot, String setting) {
        this.reader = reader;
        this.snapshot = snapshot;
        this.setting = setting;
    }

    @Override
    public void open(ExecutionContext executionContext) {
        try {
            reader.open(snapshot.get());
        } catch (SQLException e) {
            throw isOfQuery(e) ? refused(e) : new ItemStreamException(e.getMessage(), e);
        }
    }

    @Override
    public @Nullable B read() throws SQLException {
        try {
            return reader.read();
        } catch (SQLException e) {
            if (isOfQuery(e)) {
                throw refused(e);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (SQLException e) {
            throw new ItemStreamException(e.getMessage(), e);
        }
    }

    /**
     * Whether the query failed, as opposed to the server or the connection. This includes an attempt to write, since
     * the transaction is read-only on every server.
     */
    private static boolean isOfQuery(SQLException failure) {
        return SqlErrors.isWriteWhereNoneIsAllowed(failure)
                || (!SqlErrors.isTransient(failure) && !SqlErrors.isUnreachable(failure));
    }

    private RuntimeException refused(SQLException failure) {
        String sentence = LockWait.sentence(failure)
                .orElseGet(() -> "failed while rows were read; "
                        + SqlErrors.sentence(failure).orElse(""));
        RuntimeException refused = new UnusableInputException(setting + ": " + sentence);
        refused.addSuppressed(failure); // not a cause: the retry policy examines causes
        return refused;
    }
}
