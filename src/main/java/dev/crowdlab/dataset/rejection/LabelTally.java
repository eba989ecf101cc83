package dev.crowdlab.dataset.rejection;

import dev.crowdlab.engine.pass.NotThreadSafe;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * How often each label was given. Only the first labels in code-point order are kept, so that memory is bounded and
 * parts add up to the same as the whole: whatever is among the first labels of all is among the first of each part.
 */
@NotThreadSafe
final class LabelTally implements Serializable {

    /** A column that contains something else may have very many labels. */
    static final int MOST_LABELS = 1_000;

    /** How many labels are named in a sentence. */
    private static final int NAMED = 3;

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

    /**
     * The most frequent labels and how often each was given, so that the numbers add up, with what the first of them was
     * probably meant to be; empty if there are not several.
     *
     * @param total how often any label was given, those included that are not kept
     * @param rows some of the rows that have the labels
     */
    Optional<String> mostFrequent(long total, List<RejectedRow> rows) {
        if (counts.size() < 2) {
            return Optional.empty();
        }
        List<Map.Entry<String, Long>> named = counts().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(NAMED)
                .toList();
        String most = named.get(0).getKey();
        StringJoiner words = new StringJoiner(", ", "labels ", "");
        for (Map.Entry<String, Long> label : named) {
            String hint = label.getKey().equals(most) ? suggestion(most, rows) : "";
            words.add("'" + label.getKey() + "' " + times(label.getValue()) + hint);
        }
        long others = total - named.stream().mapToLong(Map.Entry::getValue).sum();
        return Optional.of((others > 0 ? words.add("others " + times(others)) : words).toString());
    }

    private static String suggestion(String label, List<RejectedRow> rows) {
        return rows.stream()
                .filter(row -> label.equals(row.label()))
                .findFirst()
                .map(row -> LabelHints.suggestion(row.detail()))
                .orElse("");
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }
}
