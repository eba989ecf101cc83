package dev.crowdlab.run;

import dev.crowdlab.dataset.rejection.AnswerScale;
import dev.crowdlab.results.RunFeature;
import dev.crowdlab.settings.DatasetSettings;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * The identity of a run, fixed when it starts.
 *
 * @param runId its number
 * @param settings the dataset's settings
 * @param asOf the time that it describes
 * @param softwareVersion version of this program
 */
public record RunDescriptor(long runId, DatasetSettings settings, Instant asOf, String softwareVersion) {

    /** What decides which tables and columns the run writes. */
    public Set<RunFeature> features() {
        Set<RunFeature> features = EnumSet.noneOf(RunFeature.class);
        if (settings.gold() != null) {
            features.add(RunFeature.GOLD);
        }
        if (settings.gold() != null && settings.gold().isAnchor()) {
            features.add(RunFeature.GOLD_CORRECTION);
        }
        if (settings.methods().storesPosterior()) {
            features.add(RunFeature.POSTERIOR);
        }
        if (settings.methods().machines().areDeclared()) {
            features.add(RunFeature.MACHINES);
        }
        if (settings.inputRules().scale() != AnswerScale.NOMINAL) {
            features.add(RunFeature.SCALE);
        }
        if (settings.inputRules().answers().mayAbstain()) {
            features.add(RunFeature.ABSTENTIONS);
        }
        if (settings.inputRules().answers().areRepeatsCounted()) {
            features.add(RunFeature.SELF_AGREEMENT);
        }
        return features;
    }
}
