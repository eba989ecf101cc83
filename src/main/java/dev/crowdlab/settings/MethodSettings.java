package dev.crowdlab.settings;

import dev.crowdlab.engine.ConsensusMethod;
import dev.crowdlab.engine.LabelQualityScore;
import dev.crowdlab.engine.QualityMethod;
import java.util.List;

/**
 * How a dataset is analyzed; the options of {@link dev.crowdlab.engine.Options}, and whether ActiveLab runs.
 *
 * @param consensusMethods the first is published, the others go to {@code alternative_consensus}; never empty
 * @param qualityMethod how good a consensus is taken to be
 * @param labelQualityScore how the quality of a label is read off the posterior
 * @param adjustPredictions whether the posterior is corrected for how confident it is of each class; not with entropy
 * @param calibratePredictions whether predictions are calibrated
 * @param activeLearning whether examples are scored for the next round of labeling
 */
public record MethodSettings(
        List<ConsensusMethod> consensusMethods,
        QualityMethod qualityMethod,
        LabelQualityScore labelQualityScore,
        boolean adjustPredictions,
        boolean calibratePredictions,
        boolean activeLearning) {

    /** Both consensus methods, CROWDLAB and self-confidence on predictions as they are, and ActiveLab. */
    public static final MethodSettings DEFAULT = new MethodSettings(
            List.of(ConsensusMethod.BEST_QUALITY, ConsensusMethod.MAJORITY_VOTE),
            QualityMethod.CROWDLAB,
            LabelQualityScore.SELF_CONFIDENCE,
            false,
            false,
            true);

    public MethodSettings {
        consensusMethods = List.copyOf(consensusMethods);
    }

    /** Whether quality is the annotators' agreement, whatever models say. */
    public boolean isByAgreement() {
        return qualityMethod == QualityMethod.AGREEMENT;
    }
}
