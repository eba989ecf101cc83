package dev.crowdlab.results;

import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.FieldType;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.copy.ResultBlock;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.results.copy.WrittenTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Writes the changes that a run makes to the published labels while reading them, so that neither is held in memory.
 * Only the consensus is needed for it, not the run's own label_quality.
 */
final class LabelChangeWriter implements LabelComparison {

    static final ResultTableDefinition DEFINITION = ResultTableDefinition.of("label_change", Kept.AS_HISTORY)
            .key("example_id", FieldType.EXAMPLE)
            .column("previous_label", FieldType.TEXT)
            .column("consensus_label", FieldType.TEXT)
            .column("previous_score", FieldType.DOUBLE)
            .column("consensus_quality_score", FieldType.DOUBLE);

    private static final int BLOCK_ROWS = 4_096;

    private final long runId;
    private final ExampleLabels labels;
    private final ResultWriter writer;
    private final BinaryCopyWriter block = new BinaryCopyWriter(1);
    private int blockRows;

    private LabelChangeWriter(long runId, ExampleLabels labels, ResultWriter writer) {
        this.runId = runId;
        this.labels = labels;
        this.writer = writer;
    }

    /**
     * Compares labels with those of the previously published run.
     *
     * @param dataSource opens connections that are not pooled
     * @return what was written to label_change
     */
    static WrittenTable write(DataSource dataSource, long runId, long previousRunId, ExampleLabels labels)
            throws SQLException {
        List<WrittenTable> written = new ArrayList<>(1);
        try (PublishedLabelReader previous = PublishedLabelReader.open(dataSource, previousRunId);
                ResultWriter writer = new ResultWriter(dataSource, DEFINITION, runId, written::add)) {
            writer.open();
            LabelChangeWriter changes = new LabelChangeWriter(runId, labels, writer);
            changes.compare(labels.examples(), previous);
            changes.flush(true);
        }
        return written.get(0);
    }

    @Override
    public void common(int example, PublishedLabelReader previous) throws SQLException {
        if (!previous.hasLabel(labels.classes(), labels.label(example))) {
            block.beginRow(DEFINITION, runId);
            previous.writeId(block);
            previous.writeLabel(block);
            block.text(labels.classes(), labels.label(example));
            block.number(previous.quality());
            block.number(labels.quality(example));
            endRow();
        }
    }

    @Override
    public void added(int example) throws SQLException {
        block.beginRow(DEFINITION, runId);
        block.text(labels.examples(), example);
        block.nullField();
        block.text(labels.classes(), labels.label(example));
        block.nullField();
        block.number(labels.quality(example));
        endRow();
    }

    @Override
    public void gone(PublishedLabelReader previous) throws SQLException {
        block.beginRow(DEFINITION, runId);
        previous.writeId(block);
        previous.writeLabel(block);
        block.nullField();
        block.number(previous.quality());
        block.nullField();
        endRow();
    }

    private void endRow() throws SQLException {
        blockRows++;
        if (blockRows == BLOCK_ROWS) {
            flush(false);
        }
    }

    private void flush(boolean isLast) throws SQLException {
        writer.write(new ResultBlock(block, blockRows, isLast));
        block.clear();
        blockRows = 0;
    }
}
