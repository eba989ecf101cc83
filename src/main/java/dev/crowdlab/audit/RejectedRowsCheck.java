package dev.crowdlab.audit;

import static java.util.Comparator.comparing;

import dev.crowdlab.dataset.InputRules;
import dev.crowdlab.dataset.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many rows were refused, and why. Superseded annotations are left out on both sides: nothing is wrong with them, and
 * a dataset that keeps the history of its votes has many.
 */
final class RejectedRowsCheck {

    private static final int NAMED_REASONS = 3;

    private final InputRules rules;
    private final long rejected;
    private final long read;
    private final long superseded;
    private final List<Map.Entry<Reason, Long>> byCount;

    RejectedRowsCheck(InputRules rules, RunFigures figures) {
        this.rules = rules;
        superseded = figures.rejectedCount(Reason.SUPERSEDED_ANNOTATION);
        rejected = figures.rejectedCount() - superseded;
        read = figures.rowsRead() - superseded;
        byCount = figures.rejectedByReason().entrySet().stream()
                .filter(reason -> reason.getKey() != Reason.SUPERSEDED_ANNOTATION)
                .sorted(comparing((Map.Entry<Reason, Long> reason) -> -reason.getValue())
                        .thenComparing(Map.Entry::getKey))
                .toList();
    }

    double share() {
        return read == 0 ? 0 : (double) rejected / read;
    }

    String sentence() {
        String reasons = byCount.stream()
                .limit(NAMED_REASONS)
                .map(reason -> reason.getKey() + " " + reason.getValue())
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%d of %s read %s refused (%.2f %%%s%s)",
                rejected,
                Counted.of(read, "row", "rows"),
                Counted.word(rejected, "was", "were"),
                100 * share(),
                reasons.isEmpty() ? "" : "; most: " + reasons,
                superseded == 0 ? "" : "; not counting " + superseded + " SUPERSEDED_ANNOTATION");
    }

    String advice() {
        return "look at rejected_row for the reasons, mend the rows or raise the limit"
                + (isClassSuspect()
                        ? "; a misspelt label may have become a class that predictions lack: name the classes"
                        : "");
    }

    /** Whether most that is wrong is a class missing; annotations refused for want of a prediction only follow from it. */
    private boolean isClassSuspect() {
        return rules.classes().isEmpty()
                && byCount.stream()
                        .map(Map.Entry::getKey)
                        .filter(reason -> reason != Reason.NO_PREDICTION)
                        .findFirst()
                        .filter(Reason.INCOMPLETE_PREDICTION::equals)
                        .isPresent();
    }
}
