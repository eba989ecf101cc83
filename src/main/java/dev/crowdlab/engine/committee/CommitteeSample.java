package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Slice;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Which examples the weights of models are fitted on: all if they are few, else about as many as are enough, chosen by
 * a hash of the number in {@link Column#EXAMPLE_KEY}, so that an example is chosen or not wherever it is.
 *
 * @param limit an example whose hash is below is chosen
 */
public record CommitteeSample(long limit) implements Serializable {

    /** The examples chosen, of a slice, ascending. */
    static final Column<int[]> EXAMPLES = new Column<>("committee_sample");

    private static final long MAX_EXAMPLES = 50_000;
    private static final long MIN_EXAMPLES = 5_000;
    /** With many classes fewer examples are enough, for the time that they take. */
    private static final long MAX_PROBABILITIES = MAX_EXAMPLES * PooledLayout.FEW_CLASSES;

    private static final double HASHES = 0x1p63;

    /** Returns the sample of a data set. */
    public static CommitteeSample of(Dimensions dimensions) {
        long byClasses = Math.max(MIN_EXAMPLES, MAX_PROBABILITIES / dimensions.classCount());
        long wanted = Math.min(MAX_EXAMPLES, byClasses);
        return new CommitteeSample(
                dimensions.exampleCount() <= wanted
                        ? Long.MAX_VALUE
                        : (long) (HASHES * wanted / dimensions.exampleCount()));
    }

    /**
     * Returns the examples of the slice that are chosen, ascending.
     *
     * @throws IllegalStateException if they are chosen by keys and have none
     */
    public int[] choose(Slice slice) {
        int[] examples = new int[slice.exampleCount()];
        if (limit == Long.MAX_VALUE) {
            Arrays.setAll(examples, example -> example);
            return examples;
        }
        if (!slice.has(Column.EXAMPLE_KEY)) {
            throw new IllegalStateException(
                    "there are too many examples to fit the weights of models on all; give each a"
                            + " number of its own in Column.EXAMPLE_KEY");
        }
        long[] keys = slice.get(Column.EXAMPLE_KEY);
        int count = 0;
        for (int example = 0; example < examples.length; example++) {
            if (hash(keys[example]) < limit) {
                examples[count++] = example;
            }
        }
        return Arrays.copyOf(examples, count);
    }

    /** Returns 63 bits that are spread evenly, by the finalizer of splitmix64 (Steele, Lea, Flood, OOPSLA 2014). */
    private static long hash(long key) {
        long mixed = (key ^ (key >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return (mixed ^ (mixed >>> 31)) >>> 1;
    }

    /** Returns where the examples of the block start in those of its slice. */
    static int start(int[] examples, int first) {
        int place = Arrays.binarySearch(examples, first);
        return place < 0 ? -1 - place : place;
    }
}
