package dev.crowdlab.report.figures;

import java.util.List;
import java.util.Map;

/**
 * What to look at again.
 *
 * @param byReason examples in the queue by reason, in the order in which reasons weigh
 * @param lowest those of the lowest quality
 * @param unvoted others that no annotator chose
 * @param overruled others that overrule three or more annotators who all gave the same other label
 */
public record ReviewFigures(
        Map<String, Long> byReason, List<Example> lowest, List<Example> unvoted, List<Example> overruled) {

    public static final int MAX_LOWEST = 30;
    public static final int MAX_OTHERS = 10;

    /** How many annotators of a vote are named. */
    public static final int MAX_NAMES = 4;

    /** For a run whose rows were removed. */
    public static final ReviewFigures NONE = new ReviewFigures(Map.of(), List.of(), List.of(), List.of());

    /** How many of them are a tie, or have a label that no annotator chose. */
    public long strong() {
        return byReason.getOrDefault("TIE", 0L) + byReason.getOrDefault("NOBODY_CHOSE_IT", 0L);
    }

    /** How many examples are in the queue. */
    public long size() {
        return byReason.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * An example whose label has something against it.
     *
     * @param id the example
     * @param consensus its label
     * @param quality the label's quality
     * @param reason as in {@code review_queue.reason}
     * @param model what the models say
     * @param votes what the annotators said, most votes first
     */
    public record Example(
            String id, String consensus, double quality, String reason, ModelLabel model, List<Vote> votes) {}

    /** What the models take for the likeliest, and how likely; an empty label: unknown. */
    public record ModelLabel(String label, double probability) {

        public static final ModelLabel NONE = new ModelLabel("", Double.NaN);
    }

    /** Those who gave a label: how many, and the first by id. */
    public record Vote(String label, long count, List<String> annotators) {}
}
