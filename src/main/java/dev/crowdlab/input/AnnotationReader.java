package dev.crowdlab.input;

import dev.crowdlab.dataset.AnnotationBlock;

/** Reads annotations; see {@link BlockReader}. */
public final class AnnotationReader extends BlockReader<AnnotationBlock> {

    private final AnnotationCopy columns;

    public AnnotationReader(AnnotationCopy columns, int blockRows) {
        super(columns.statement(), blockRows);
        this.columns = columns;
    }

    @Override
    AnnotationBlock newBlock(int expectedRows) {
        return new AnnotationBlock(expectedRows);
    }

    @Override
    void take(BinaryCopyReader row, AnnotationBlock block) {
        row.digest(block.digest());
        row.text(columns.example(), block.exampleIds());
        row.text(columns.annotator(), block.annotatorIds());
        row.text(columns.label(), block.labels());
        block.annotatedAt().add(columns.isTimed() ? row.timestamp(AnnotationBlock.NO_TIME) : AnnotationBlock.NO_TIME);
        IdEncoding kind = columns.kinds().kind();
        if (kind != null) {
            row.text(kind, block.kinds());
            takeFamily(row, block);
        }
    }

    private void takeFamily(BinaryCopyReader row, AnnotationBlock block) {
        IdEncoding family = columns.kinds().family();
        if (family == null) {
            block.families().addNull();
        } else {
            row.text(family, block.families());
        }
    }
}
