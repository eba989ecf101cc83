package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.Murmur3;
import dev.crowdlab.dataset.id.RowDigest;
import dev.crowdlab.dataset.id.TextColumn;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A block of gold rows in columns, as read: examples and the labels that are known to be right. Filled by one reader,
 * then only read.
 */
public final class GoldBlock implements Serializable {

    private final TextColumn exampleIds;
    private final TextColumn labels;
    private final RowDigest digest = new RowDigest();

    /** Creates an empty block with room for a number of rows. */
    public GoldBlock(int expectedRows) {
        exampleIds = new TextColumn(expectedRows);
        labels = new TextColumn(expectedRows);
    }

    /**
     * Distributes the rows by the hash that {@link AnnotationBlock#split} uses; the first part also takes the digest of
     * all.
     *
     * @return [partCount] blocks that share nothing with this
     */
    public GoldBlock[] split(int partCount) {
        GoldBlock[] parts = new GoldBlock[partCount];
        Arrays.setAll(parts, part -> new GoldBlock(rowCount() / partCount + 1));
        Murmur3 hash = new Murmur3();
        for (int row = 0; row < rowCount(); row++) {
            GoldBlock part = parts[hash.part(exampleIds, row, partCount)];
            part.exampleIds.add(exampleIds, row);
            part.labels.add(labels, row);
        }
        parts[0].digest.add(digest);
        return parts;
    }

    /** The number of rows. */
    public int rowCount() {
        return labels.size();
    }

    /** External ids of the examples, possibly null. */
    public TextColumn exampleIds() {
        return exampleIds;
    }

    /** The labels, possibly null. */
    public TextColumn labels() {
        return labels;
    }

    /** The digest of this block's rows. */
    public RowDigest digest() {
        return digest;
    }
}
