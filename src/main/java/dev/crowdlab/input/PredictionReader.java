package dev.crowdlab.input;

import dev.crowdlab.dataset.PredictionBlock;
import java.nio.charset.StandardCharsets;

/** Reads predictions; see {@link BlockReader}. */
public final class PredictionReader extends BlockReader<PredictionBlock> {

    /** The model of all rows if the query has no model column. */
    private static final byte[] DEFAULT_MODEL = "default".getBytes(StandardCharsets.US_ASCII);

    private final PredictionCopy columns;

    public PredictionReader(PredictionCopy columns, int blockRows) {
        super(columns.statement(), blockRows);
        this.columns = columns;
    }

    @Override
    PredictionBlock newBlock(int expectedRows) {
        return new PredictionBlock(columns.isArray(), expectedRows);
    }

    @Override
    void take(BinaryCopyReader row, PredictionBlock block) {
        row.digest(block.digest());
        row.text(columns.example(), block.exampleIds());
        if (columns.model() == null) {
            block.models().add(DEFAULT_MODEL, 0, DEFAULT_MODEL.length);
        } else {
            row.text(columns.model(), block.models());
        }
        if (columns.label() == null) {
            block.arrayLengths().add(row.numbers(block.probabilities(), PredictionBlock.NULL_PROBABILITY));
        } else {
            row.text(columns.label(), block.labels());
            block.probabilities().add(row.number(PredictionBlock.NULL_PROBABILITY));
        }
    }
}
