package dev.crowdlab.audit;

import dev.crowdlab.audit.RunFigures.Estimates;
import java.util.List;

/** Whether annotators and models are heard: where their weights say little, and where there is nothing to weigh by. */
final class WeightRemarks {

    /** Beyond this share of annotators at the least weight most votes hardly count. */
    static final double FLOORED_SHARE = 0.5;

    private final RunFigures figures;
    private final Estimates estimates;
    private final Remarks remarks = new Remarks();

    private WeightRemarks(RunFigures figures) {
        this.figures = figures;
        estimates = figures.estimates();
    }

    static List<RunCheck> of(RunFigures figures) {
        WeightRemarks weights = new WeightRemarks(figures);
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
                    estimates.imputedAnnotatorCount() + " annotators share no example with anybody; their agreement is"
                            + " the mean of the others'.",
                    estimates.imputedAnnotatorCount());
        }
    }

    private void addAnnotatorWeights() {
        double share = (double) estimates.flooredAnnotatorCount() / Math.max(1, figures.annotatorCount());
        if (share > FLOORED_SHARE) {
            remarks.warnBeyond(
                    FLOORED_SHARE,
                    "ANNOTATORS_AT_FLOOR",
                    estimates.flooredAnnotatorCount() + " of " + figures.annotatorCount()
                            + " annotators agree with the others no better than always giving the most frequent class"
                            + " would, and have the least weight there is" + consequence(),
                    share);
        }
    }

    private String consequence() {
        long others = figures.annotatorCount() - estimates.flooredAnnotatorCount();
        if (areModelsFloored()) {
            return others == 0 ? "; all count about alike." : "; the other " + others + " decide nearly alone.";
        }
        String result = estimates.isMajorityVote() ? "quality" : "consensus";
        String advice = estimates.isMajorityVote() ? "." : ". Compare with majority_vote, in alternative_consensus.";
        String models = figures.modelCount() == 1 ? "the model alone" : "the models alone";
        return (others == 0 ? "; the " : "; where only they labelled, the ") + result + " is " + models + advice;
    }

    /** Whether no model has more than the least weight there is, or there is none. */
    private boolean areModelsFloored() {
        return estimates.flooredModelCount() == figures.modelCount();
    }

    private void addModelWeights() {
        if (estimates.flooredModelCount() > 0) {
            boolean areAllFloored = estimates.flooredAnnotatorCount() == figures.annotatorCount();
            String message = estimates.flooredModelCount() + " of " + figures.modelCount()
                    + " models give the consensus no more often than always giving the most frequent class would, and"
                    + " have the least weight there is"
                    + (areAllFloored ? "." : "; they add nothing to the annotators.");
            if (areModelsFloored()) {
                remarks.warn("MODELS_AT_FLOOR", message, estimates.flooredModelCount());
            } else {
                remarks.info("MODELS_AT_FLOOR", message, estimates.flooredModelCount());
            }
        }
    }
}
