package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.Murmur3;
import dev.crowdlab.dataset.id.RowDigest;
import dev.crowdlab.dataset.id.TextColumn;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A block of prediction rows in columns, as read: either one row per class (label, probability) or one row per example
 * with all probabilities in the order of the classes. Filled by one reader, then only read.
 */
public final class PredictionBlock implements Serializable {

    /** The NaN that represents a null probability; its bits differ from those of every NaN that arithmetic produces. */
    public static final double NULL_PROBABILITY = NullProbabilities.NULL;

    private final boolean arrays;
    private final TextColumn exampleIds;
    private final TextColumn models;
    private final TextColumn labels;
    private final DoubleArrayList probabilities;
    private final IntArrayList arrayLengths;
    private final RowDigest digest = new RowDigest();

    /**
     * @param arrays whether there is one row per example
     * @param expectedRows number of rows to reserve room for
     */
    public PredictionBlock(boolean arrays, int expectedRows) {
        this.arrays = arrays;
        exampleIds = new TextColumn(expectedRows);
        models = new TextColumn(expectedRows);
        labels = new TextColumn(arrays ? 0 : expectedRows);
        probabilities = new DoubleArrayList(expectedRows);
        arrayLengths = new IntArrayList(arrays ? expectedRows : 0);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        out.writeObject(NullProbabilities.places(probabilities.elements(), probabilities.size()));
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        NullProbabilities.restore(probabilities.elements(), (int[]) in.readObject());
    }

    /**
     * Distributes the rows by a hash of the example's id, as {@link AnnotationBlock#split}; the first part also takes
     * the digest of all.
     *
     * @return [partCount] blocks that share nothing with this
     */
    public PredictionBlock[] split(int partCount) {
        PredictionBlock[] parts = new PredictionBlock[partCount];
        Arrays.setAll(parts, part -> new PredictionBlock(arrays, rowCount() / partCount + 1));
        Murmur3 hash = new Murmur3();
        int next = 0;
        for (int row = 0; row < rowCount(); row++) {
            PredictionBlock part = parts[hash.part(exampleIds, row, partCount)];
            part.exampleIds.add(exampleIds, row);
            part.models.add(models, row);
            int length = 1;
            if (arrays) {
                length = arrayLengths.getInt(row);
                part.arrayLengths.add(length);
            } else {
                part.labels.add(labels, row);
            }
            part.probabilities.addElements(
                    part.probabilities.size(), probabilities.elements(), next, Math.max(0, length));
            next += Math.max(0, length);
        }
        parts[0].digest.add(digest);
        return parts;
    }

    /** Whether a row holds the probabilities of all classes. */
    public boolean isArrays() {
        return arrays;
    }

    /** The number of rows. */
    public int rowCount() {
        return exampleIds.size();
    }

    /** External ids of the examples, possibly null. */
    public TextColumn exampleIds() {
        return exampleIds;
    }

    /** Names of the models, possibly null. */
    public TextColumn models() {
        return models;
    }

    /** The classes, possibly null; empty for arrays. */
    public TextColumn labels() {
        return labels;
    }

    /** One probability per row, or those of all arrays one after another; {@link #NULL_PROBABILITY} for null. */
    public DoubleArrayList probabilities() {
        return probabilities;
    }

    /** The length of each row's array, {@link TextColumn#NULL} for a null array; empty unless {@link #isArrays()}. */
    public IntArrayList arrayLengths() {
        return arrayLengths;
    }

    /** The digest of this block's rows. */
    public RowDigest digest() {
        return digest;
    }
}
