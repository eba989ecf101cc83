package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.pass.Mergeable;
import org.jspecify.annotations.Nullable;

/**
 * How often two labels of one example are of which classes, by the number of the example's labels: all that measures of
 * agreement need, in whole numbers.
 */
public final class PairedLabels implements Mergeable<PairedLabels> {

    private final int classCount;
    /** [largest size + 1][classes × classes] ordered pairs of labels of one example; null where there are none. */
    private final long[] @Nullable [] bySize;

    PairedLabels(int classCount, int largestSize) {
        this.classCount = classCount;
        bySize = new long[largestSize + 1][];
    }

    /**
     * Counts the pairs of examples with the same labels.
     *
     * @param labels in the first places
     * @param size how many there are
     * @param count how many such examples there are
     */
    void add(int[] labels, int size, long count) {
        if (size < 2) {
            return;
        }
        long[] pairs = bySize[size];
        if (pairs == null) {
            pairs = new long[classCount * classCount];
            bySize[size] = pairs;
        }
        for (int one = 0; one < size; one++) {
            for (int other = 0; other < size; other++) {
                pairs[labels[one] * classCount + labels[other]] += one == other ? 0 : count;
            }
        }
    }

    @Override
    public void add(PairedLabels other) {
        for (int size = 0; size < bySize.length; size++) {
            long[] added = other.bySize[size];
            long[] pairs = bySize[size];
            if (added != null && pairs != null) {
                Mergeable.add(pairs, added);
            } else if (added != null) {
                bySize[size] = added.clone();
            }
        }
    }

    int largestSize() {
        return bySize.length - 1;
    }

    /** Returns how often an example with so many labels has an ordered pair of them of these classes. */
    long count(int size, int label, int other) {
        long[] pairs = bySize[size];
        return pairs == null ? 0 : pairs[label * classCount + other];
    }
}
