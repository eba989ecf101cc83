package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.quality.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** How rarely the interval of an annotator's score holds how often the annotator is right; the page on results has the shares. */
class AnnotatorIntervalTest {

    private static final int DATA_SETS = 60;

    @Test
    void thePageTellsHowOftenTheIntervalHoldsTheAccuracy() throws IOException {
        assertThat(Files.readString(Path.of("src", "site", "markdown", "results.md")))
                .contains(String.format(
                        Locale.ROOT,
                        "%.0f %% of the annotators without a model and %.0f %% with one",
                        held(false),
                        held(true)));
    }

    private static double held(boolean withModel) {
        int annotators = 0;
        int held = 0;
        for (int seed = 0; seed < DATA_SETS; seed++) {
            SimulatedCrowd crowd = SimulatedCrowd.of(seed, SimulatedCrowd.Errors.ANYWHERE, withModel);
            AnnotatorStatistics found = Crowdlab.analyze(
                            crowd.data().annotations(), crowd.data().predictions(), Options.defaults())
                    .annotators();
            for (int annotator = 0; annotator < found.annotatorCount(); annotator++) {
                Interval interval = found.qualityInterval(annotator);
                double accuracy = crowd.accuracy(annotator);
                if (!Double.isNaN(interval.lower())) {
                    annotators++;
                    held += interval.lower() <= accuracy && accuracy <= interval.upper() ? 1 : 0;
                }
            }
        }
        return 100.0 * held / annotators;
    }
}
