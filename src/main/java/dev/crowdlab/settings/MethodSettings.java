package dev.crowdlab.settings;

import static dev.crowdlab.settings.DatasetSetting.ACTIVE_LEARNING;
import static dev.crowdlab.settings.DatasetSetting.ADJUST_PREDICTIONS;
import static dev.crowdlab.settings.DatasetSetting.CALIBRATE_PREDICTIONS;
import static dev.crowdlab.settings.DatasetSetting.CONSENSUS_METHODS;
import static dev.crowdlab.settings.DatasetSetting.LABEL_QUALITY_SCORE;
import static dev.crowdlab.settings.DatasetSetting.MACHINES;
import static dev.crowdlab.settings.DatasetSetting.QUALITY_METHOD;
import static dev.crowdlab.settings.DatasetSetting.STORE_POSTERIOR;
import static dev.crowdlab.settings.DatasetSetting.STORE_SOFT_LABELS;

import dev.crowdlab.dataset.MachinePatterns;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.quality.LabelQualityScore;
import dev.crowdlab.engine.quality.QualityMethod;
import dev.crowdlab.settings.section.Section;
import dev.crowdlab.settings.section.SettingParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
 * @param storesSoftLabels whether is written what the next annotator would say of every example; for the committee only
 * @param asking what is to be asked of whom
 * @param machines which annotators are machines, which do not vote
 */
public record MethodSettings(
        List<ConsensusMethod> consensusMethods,
        QualityMethod qualityMethod,
        LabelQualityScore labelQualityScore,
        boolean adjustPredictions,
        boolean calibratePredictions,
        boolean activeLearning,
        boolean storesPosterior,
        boolean storesSoftLabels,
        AskingSettings asking,
        MachinePatterns machines) {

    /** Number of examples that a thread processes at a time. */
    private static final int ENGINE_BLOCK = 4_096;

    /** Both consensus methods, CROWDLAB and self-confidence on unmodified predictions, and ActiveLab. */
    public static final MethodSettings DEFAULT = read(Section.empty());

    public MethodSettings {
        consensusMethods = List.copyOf(consensusMethods);
    }

    /** The same for an input that says of annotators what they are. */
    MethodSettings withStatedMachines() {
        return new MethodSettings(
                consensusMethods,
                qualityMethod,
                labelQualityScore,
                adjustPredictions,
                calibratePredictions,
                activeLearning,
                storesPosterior,
                storesSoftLabels,
                asking,
                machines.stated());
    }

    /** Whether quality is the annotators' agreement, regardless of models. */
    public boolean isByAgreement() {
        return qualityMethod == QualityMethod.AGREEMENT;
    }

    /** Whether a method chooses a sample of the examples by their ids. */
    public boolean needsExampleKeys() {
        return machines.areDeclared() || consensusMethods.contains(ConsensusMethod.COMMITTEE);
    }

    /** Whether a method learns from who abstains. */
    public boolean learnsFromAbstentions() {
        return needsExampleKeys() || consensusMethods.contains(ConsensusMethod.DAWID_SKENE);
    }

    /**
     * The settings that a run records, by name: texts, lists of texts and booleans. A run repeats another only if all
     * are equal.
     */
    Map<String, Object> recorded() {
        Map<String, Object> recorded = new LinkedHashMap<>();
        recorded.put(
                CONSENSUS_METHODS.recorded(),
                consensusMethods.stream().map(SettingParser::name).toList());
        recorded.put(QUALITY_METHOD.recorded(), SettingParser.name(qualityMethod));
        recorded.put(LABEL_QUALITY_SCORE.recorded(), SettingParser.name(labelQualityScore));
        recorded.put(ADJUST_PREDICTIONS.recorded(), adjustPredictions);
        recorded.put(CALIBRATE_PREDICTIONS.recorded(), calibratePredictions);
        recorded.put(ACTIVE_LEARNING.recorded(), activeLearning);
        if (storesPosterior) { // otherwise every dataset would be run once more
            recorded.put(STORE_POSTERIOR.recorded(), true);
        }
        asking.record(recorded);
        if (storesSoftLabels) {
            recorded.put(STORE_SOFT_LABELS.recorded(), true);
        }
        if (!machines.patterns().isEmpty()) {
            recorded.put(MACHINES.recorded(), machines.patterns());
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
                ENGINE_BLOCK);
    }

    static MethodSettings read(Section dataset) {
        LabelQualityScore score = dataset.get(LABEL_QUALITY_SCORE);
        boolean adjust = dataset.get(ADJUST_PREDICTIONS);
        if (adjust && score == LabelQualityScore.CONFIDENCE_WEIGHTED_ENTROPY) {
            dataset.problem(
                    ADJUST_PREDICTIONS,
                    "true cannot be combined with label-quality-score confidence_weighted_entropy; leave it out, or choose"
                            + " self_confidence or normalized_margin");
        }
        List<ConsensusMethod> methods = dataset.get(CONSENSUS_METHODS);
        boolean storesSoftLabels = dataset.get(STORE_SOFT_LABELS);
        if (storesSoftLabels && methods.get(0) != ConsensusMethod.COMMITTEE) {
            dataset.problem(
                    STORE_SOFT_LABELS,
                    "true needs the committee as the published method, and that is "
                            + SettingParser.name(methods.get(0))
                            + "; name committee first in consensus-methods, or leave store-soft-labels out");
        }
        AskingSettings asking = AskingSettings.read(dataset);
        if (asking.stop().isPresent() && methods.get(0) != ConsensusMethod.COMMITTEE) {
            dataset.values()
                    .problem(
                            "stop",
                            "needs the committee as the published method, and that is "
                                    + SettingParser.name(methods.get(0))
                                    + "; name committee first in consensus-methods, or leave the settings of stop out");
        }
        return new MethodSettings(
                methods,
                dataset.get(QUALITY_METHOD),
                score,
                adjust,
                dataset.get(CALIBRATE_PREDICTIONS),
                dataset.get(ACTIVE_LEARNING),
                dataset.get(STORE_POSTERIOR),
                storesSoftLabels,
                asking,
                machines(dataset));
    }

    private static MachinePatterns machines(Section dataset) {
        List<String> patterns = dataset.find(MACHINES).orElse(List.of());
        for (int index = 0; index < patterns.size(); index++) {
            if (patterns.get(index).isBlank()) {
                dataset.values()
                        .problem(
                                MACHINES.name() + "[" + index + "]",
                                "is empty; give the id of an annotator, or a pattern such as gpt-*");
            }
        }
        return new MachinePatterns(patterns);
    }
}
