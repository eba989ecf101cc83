package dev.crowdlab.source;

import dev.crowdlab.dataset.AnnotationBlock;
import java.util.function.Supplier;

/** Reads annotations; see {@link BlockReader}. */
public final class AnnotationReader extends BlockReader<AnnotationBlock> {

    private final AnnotationColumns columns;

    /** A reader for {@link InputColumns#annotations()}. */
    public AnnotationReader(Supplier<Snapshot> snapshot, AnnotationColumns columns, int blockRows) {
        super(snapshot, columns.statement(), blockRows);
        this.columns = columns;
    }

    @Override
    AnnotationBlock newBlock(int expectedRows) {
        return new AnnotationBlock(expectedRows);
    }

    @Override
    void take(CopyRows row, AnnotationBlock block) {
        row.digest(block.digest());
        row.text(columns.example(), block.exampleIds());
        row.text(columns.annotator(), block.annotatorIds());
        row.text(columns.label(), block.labels());
        block.annotatedAt().add(columns.isTimed() ? row.timestamp(AnnotationBlock.NO_TIME) : AnnotationBlock.NO_TIME);
    }
}
