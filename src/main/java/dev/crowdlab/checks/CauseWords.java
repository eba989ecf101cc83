package dev.crowdlab.checks;

import static java.util.Comparator.comparingInt;

import dev.crowdlab.dataset.rejection.RejectionReason;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.InputShare.Cause;
import java.util.List;

/** Why rows of one source were rejected, in words whose numbers add up. */
final class CauseWords {

    private static final int NAMED_REASONS = 3;

    private CauseWords() {}

    /**
     * Adds the most frequent reasons, causes before consequences, and how many rows had others.
     *
     * @param start what comes before the first
     */
    static Wording add(Wording words, String start, List<Cause> causes) {
        List<Cause> named = causes.stream()
                .limit(NAMED_REASONS)
                .sorted(comparingInt(cause -> place(cause.reason())))
                .toList();
        Wording all = words;
        String before = start;
        for (Cause cause : named) {
            all = all.text(before + cause.reason() + " " + cause.count())
                    .value(cause.described().isEmpty() ? "" : " (" + cause.described() + ")");
            before = ", ";
        }
        long others =
                causes.stream().skip(NAMED_REASONS).mapToLong(Cause::count).sum();
        return others == 0 ? all : all.text(", others " + others);
    }

    /**
     * Ranks the most frequent reasons by cause: a prediction without one of the classes is often due to a label, and an
     * example without prediction to any of the other reasons.
     */
    private static int place(RejectionReason reason) {
        return switch (reason) {
            case NO_PREDICTION -> 2;
            case INCOMPLETE_PREDICTION -> 1;
            default -> 0;
        };
    }
}
