package dev.crowdlab.settings;

import static dev.crowdlab.settings.DatasetSetting.SAMPLE_SEED;
import static dev.crowdlab.settings.DatasetSetting.STOP_AT;
import static dev.crowdlab.settings.DatasetSetting.STOP_MAX_LABELS;
import static dev.crowdlab.settings.DatasetSetting.STOP_MIN_LABELS;
import static dev.crowdlab.settings.DatasetSetting.STOP_TARGET_ACCURACY;

import dev.crowdlab.engine.stop.StopRule;
import dev.crowdlab.settings.section.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be asked of whom.
 *
 * @param sampleSeed of the order in which experts are asked for gold; null: nobody says how gold was chosen
 * @param stop when to stop asking; empty: examples have no state
 */
public record AskingSettings(@Nullable String sampleSeed, Optional<StopRule> stop) {

    /** Nobody is asked anything. */
    public static final AskingSettings NONE = new AskingSettings(null, Optional.empty());

    static AskingSettings read(Section dataset) {
        String seed = dataset.text(SAMPLE_SEED);
        if (seed != null && seed.isBlank()) {
            dataset.problem(SAMPLE_SEED, "is empty; give a text that is never changed, such as gold, or leave it out");
        }
        boolean stops = Stream.of(STOP_AT, STOP_MIN_LABELS, STOP_MAX_LABELS, STOP_TARGET_ACCURACY)
                .anyMatch(dataset::has);
        return new AskingSettings(seed, stops ? Optional.of(stop(dataset)) : Optional.empty());
    }

    private static StopRule stop(Section dataset) {
        StopRule usual = StopRule.defaults();
        if (dataset.has(STOP_AT) && dataset.has(STOP_TARGET_ACCURACY)) {
            dataset.problem(
                    STOP_AT,
                    "cannot be combined with stop.target-accuracy, which takes its place; leave one of them out");
        }
        int least = dataset.find(STOP_MIN_LABELS).orElse(usual.minLabels());
        int most = dataset.find(STOP_MAX_LABELS).orElse(Math.max(least, usual.maxLabels()));
        if (most < least) {
            dataset.problem(
                    STOP_MAX_LABELS,
                    "is " + most + ", which is less than stop.min-labels, " + least + "; give at least as many");
        }
        return new StopRule(
                dataset.find(STOP_AT).orElse(usual.at()),
                least,
                Math.max(least, most),
                dataset.find(STOP_TARGET_ACCURACY).orElse(Double.NaN),
                false);
    }

    /** Adds what a run records, only what is set: otherwise every dataset would be run once more. */
    void record(Map<String, Object> recorded) {
        if (sampleSeed != null) {
            recorded.put(SAMPLE_SEED.recorded(), sampleSeed);
        }
        recorded.putAll(recordedStop());
        stop.ifPresent(rule -> recorded.put(STOP_MAX_LABELS.recorded(), String.valueOf(rule.maxLabels())));
    }

    /** What decides which examples are done, as a run records it; nothing if none has a state. */
    public Map<String, String> recordedStop() {
        Map<String, String> recorded = new LinkedHashMap<>();
        stop.ifPresent(rule -> {
            rule.target()
                    .ifPresentOrElse(
                            target -> recorded.put(STOP_TARGET_ACCURACY.recorded(), String.valueOf(target)),
                            () -> recorded.put(STOP_AT.recorded(), String.valueOf(rule.at())));
            recorded.put(STOP_MIN_LABELS.recorded(), String.valueOf(rule.minLabels()));
        });
        return recorded;
    }
}
