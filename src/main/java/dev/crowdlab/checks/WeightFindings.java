package dev.crowdlab.checks;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.run.RunMetrics.AnalysisMetrics;
import dev.crowdlab.text.Plural;
import java.util.List;

/**
 * Reports annotators and models whose weights hardly matter, and datasets in which there is nothing to estimate weights
 * from.
 */
final class WeightFindings {

    /** If more than this share of annotators has the minimum weight, most votes hardly count. */
    static final double FLOORED_SHARE = 0.5;

    private final RunMetrics metrics;
    private final AnalysisMetrics estimates;
    private final FindingList found = new FindingList();

    private WeightFindings(RunMetrics metrics) {
        this.metrics = metrics;
        estimates = metrics.estimates();
    }

    static List<Finding> of(RunMetrics metrics) {
        WeightFindings weights = new WeightFindings(metrics);
        weights.addOverlap();
        weights.addAnnotatorWeights();
        weights.addModelWeights();
        return weights.found.findings();
    }

    private void addOverlap() {
        if (estimates.isSingleAnnotationOnly() && metrics.exampleCount() > 0) {
            found.warn(
                    FindingCode.SINGLE_ANNOTATION_ONLY,
                    Wording.of("Every example has one annotation").text("; quality depends on the predictions only."));
        }
        if (estimates.imputedAnnotatorCount() > 0) {
            found.info(
                    FindingCode.ANNOTATORS_WITHOUT_OVERLAP,
                    Plural.of(estimates.imputedAnnotatorCount(), "annotator shares", "annotators share")
                            + " no example with another annotator; their agreement is taken to be the mean of the others'.",
                    estimates.imputedAnnotatorCount());
        }
    }

    private void addAnnotatorWeights() {
        double share = (double) estimates.flooredAnnotatorCount() / Math.max(1, metrics.annotatorCount());
        if (share > FLOORED_SHARE) {
            found.warnBeyond(
                    FLOORED_SHARE,
                    FindingCode.ANNOTATORS_AT_FLOOR,
                    Wording.of(part(estimates.flooredAnnotatorCount(), metrics.annotatorCount(), "annotator")
                                    + Plural.word(estimates.flooredAnnotatorCount(), " agrees", " agree")
                                    + " with the others no better than always giving the most frequent class would")
                            .text(", and" + Plural.word(estimates.flooredAnnotatorCount(), " has", " have")
                                    + " the minimum weight" + consequence()),
                    share);
        }
    }

    private String consequence() {
        long others = metrics.annotatorCount() - estimates.flooredAnnotatorCount();
        if (areModelsFloored()) {
            return others == 0
                    ? "; all count about equally."
                    : "; the other "
                            + Plural.word(others, "one decides nearly alone.", others + " decide nearly alone.");
        }
        String result = estimates.isMajorityVote() ? "quality" : "consensus";
        String advice = estimates.isMajorityVote() ? "." : ". Compare with majority_vote, in alternative_consensus.";
        String models = metrics.modelCount() == 1 ? "the model alone" : "the models alone";
        return (others == 0 ? "; the " : "; where only they labeled, the ") + result + " is " + models + advice;
    }

    private static String part(long count, long total, String noun) {
        return total == 1 ? "The only " + noun : count + " of " + total + " " + noun + "s";
    }

    /** Whether all models have the minimum weight, or there is no model. */
    private boolean areModelsFloored() {
        return estimates.flooredModelCount() == metrics.modelCount();
    }

    private void addModelWeights() {
        if (estimates.flooredModelCount() > 0) {
            boolean areAllFloored = estimates.flooredAnnotatorCount() == metrics.annotatorCount();
            long floored = estimates.flooredModelCount();
            Wording words = Wording.of(
                            part(floored, metrics.modelCount(), "model") + Plural.word(floored, " gives", " give")
                                    + " the consensus no more often than always giving the most frequent class would")
                    .text(", and" + Plural.word(floored, " has", " have") + " the minimum weight"
                            + (areAllFloored
                                    ? "."
                                    : Plural.word(floored, "; it adds", "; they add") + " nothing to the annotators."));
            if (areModelsFloored()) {
                found.warn(FindingCode.MODELS_AT_FLOOR, words, floored);
            } else {
                found.info(FindingCode.MODELS_AT_FLOOR, words, (double) floored);
            }
        }
    }
}
