package dev.crowdlab.engine.quality;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.NotThreadSafe;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How the quality of consensus labels and annotations follows from the posterior. Immutable; safe for use by many
 * threads, each with a {@link ExampleScorer} of its own.
 *
 * @param posterior computed with the consensus
 * @param score how a label's quality is read off it
 * @param adjustment correction of the posterior for how confident it is of each class; null: none
 */
public record LabelScoring(
        Posterior posterior,
        LabelQualityScore score,
        @Nullable ConfidenceAdjustment adjustment) implements Serializable {

    ExampleScorer scorer(Block block) {
        return new ExampleScorer(block.annotations().classCount(), FixedLabels.of(block.input()));
    }

    /** Scores the labels of one example at a time: 1 or 0 if its consensus is fixed. Working memory of one thread. */
    @NotThreadSafe
    final class ExampleScorer {

        private final double[] posteriors;
        private final double[] adjusted;
        private final LabelScorer scorer;
        private final boolean isAgreement;
        private final FixedLabels fixed;
        private int fixedLabel = FixedLabels.FREE;

        private ExampleScorer(int classCount, FixedLabels fixed) {
            this.fixed = fixed;
            posteriors = new double[classCount];
            adjusted = new double[adjustment == null ? 0 : classCount];
            scorer = score.scorer(adjustment == null ? posteriors : adjusted);
            isAgreement = posterior instanceof Posterior.VoteShares;
        }

        /** Takes the example whose labels are scored next. */
        void open(Block block, int example) {
            fixedLabel = fixed.label(example);
            posterior.fill(block, example, posteriors);
            if (adjustment == null) {
                scorer.open();
            }
        }

        /** Returns the quality of the example's consensus; by agreement it is the share of its posterior. */
        double consensusQuality(int label) {
            if (fixedLabel != FixedLabels.FREE) {
                return label == fixedLabel ? 1 : 0;
            }
            if (isAgreement) {
                return posteriors[label];
            }
            if (adjustment != null) {
                adjustment.forConsensus(posteriors, adjusted);
                scorer.open();
            }
            return scorer.score(label);
        }

        /** Returns the quality of the label that the annotator gave to the example. */
        double annotationQuality(int annotator, int label) {
            if (fixedLabel != FixedLabels.FREE) {
                return label == fixedLabel ? 1 : 0;
            }
            if (adjustment != null) {
                adjustment.forAnnotator(annotator, posteriors, adjusted);
                scorer.open();
            }
            return scorer.score(label);
        }
    }
}
