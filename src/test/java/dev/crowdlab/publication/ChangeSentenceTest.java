package dev.crowdlab.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.results.LabelChangePreview;
import dev.crowdlab.run.RunComparison;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeSentenceTest {

    private static RunComparison comparison(long previousCount, long commonCount, long changedCount) {
        return new RunComparison(7, previousCount, commonCount, changedCount, 0.5, 1);
    }

    @Test
    void saysWhatAPublishedRunChanged() {
        assertThat(ChangeSentence.ofPublished(comparison(10, 8, 3), 12))
                .isEqualTo("of the 8 labels that run 7 published too, 3 changed; 4 examples are new and 2 gone.");
    }

    @Test
    void speaksOfOneInTheSingular() {
        assertThat(ChangeSentence.ofPublished(comparison(1, 1, 0), 2))
                .isEqualTo("of the 1 label that run 7 published too, 0 changed; 1 example is new and 0 gone.");
    }

    @Test
    void saysWhatARefusedRunWouldHaveChanged() {
        assertThat(ChangeSentence.ofRefused(comparison(10, 0, 0), 5))
                .isEqualTo(
                        "of the 0 labels that run 7 published too, 0 would change; 5 examples would be new and 10 gone.");
    }

    @Test
    void saysTheSameOfADryRun() {
        LabelChangePreview preview = new LabelChangePreview(7, 10, 0.5, 9, 2, List.of());

        assertThat(ChangeSentence.ofDryRun(preview, 9))
                .isEqualTo(ChangeSentence.ofRefused(comparison(10, 9, 2), 9))
                .isEqualTo(
                        "of the 9 labels that run 7 published too, 2 would change; 0 examples would be new and 1 gone.");
    }
}
