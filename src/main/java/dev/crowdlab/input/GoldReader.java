package dev.crowdlab.input;

import dev.crowdlab.dataset.GoldBlock;

/** Reads gold; see {@link BlockReader}. */
public final class GoldReader extends BlockReader<GoldBlock> {

    private final GoldCopy columns;

    public GoldReader(GoldCopy columns, int blockRows) {
        super(columns.statement(), blockRows);
        this.columns = columns;
    }

    @Override
    GoldBlock newBlock(int expectedRows) {
        return new GoldBlock(expectedRows);
    }

    @Override
    void take(BinaryCopyReader row, GoldBlock block) {
        row.digest(block.digest());
        row.text(columns.example(), block.exampleIds());
        row.text(columns.label(), block.labels());
    }
}
