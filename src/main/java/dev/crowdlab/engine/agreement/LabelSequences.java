package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.NotThreadSafe;

/**
 * How many examples have which sequence of labels, as long as there are few sequences: what follows from an example's
 * labels alone then need be computed once for each of them. With few annotations and classes there are hundreds, for
 * any number of examples.
 */
@NotThreadSafe
public final class LabelSequences implements Mergeable<LabelSequences> {

    /** With more of them, grouping takes more time than it saves. */
    static final int MAX = 4_096;

    private static final int PLACE_BITS = 13;
    private static final int KEY_BITS = 63;

    /** Odd, with its bits well mixed: 2^64 divided by the golden ratio. */
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final int labelBits;
    /** [places] a 1, then the labels; 0 where there is none */
    private final long[] keys = new long[1 << PLACE_BITS];
    /** [places] */
    private final long[] counts = new long[1 << PLACE_BITS];

    private int size;
    private boolean isComplete = true;

    LabelSequences(int classCount) {
        labelBits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(classCount - 1));
    }

    /** Receives examples with the same sequence of labels. */
    interface Visitor {

        /**
         * Takes examples.
         *
         * @param labels the sequence in its first places; not to be kept
         * @param length how many labels there are, at least 1
         * @param count how many examples have them, at least 1
         */
        void visit(int[] labels, int length, long count);
    }

    /** Counts an example. */
    void add(Annotations annotations, int example) {
        if (!isComplete) {
            return;
        }
        int end = annotations.end(example);
        int start = annotations.start(example);
        if ((end - start) * (long) labelBits >= KEY_BITS) {
            isComplete = false;
            return;
        }
        long key = 1;
        for (int position = start; position < end; position++) {
            key = (key << labelBits) | annotations.label(position);
        }
        add(key, 1);
    }

    private void add(long key, long count) {
        int place = (int) ((key * MULTIPLIER) >>> (Long.SIZE - PLACE_BITS));
        while (keys[place] != key) {
            if (keys[place] == 0) {
                if (size == MAX) {
                    isComplete = false;
                    return;
                }
                size++;
                keys[place] = key;
                break;
            }
            place = (place + 1) & (keys.length - 1);
        }
        counts[place] += count;
    }

    @Override
    public void add(LabelSequences other) {
        isComplete &= other.isComplete;
        for (int place = 0; isComplete && place < keys.length; place++) {
            if (other.keys[place] != 0) {
                add(other.keys[place], other.counts[place]);
            }
        }
    }

    /** Returns whether all examples are counted; if not, there were too many sequences. */
    public boolean isComplete() {
        return isComplete;
    }

    /** Passes on all sequences, in no particular order. */
    void forEach(Visitor visitor) {
        int[] labels = new int[KEY_BITS];
        for (int place = 0; place < keys.length; place++) {
            if (keys[place] != 0) {
                int length = (KEY_BITS - Long.numberOfLeadingZeros(keys[place])) / labelBits;
                for (int index = 0; index < length; index++) {
                    labels[index] =
                            (int) ((keys[place] >>> (labelBits * (length - 1 - index))) & ((1L << labelBits) - 1));
                }
                visitor.visit(labels, length, counts[place]);
            }
        }
    }
}
