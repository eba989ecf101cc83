package dev.crowdlab.checks;

import dev.crowdlab.run.Finding;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.run.RunMetrics.AnalysisMetrics;
import dev.crowdlab.text.Plural;
import java.util.List;

/** Whether annotators and models are heard: where their weights say little, and where there is nothing to weigh by. */
final class WeightFindings {

    /** Beyond this share of annotators at the least weight most votes hardly count. */
    static final double FLOORED_SHARE = 0.5;

    private final RunMetrics figures;
    private final AnalysisMetrics estimates;
    private final FindingList remarks = new FindingList();

    private WeightFindings(RunMetrics figures) {
        this.figures = figures;
        estimates = figures.estimates();
    }

    static List<Finding> of(RunMetrics figures) {
        WeightFindings weights = new WeightFindings(figures);
        weights.addOverlap();
        weights.addAnnotatorWeights();
        weights.addModelWeights();
        return weights.remarks.findings();
    }

    private void addOverlap() {
        if (estimates.isSingleAnnotationOnly() && figures.exampleCount() > 0) {
            remarks.warn(
                    "SINGLE_ANNOTATION_ONLY",
                    "Every example has one annotation; quality is what the predictions say of it.");
        }
        if (estimates.imputedAnnotatorCount() > 0) {
            remarks.info(
                    "ANNOTATORS_WITHOUT_OVERLAP",
                    Plural.of(estimates.imputedAnnotatorCount(), "annotator shares", "annotators share")
                            + " no example with anybody; their agreement is the mean of the others'.",
                    estimates.imputedAnnotatorCount());
        }
    }

    private void addAnnotatorWeights() {
        double share = (double) estimates.flooredAnnotatorCount() / Math.max(1, figures.annotatorCount());
        if (share > FLOORED_SHARE) {
            remarks.warnBeyond(
                    FLOORED_SHARE,
                    "ANNOTATORS_AT_FLOOR",
                    part(estimates.flooredAnnotatorCount(), figures.annotatorCount(), "annotator")
                            + Plural.word(estimates.flooredAnnotatorCount(), " agrees", " agree")
                            + " with the others no better than always giving the most frequent class would, and"
                            + Plural.word(estimates.flooredAnnotatorCount(), " has", " have")
                            + " the least weight there is" + consequence(),
                    share);
        }
    }

    private String consequence() {
        long others = figures.annotatorCount() - estimates.flooredAnnotatorCount();
        if (areModelsFloored()) {
            return others == 0
                    ? "; all count about alike."
                    : "; the other "
                            + Plural.word(others, "one decides nearly alone.", others + " decide nearly alone.");
        }
        String result = estimates.isMajorityVote() ? "quality" : "consensus";
        String advice = estimates.isMajorityVote() ? "." : ". Compare with majority_vote, in alternative_consensus.";
        String models = figures.modelCount() == 1 ? "the model alone" : "the models alone";
        return (others == 0 ? "; the " : "; where only they labelled, the ") + result + " is " + models + advice;
    }

    private static String part(long count, long total, String noun) {
        return total == 1 ? "The only " + noun : count + " of " + total + " " + noun + "s";
    }

    /** Whether no model has more than the least weight there is, or there is none. */
    private boolean areModelsFloored() {
        return estimates.flooredModelCount() == figures.modelCount();
    }

    private void addModelWeights() {
        if (estimates.flooredModelCount() > 0) {
            boolean areAllFloored = estimates.flooredAnnotatorCount() == figures.annotatorCount();
            long floored = estimates.flooredModelCount();
            String message = part(floored, figures.modelCount(), "model") + Plural.word(floored, " gives", " give")
                    + " the consensus no more often than always giving the most frequent class would, and"
                    + Plural.word(floored, " has", " have") + " the least weight there is"
                    + (areAllFloored
                            ? "."
                            : Plural.word(floored, "; it adds", "; they add") + " nothing to the annotators.");
            if (areModelsFloored()) {
                remarks.warn("MODELS_AT_FLOOR", message, floored);
            } else {
                remarks.info("MODELS_AT_FLOOR", message, floored);
            }
        }
    }
}
