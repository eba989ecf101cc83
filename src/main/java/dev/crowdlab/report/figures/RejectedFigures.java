package dev.crowdlab.report.figures;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that could not be used.
 *
 * @param reasons how many by source and reason, most first
 * @param groups how many by reason and label, most first, at most {@value #MAX_GROUPS}
 */
public record RejectedFigures(List<Reason> reasons, List<Group> groups) {

    public static final int MAX_GROUPS = 20;

    /** Of a run that rejected nothing. */
    public static final RejectedFigures NONE = new RejectedFigures(List.of(), List.of());

    /** How many rows of a source, annotation or prediction, were rejected for a reason. */
    public record Reason(String source, String reason, long rows) {}

    /**
     * Rows that were rejected for the same reason and label, and one of them.
     *
     * @param source annotation or prediction
     * @param reason the code
     * @param rows how many of those stored
     * @param example its example; null: it has none
     * @param annotator its annotator; null: it has none
     * @param model its model; null: it has none
     * @param label its label; null: it has none
     * @param detail what is wrong; null: nothing more to say
     */
    public record Group(
            String source,
            String reason,
            long rows,
            @Nullable String example,
            @Nullable String annotator,
            @Nullable String model,
            @Nullable String label,
            @Nullable String detail) {}
}
