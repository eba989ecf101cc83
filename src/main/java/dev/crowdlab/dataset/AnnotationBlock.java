package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.Murmur3;
import dev.crowdlab.dataset.id.RowDigest;
import dev.crowdlab.dataset.id.TextColumn;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * A block of annotation rows in columns, as read. Filled by one reader, then only read.
 */
public final class AnnotationBlock implements Serializable {

    /** The annotated_at that represents null; no PostgreSQL timestamp has this value. */
    public static final long NO_TIME = Long.MIN_VALUE + 1;

    static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final TextColumn exampleIds;
    private final TextColumn annotatorIds;
    private final TextColumn labels;
    private final LongArrayList annotatedAt;
    private final TextColumn kinds = new TextColumn(0);
    private final TextColumn families = new TextColumn(0);
    private final RowDigest digest = new RowDigest();

    /** Creates an empty block with room for a number of rows. */
    public AnnotationBlock(int expectedRows) {
        exampleIds = new TextColumn(expectedRows);
        annotatorIds = new TextColumn(expectedRows);
        labels = new TextColumn(expectedRows);
        annotatedAt = new LongArrayList(expectedRows);
    }

    /**
     * Distributes the rows by a hash of the example's id; the first part also takes the digest of all.
     *
     * @return [partCount] blocks that share nothing with this
     */
    public AnnotationBlock[] split(int partCount) {
        AnnotationBlock[] parts = new AnnotationBlock[partCount];
        Arrays.setAll(parts, part -> new AnnotationBlock(rowCount() / partCount + 1));
        Murmur3 hash = new Murmur3();
        for (int row = 0; row < rowCount(); row++) {
            AnnotationBlock part = parts[hash.part(exampleIds, row, partCount)];
            part.exampleIds.add(exampleIds, row);
            part.annotatorIds.add(annotatorIds, row);
            part.labels.add(labels, row);
            part.annotatedAt.add(annotatedAt.getLong(row));
            if (hasKinds()) {
                part.kinds.add(kinds, row);
                part.families.add(families, row);
            }
        }
        parts[0].digest.add(digest);
        return parts;
    }

    /** The number of rows. */
    public int rowCount() {
        return annotatedAt.size();
    }

    /** External ids of the examples, possibly null. */
    public TextColumn exampleIds() {
        return exampleIds;
    }

    /** External ids of the annotators, possibly null. */
    public TextColumn annotatorIds() {
        return annotatorIds;
    }

    /** The labels, possibly null. */
    public TextColumn labels() {
        return labels;
    }

    /**
     * Microseconds since 2000-01-01 UTC, {@link #NO_TIME} for null; the extreme values of long are -infinity and
     * infinity.
     */
    public LongArrayList annotatedAt() {
        return annotatedAt;
    }

    /** Whether the input says of annotators what they are; if not, the next two columns are empty. */
    public boolean hasKinds() {
        return kinds.size() > 0;
    }

    /** What the annotators are said to be, possibly null. */
    public TextColumn kinds() {
        return kinds;
    }

    /** Which family they are said to be of, possibly null. */
    public TextColumn families() {
        return families;
    }

    /** The time of a finite annotated_at. */
    static Instant instant(long annotatedAt) {
        return EPOCH.plus(annotatedAt, ChronoUnit.MICROS);
    }

    /** The digest of this block's rows. */
    public RowDigest digest() {
        return digest;
    }
}
