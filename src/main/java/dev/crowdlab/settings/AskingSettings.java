package dev.crowdlab.settings;

import static dev.crowdlab.settings.DatasetSetting.SAMPLE_SEED;

import dev.crowdlab.settings.section.Section;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be asked of whom.
 *
 * @param sampleSeed of the order in which experts are asked for gold; null: nobody says how gold was chosen
 */
public record AskingSettings(@Nullable String sampleSeed) {

    /** Nobody is asked anything. */
    public static final AskingSettings NONE = new AskingSettings(null);

    static AskingSettings read(Section dataset) {
        String seed = dataset.text(SAMPLE_SEED);
        if (seed != null && seed.isBlank()) {
            dataset.problem(SAMPLE_SEED, "is empty; give a text that is never changed, such as gold, or leave it out");
        }
        return new AskingSettings(seed);
    }

    /** Adds what a run records, only what is set: otherwise every dataset would be run once more. */
    void record(Map<String, Object> recorded) {
        if (sampleSeed != null) {
            recorded.put(SAMPLE_SEED.recorded(), sampleSeed);
        }
    }
}
