package dev.crowdlab.job.step;

import dev.crowdlab.results.ResultWriter;
import dev.crowdlab.results.copy.ResultBlock;
import java.sql.SQLException;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;

/** Writes the blocks of a result table. */
public record ResultItemWriter(ResultWriter writer) implements ItemStreamWriter<ResultBlock> {

    @Override
    public void open(ExecutionContext executionContext) {
        try {
            writer.open();
        } catch (SQLException e) {
            throw new ItemStreamException(e.getMessage(), e);
        }
    }

    @Override
    public void write(Chunk<? extends ResultBlock> blocks) throws SQLException {
        for (ResultBlock block : blocks) {
            writer.write(block);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (SQLException e) {
            throw new ItemStreamException(e.getMessage(), e);
        }
    }
}
