package dev.crowdlab.job;

import dev.crowdlab.database.SqlFailure;
import dev.crowdlab.engine.InputRefusedException;
import dev.crowdlab.source.LockWait;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Reads the rows of a query, and names its setting, or the built-in table, where PostgreSQL fails on them. */
final class QueryReader<B> implements ItemStreamReader<B> {

    private final ItemStreamReader<B> reader;
    private final String setting;

    /** @param setting the setting that holds the query, or the table that is read */
    QueryReader(ItemStreamReader<B> reader, String setting) {
        this.reader = reader;
        this.setting = setting;
    }

    @Override
    public void open(ExecutionContext executionContext) {
        try {
            reader.open(executionContext);
        } catch (ItemStreamException e) {
            throw e.getCause() instanceof SQLException cause && isOfQuery(cause) ? refused(cause) : e;
        }
    }

    @Override
    public @Nullable B read() throws Exception {
        try {
            return reader.read();
        } catch (SQLException e) {
            throw isOfQuery(e) ? refused(e) : e;
        }
    }

    @Override
    public void close() {
        reader.close();
    }

    /** Whether neither the server nor the connection is what failed: the reading transaction may not write, wherever it is. */
    private static boolean isOfQuery(SQLException failure) {
        return SqlFailure.isWriteWhereNoneIsAllowed(failure)
                || (!SqlFailure.isTransient(failure) && !SqlFailure.isUnreachable(failure));
    }

    private RuntimeException refused(SQLException failure) {
        String sentence = LockWait.sentence(failure)
                .orElseGet(() -> "failed while rows were read; "
                        + SqlFailure.sentence(failure).orElse(""));
        RuntimeException refused = new InputRefusedException(setting + ": " + sentence);
        refused.addSuppressed(failure); // as a cause it would be asked whether it may pass
        return refused;
    }
}
