package dev.crowdlab.checks;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import dev.crowdlab.dataset.InputRules;
import dev.crowdlab.dataset.RejectionReason;
import dev.crowdlab.dataset.SuspectLabel;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.InputShare;
import dev.crowdlab.run.RejectionCauses;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.run.RunMetrics.ModelCoverage;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.text.Plural;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reports of which source most was rejected, and why; reasons are counted in rows, of all sources. Superseded
 * annotations are not counted, neither as rejected nor as read: nothing is wrong with them, and a dataset that keeps
 * the history of its votes has many.
 */
final class RejectedRowsCheck {

    private static final int NAMED_REASONS = 3;

    private final InputRules rules;
    private final ModelSource source;
    private final RunTables tables;
    private final InputShare worst;
    private final long superseded;
    private final RejectionCauses causes;
    private final List<ModelCoverage> coverages;
    private final List<Map.Entry<RejectionReason, Long>> mostFirst;

    RejectedRowsCheck(DatasetSettings settings, RunMetrics metrics, RunTables tables) {
        rules = settings.inputRules();
        source = ModelSource.of(settings);
        this.tables = tables;
        superseded = metrics.rejectedCount(RejectionReason.SUPERSEDED_ANNOTATION);
        causes = metrics.rejectionCauses();
        worst = causes.worst();
        coverages = metrics.predictions().coverages();
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
        return worst.share();
    }

    /** Whether the share is beyond a limit only because predictions are missing. */
    boolean isConsequence(double limit) {
        long withoutPrediction = mostFirst.stream()
                .filter(reason -> reason.getKey() == RejectionReason.NO_PREDICTION)
                .mapToLong(Map.Entry::getValue)
                .sum();
        return withoutPrediction > 0
                && worst.equals(causes.annotations())
                && worst.rejectedCount() - withoutPrediction <= limit * worst.total();
    }

    Wording sentence() {
        Wording words = Wording.of(String.format(
                        Locale.ROOT,
                        "%d of %s %s rejected",
                        worst.rejectedCount(),
                        Plural.of(worst.total(), worst.one(), worst.many()),
                        Plural.word(worst.rejectedCount(), "was", "were")))
                .text(String.format(Locale.ROOT, " (%.2f %%", 100 * share()));
        List<Map.Entry<RejectionReason, Long>> named = mostFirst.stream()
                .limit(NAMED_REASONS)
                .sorted(comparingInt(reason -> place(reason.getKey())))
                .toList();
        for (Map.Entry<RejectionReason, Long> reason : named) {
            words = words.text((reason.equals(named.get(0)) ? "; " : ", ") + reason.getKey() + " " + reason.getValue())
                    .value(example(reason.getKey()));
        }
        return words.text((mostFirst.size() > NAMED_REASONS ? ", …" : "")
                + (superseded == 0 ? "" : "; not counting " + superseded + " SUPERSEDED_ANNOTATION") + ")");
    }

    Wording advice() {
        Wording correct = Wording.NONE
                .value(leastCovering().map(this::uncovered).orElse(""))
                .text(tables.correctRejected());
        if (!isClassSuspect()) {
            return correct;
        }
        Wording misspelled = correct.text("; a misspelled label may have become a class that predictions lack");
        return causes.suspectLabel()
                .map(suspect -> suspicion(misspelled, suspect))
                .orElseGet(() -> misspelled.text(": name the classes"));
    }

    /** The model that most labeled examples lack, if there are several and that is why most rows were rejected. */
    private Optional<ModelCoverage> leastCovering() {
        boolean isCause = coverages.size() > 1
                && !mostFirst.isEmpty()
                && mostFirst.get(0).getKey() == RejectionReason.NO_PREDICTION;
        return isCause ? coverages.stream().min(comparingLong(ModelCoverage::predictedCount)) : Optional.empty();
    }

    private String uncovered(ModelCoverage coverage) {
        return "model '" + coverage.model() + "' has usable predictions of " + coverage.predictedCount() + " of "
                + Plural.of(coverage.labeledCount(), "labeled example", "labeled examples")
                + ": let it predict the others, " + source.leaveOut() + ", or set on-missing-prediction: uniform; ";
    }

    private String example(RejectionReason reason) {
        String example = causes.examples().get(reason);
        return example == null ? "" : " (" + example + ")";
    }

    private static Wording suspicion(Wording misspelled, SuspectLabel suspect) {
        Wording found = misspelled
                .text(", such as ")
                .value("'" + suspect.label() + "'")
                .text(", which occurs in " + Plural.of(suspect.annotationRows(), "annotation", "annotations") + " and "
                        + Plural.of(suspect.predictionRows(), "prediction row", "prediction rows")
                        + (suspect.otherCount() == 0
                                ? ""
                                : " (and " + Plural.of(suspect.otherCount(), "label like it", "labels like it") + ")"));
        return suspect.meant()
                .map(meant ->
                        found.text("; did you mean ").value("'" + meant + "'").text("? Correct it"))
                .orElseGet(() -> found.text(": correct it"))
                .text(" or name the classes");
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
