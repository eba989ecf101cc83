package dev.crowdlab.source;

import dev.crowdlab.dataset.AnnotationBlock;
import java.util.function.Supplier;

/** Reads annotations; see {@link BlockReader}. */
public final class AnnotationReader extends BlockReader<AnnotationBlock> {

    /** A reader for {@link InputColumns#annotations()}. */
    public AnnotationReader(Supplier<Snapshot> snapshot, String statement, int blockRows) {
        super(snapshot, statement, blockRows);
    }

    @Override
    AnnotationBlock newBlock(int expectedRows) {
        return new AnnotationBlock(expectedRows);
    }

    @Override
    void take(CopyRows row, AnnotationBlock block) {
        row.digest(block.digest());
        row.text(block.exampleIds());
        row.text(block.annotatorIds());
        row.text(block.labels());
        block.annotatedAt().add(row.timestamp(AnnotationBlock.NO_TIME));
    }
}
