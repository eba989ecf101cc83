package dev.crowdlab.engine;

import dev.crowdlab.engine.annotator.AnnotationScorePass;
import dev.crowdlab.engine.annotator.Confusion;
import dev.crowdlab.engine.annotator.ConfusionCounts;
import dev.crowdlab.engine.annotator.ConfusionLayout;
import dev.crowdlab.engine.annotator.ConfusionTally;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.PassRunner;

/**
 * Takes the passes of {@link Crowdlab} and, beside them, counts who gave which label where the consensus was which: the
 * one thing that a whole analysis needs of the annotations that is no pass, since its counts are as many as annotators
 * have classes and may be kept where the annotations are. Used by one thread.
 */
public interface AnalysisRunner extends PassRunner {

    /**
     * Returns whether {@link #confusion} counts the labels of all annotators, so that no pass tallies any: all of them
     * are then listed, see {@link ConfusionLayout}.
     */
    default boolean countsConfusionApart() {
        return false;
    }

    /**
     * Counts who gave which label where the consensus was which: what {@link AnnotationScorePass} has tallied, and the
     * labels of the annotators whose labels are listed, see {@link ConfusionLayout}.
     *
     * @param layout how each annotator is counted
     * @param tally counted by the same layout
     * @param consensus the column of the consensus labels
     * @see ConfusionCounts#of
     */
    Confusion confusion(ConfusionLayout layout, ConfusionTally tally, Column<ConsensusLabels> consensus);
}
