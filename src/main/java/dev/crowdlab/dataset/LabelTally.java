package dev.crowdlab.dataset;

import dev.crowdlab.engine.pass.NotThreadSafe;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often each label was given. Only the first labels in code-point order are kept, so that memory is bounded and
 * parts add up to the same as the whole: whatever is among the first labels of all is among the first of each part.
 */
@NotThreadSafe
final class LabelTally implements Serializable {

    private static final long serialVersionUID = 1L;

    /** A column that contains something else may have very many labels. */
    static final int MOST_LABELS = 1_000;

    private final TreeMap<byte[], Long> counts =
            new TreeMap<>((Comparator<byte[]> & Serializable) (one, other) -> Arrays.compareUnsigned(one, other));

    void add(byte[] label, long count) {
        counts.merge(label, count, Long::sum);
        if (counts.size() > MOST_LABELS) {
            counts.pollLastEntry();
        }
    }

    void add(LabelTally other) {
        other.counts.forEach(this::add);
    }

    Map<String, Long> counts() {
        Map<String, Long> texts = new TreeMap<>();
        counts.forEach((label, count) -> texts.put(new String(label, StandardCharsets.UTF_8), count));
        return texts;
    }
}
