package dev.crowdlab.source;

import dev.crowdlab.dataset.PredictionBlock;
import java.util.function.Supplier;

/** Reads predictions; see {@link BlockReader}. */
public final class PredictionReader extends BlockReader<PredictionBlock> {

    private final boolean arrays;

    /** A reader for {@link InputColumns#predictions()}. */
    public PredictionReader(Supplier<Snapshot> snapshot, String statement, boolean arrays, int blockRows) {
        super(snapshot, statement, blockRows);
        this.arrays = arrays;
    }

    @Override
    PredictionBlock newBlock(int expectedRows) {
        return new PredictionBlock(arrays, expectedRows);
    }

    @Override
    void take(CopyRows row, PredictionBlock block) {
        row.digest(block.digest());
        row.text(block.exampleIds());
        row.text(block.models());
        if (arrays) {
            block.arrayLengths().add(row.numbers(block.probabilities(), PredictionBlock.NULL_PROBABILITY));
        } else {
            row.text(block.labels());
            block.probabilities().add(row.number(PredictionBlock.NULL_PROBABILITY));
        }
    }
}
