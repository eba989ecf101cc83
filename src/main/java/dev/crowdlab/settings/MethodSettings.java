package dev.crowdlab.settings;

import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.quality.LabelQualityScore;
import dev.crowdlab.engine.quality.QualityMethod;
import dev.crowdlab.settings.RawSettings.RawDataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a dataset is analyzed: the options of {@link Options}, and whether ActiveLab runs.
 *
 * @param consensusMethods the first is published, the others are written to {@code alternative_consensus}; never empty
 * @param qualityMethod how the quality of a consensus is computed
 * @param labelQualityScore how the quality of a label is computed from the posterior
 * @param adjustPredictions whether the posterior is corrected for its confidence in each class; not with entropy
 * @param calibratePredictions whether predictions are calibrated
 * @param activeLearning whether examples are scored for the next round of labeling
 * @param storesPosterior whether the posterior of every example over the classes is written
 */
public record MethodSettings(
        List<ConsensusMethod> consensusMethods,
        QualityMethod qualityMethod,
        LabelQualityScore labelQualityScore,
        boolean adjustPredictions,
        boolean calibratePredictions,
        boolean activeLearning,
        boolean storesPosterior) {

    /** Number of examples that a thread processes at a time. */
    private static final int ENGINE_BLOCK = 4_096;

    /** Both consensus methods, CROWDLAB and self-confidence on unmodified predictions, and ActiveLab. */
    public static final MethodSettings DEFAULT = new MethodSettings(
            List.of(ConsensusMethod.BEST_QUALITY, ConsensusMethod.MAJORITY_VOTE),
            QualityMethod.CROWDLAB,
            LabelQualityScore.SELF_CONFIDENCE,
            false,
            false,
            true,
            false);

    public MethodSettings {
        consensusMethods = List.copyOf(consensusMethods);
    }

    /** Whether quality is the annotators' agreement, regardless of models. */
    public boolean isByAgreement() {
        return qualityMethod == QualityMethod.AGREEMENT;
    }

    /** Whether a method chooses a sample of the examples by their ids. */
    public boolean needsExampleKeys() {
        return consensusMethods.contains(ConsensusMethod.COMMITTEE);
    }

    /**
     * The settings that a run records, by name: texts, lists of texts and booleans. A run repeats another only if all
     * are equal.
     */
    Map<String, Object> recorded() {
        Map<String, Object> recorded = new LinkedHashMap<>();
        recorded.put(
                "consensus_methods",
                consensusMethods.stream().map(SettingParser::name).toList());
        recorded.put("quality_method", SettingParser.name(qualityMethod));
        recorded.put("label_quality_score", SettingParser.name(labelQualityScore));
        recorded.put("adjust_predictions", adjustPredictions);
        recorded.put("calibrate_predictions", calibratePredictions);
        recorded.put("active_learning", activeLearning);
        if (storesPosterior) { // otherwise every dataset would be run once more
            recorded.put("store_posterior", true);
        }
        return recorded;
    }

    /** The options of the engine. */
    public Options options(int threads) {
        return new Options(
                        consensusMethods,
                        qualityMethod,
                        labelQualityScore,
                        adjustPredictions,
                        calibratePredictions,
                        threads,
                        ENGINE_BLOCK)
                .withPosterior(storesPosterior);
    }

    static MethodSettings read(RawDataset raw, SettingParser values) {
        LabelQualityScore score =
                values.choice("label-quality-score", raw.labelQualityScore(), DEFAULT.labelQualityScore);
        boolean adjust = values.flag("adjust-predictions", raw.adjustPredictions(), DEFAULT.adjustPredictions);
        if (adjust && score == LabelQualityScore.CONFIDENCE_WEIGHTED_ENTROPY) {
            values.problem(
                    "adjust-predictions",
                    "true cannot be combined with label-quality-score confidence_weighted_entropy; leave it out, or choose"
                            + " self_confidence or normalized_margin");
        }
        return new MethodSettings(
                consensusMethods(raw.consensusMethods(), values),
                values.choice("quality-method", raw.qualityMethod(), DEFAULT.qualityMethod),
                score,
                adjust,
                values.flag("calibrate-predictions", raw.calibratePredictions(), DEFAULT.calibratePredictions),
                values.flag("active-learning", raw.activeLearning(), DEFAULT.activeLearning),
                values.flag("store-posterior", raw.storePosterior(), DEFAULT.storesPosterior));
    }

    private static List<ConsensusMethod> consensusMethods(@Nullable List<String> methods, SettingParser values) {
        if (methods == null) {
            return DEFAULT.consensusMethods;
        }
        List<ConsensusMethod> result = new ArrayList<>();
        for (int index = 0; index < methods.size(); index++) {
            String key = "consensus-methods[" + index + "]";
            int before = values.problemCount();
            ConsensusMethod method = values.choice(key, methods.get(index), ConsensusMethod.BEST_QUALITY);
            if (values.problemCount() == before && !result.contains(method)) {
                result.add(method);
            } else if (values.problemCount() == before) {
                values.problem(key, "'" + methods.get(index) + "' is listed twice; remove one of them");
            }
        }
        if (methods.isEmpty()) {
            values.problem(
                    "consensus-methods",
                    "is empty; name at least one of " + SettingParser.names(ConsensusMethod.values()));
        }
        return result.isEmpty() ? DEFAULT.consensusMethods : result;
    }
}
