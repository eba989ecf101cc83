package dev.crowdlab.checks;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import dev.crowdlab.dataset.InputRules;
import dev.crowdlab.dataset.RejectionReason;
import dev.crowdlab.dataset.SuspectLabel;
import dev.crowdlab.run.RejectionCauses;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.text.Plural;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reports how many rows were rejected, and why. Superseded annotations are not counted, neither as rejected nor as
 * read: nothing is wrong with them, and a dataset that keeps the history of its votes has many.
 */
final class RejectedRowsCheck {

    private static final int NAMED_REASONS = 3;

    private final InputRules rules;
    private final RunTables tables;
    private final long rejected;
    private final long read;
    private final long superseded;
    private final RejectionCauses causes;
    private final List<Map.Entry<RejectionReason, Long>> mostFirst;

    RejectedRowsCheck(InputRules rules, RunMetrics metrics, RunTables tables) {
        this.rules = rules;
        this.tables = tables;
        superseded = metrics.rejectedCount(RejectionReason.SUPERSEDED_ANNOTATION);
        rejected = metrics.rejectedCount() - superseded;
        read = metrics.rowsRead() - superseded;
        causes = metrics.rejectionCauses();
        mostFirst = metrics.rejectedByReason().entrySet().stream()
                .filter(reason -> reason.getKey() != RejectionReason.SUPERSEDED_ANNOTATION)
                .sorted(comparingLong((Map.Entry<RejectionReason, Long> reason) -> -reason.getValue())
                        .thenComparing(Map.Entry::getKey))
                .toList();
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

    double share() {
        return read == 0 ? 0 : (double) rejected / read;
    }

    String sentence() {
        String reasons = mostFirst.stream()
                .limit(NAMED_REASONS)
                .sorted(comparingInt(reason -> place(reason.getKey())))
                .map(reason -> reason.getKey() + " " + reason.getValue() + example(reason.getKey()))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%d of %s of annotations and predictions %s rejected (%.2f %%%s%s)",
                rejected,
                Plural.of(read, "row", "rows"),
                Plural.word(rejected, "was", "were"),
                100 * share(),
                reasons.isEmpty() ? "" : "; " + reasons + (mostFirst.size() > NAMED_REASONS ? ", …" : ""),
                superseded == 0 ? "" : "; not counting " + superseded + " SUPERSEDED_ANNOTATION");
    }

    String advice() {
        return tables.correctRejected()
                + (isClassSuspect()
                        ? "; a misspelled label may have become a class that predictions lack"
                                + causes.suspectLabel()
                                        .map(RejectedRowsCheck::suspicion)
                                        .orElse(": name the classes")
                        : "");
    }

    private String example(RejectionReason reason) {
        String example = causes.examples().get(reason);
        return example == null ? "" : " (" + example + ")";
    }

    private static String suspicion(SuspectLabel suspect) {
        return ", such as '" + suspect.label() + "', which occurs in "
                + Plural.of(suspect.annotationRows(), "annotation", "annotations") + " and "
                + Plural.of(suspect.predictionRows(), "prediction row", "prediction rows")
                + (suspect.otherCount() == 0
                        ? ""
                        : " (and " + Plural.of(suspect.otherCount(), "label like it", "labels like it") + ")")
                + suspect.meant()
                        .map(meant -> "; did you mean '" + meant + "'? Correct it")
                        .orElse(": correct it")
                + " or name the classes";
    }

    /**
     * Whether most errors are due to a missing class. Annotations rejected for lack of a prediction are a consequence
     * and not counted.
     */
    private boolean isClassSuspect() {
        return rules.classes().isEmpty()
                && mostFirst.stream()
                        .filter(reason -> reason.getKey() != RejectionReason.NO_PREDICTION)
                        .max(comparingLong(Map.Entry::getValue))
                        .map(Map.Entry::getKey)
                        .equals(Optional.of(RejectionReason.INCOMPLETE_PREDICTION));
    }
}
