package dev.crowdlab.checks;

import static java.util.Comparator.comparingLong;
import static java.util.Comparator.reverseOrder;

import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.RejectionReason;
import dev.crowdlab.dataset.rejection.SuspectLabel;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.InputShare;
import dev.crowdlab.run.InputShare.Cause;
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
 * Reports of which source most was rejected, and why; then the same of the other sources, each in a sentence of its own.
 * Superseded annotations, and abstentions from examples without labels, are not counted, neither as rejected nor as read: nothing is wrong with them, and a dataset that
 * keeps the history of its votes has many.
 */
final class RejectedRowsCheck {

    /** A dataset may have very many models. */
    private static final int NAMED_SOURCES = 3;

    private final InputRules rules;
    private final ModelSource source;
    private final RunTables tables;
    private final InputShare worst;
    private final RunMetrics metrics;
    private final RejectionCauses causes;

    RejectedRowsCheck(DatasetSettings settings, RunMetrics metrics, RunTables tables) {
        rules = settings.inputRules();
        source = ModelSource.of(settings);
        this.tables = tables;
        this.metrics = metrics;
        causes = metrics.rejectionCauses();
        worst = causes.worst();
    }

    double share() {
        return worst.share();
    }

    /** Whether the share is beyond a limit only because predictions are missing. */
    boolean isConsequence(double limit) {
        long withoutPrediction = causes.annotations().rejectedCount(RejectionReason.NO_PREDICTION);
        return withoutPrediction > 0
                && worst.equals(causes.annotations())
                && worst.rejectedCount() - withoutPrediction <= limit * worst.total();
    }

    Wording sentence() {
        return sentence(worst, Wording.of(rejected(worst)));
    }

    /** The other sources of which something was rejected, each in a sentence. */
    Wording others() {
        Wording words = Wording.NONE;
        for (InputShare share : causes.others().stream().limit(NAMED_SOURCES).toList()) {
            words = sentence(share, words.text(" " + rejected(share))).text(".");
        }
        return words;
    }

    private static String rejected(InputShare share) {
        return String.format(
                Locale.ROOT,
                "%d of %s %s rejected",
                share.rejectedCount(),
                Plural.of(share.total(), share.one(), share.many()),
                Plural.word(share.rejectedCount(), "was", "were"));
    }

    private Wording sentence(InputShare share, Wording words) {
        String uncounted = share.equals(causes.annotations())
                ? uncounted(RejectionReason.SUPERSEDED_ANNOTATION) + uncounted(RejectionReason.ONLY_ABSTENTIONS)
                : "";
        return CauseWords.add(
                        words.text(String.format(Locale.ROOT, " (%.2f %%", 100 * share.share())), "; ", share.causes())
                .text(uncounted + ")");
    }

    private String uncounted(RejectionReason reason) {
        long count = metrics.rejectedCount(reason);
        return count == 0 ? "" : "; not counting " + count + " " + reason;
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
        List<ModelCoverage> coverages = metrics.predictions().coverages();
        List<Cause> reasons = causes.annotations().causes();
        boolean isCause =
                coverages.size() > 1 && !reasons.isEmpty() && reasons.get(0).reason() == RejectionReason.NO_PREDICTION;
        return isCause ? coverages.stream().min(comparingLong(ModelCoverage::predictedCount)) : Optional.empty();
    }

    private String uncovered(ModelCoverage coverage) {
        return "model '" + coverage.model() + "' has usable predictions of " + coverage.predictedCount() + " of "
                + Plural.of(coverage.labeledCount(), "labeled example", "labeled examples")
                + ": let it predict the others, " + source.leaveOut() + ", or set on-missing-prediction: uniform; ";
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
                && metrics.rejectedByReason().entrySet().stream()
                        .filter(reason -> reason.getKey() != RejectionReason.NO_PREDICTION
                                && reason.getKey() != RejectionReason.SUPERSEDED_ANNOTATION
                                && reason.getKey() != RejectionReason.ONLY_ABSTENTIONS)
                        .max(comparingLong((Map.Entry<RejectionReason, Long> reason) -> reason.getValue())
                                .thenComparing(Map.Entry::getKey, reverseOrder()))
                        .map(Map.Entry::getKey)
                        .equals(Optional.of(RejectionReason.INCOMPLETE_PREDICTION));
    }
}
