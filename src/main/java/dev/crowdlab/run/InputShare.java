package dev.crowdlab.run;

import dev.crowdlab.dataset.rejection.RejectionReason;
import java.util.Comparator;
import java.util.List;

/**
 * How much of one source of the input was rejected, and why. A prediction counts once, however many rows it has;
 * superseded annotations do not count.
 *
 * @param one the noun for one of them
 * @param many the noun for several
 * @param total how many there were
 * @param causes why some were rejected, the most frequent first
 */
public record InputShare(String one, String many, long total, List<Cause> causes) {

    private static final String PREDICTION = "prediction";

    /**
     * A reason.
     *
     * @param reason why
     * @param count how many were rejected for it
     * @param described what these have in common, or one of them; empty if it is not known
     */
    public record Cause(RejectionReason reason, long count, String described) {}

    /** Sorts the causes. */
    public InputShare {
        causes = causes.stream()
                .sorted(Comparator.comparingLong((Cause cause) -> -cause.count())
                        .thenComparing(Cause::reason))
                .toList();
    }

    /** How many of them were rejected. */
    public long rejectedCount() {
        return causes.stream().mapToLong(Cause::count).sum();
    }

    /** How many of them were rejected for a reason. */
    public long rejectedCount(RejectionReason reason) {
        return causes.stream()
                .filter(cause -> cause.reason() == reason)
                .mapToLong(Cause::count)
                .sum();
    }

    /** The rejected share, 0 if there were none. */
    public double share() {
        return total == 0 ? 0 : (double) rejectedCount() / total;
    }

    /** The same, not counting what was rejected for a reason, neither as rejected nor at all. */
    public InputShare without(RejectionReason reason) {
        return new InputShare(
                one,
                many,
                total - rejectedCount(reason),
                causes.stream().filter(cause -> cause.reason() != reason).toList());
    }

    /** Predictions, those included that are of no model. */
    static InputShare ofAllModels(long total, List<Cause> causes) {
        return new InputShare(PREDICTION, "predictions", total, causes);
    }

    boolean isOfAllModels() {
        return one.equals(PREDICTION);
    }

    /** Annotations. */
    public static InputShare ofAnnotations(long total, List<Cause> causes) {
        return new InputShare("annotation", "annotations", total, causes);
    }

    /** Rows of gold. */
    static InputShare ofGold(long total, List<Cause> causes) {
        return new InputShare("gold row", "gold rows", total, causes);
    }
}
