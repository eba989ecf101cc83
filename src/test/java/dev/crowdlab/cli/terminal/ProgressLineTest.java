package dev.crowdlab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private static RunningStep step(String name, long rowCount, long expected) {
        return new RunningStep(
                "moods",
                name,
                rowCount,
                OptionalLong.of(expected),
                Duration.ofSeconds(10).toNanos());
    }

    private static RunningStep unknown(long rowCount, Duration time) {
        return new RunningStep("moods", "readPredictions", rowCount, OptionalLong.empty(), time.toNanos());
    }

    @Test
    void aWideTerminalShowsEverything() {
        assertThat(ProgressLine.of(List.of(step("readAnnotations", 500_000, 2_000_000)), 200))
                .isEqualTo("moods: readAnnotations [==========>                             ] 25 %, 500,000 of about"
                        + " 2,000,000 rows, 0:10, 50,000 rows/s");
    }

    @Test
    void theBarTakesWhatIsLeftAndTheRestGoesFirst() {
        List<RunningStep> steps = List.of(step("readAnnotations", 500_000, 2_000_000));
        assertThat(ProgressLine.of(steps, 100))
                .isEqualTo(
                        "moods: readAnnotations [====>           ] 25 %, 500,000 of about 2,000,000 rows, 0:10, 50,000"
                                + " rows/s")
                .hasSize(100);
        assertThat(ProgressLine.of(steps, 80))
                .isEqualTo("moods: readAnnotations [==>        ] 25 %, 500,000 of about 2,000,000 rows, 0:10")
                .hasSize(80);
        assertThat(ProgressLine.of(steps, 50))
                .isEqualTo("moods: readAnnotations [===>          ] 25 %, 0:10")
                .hasSize(50);
        assertThat(ProgressLine.of(steps, 40)).isEqualTo("moods: readAnnotations 25 %, 0:10");
        assertThat(ProgressLine.of(steps, 20)).isEqualTo("moods: readAnnotati…");
        assertThat(ProgressLine.of(steps, 1)).isEqualTo("…");
        assertThat(ProgressLine.of(steps, 0)).isEqualTo("…");
    }

    @Test
    void noWidthIsExceededAndNoStepIsForgotten() {
        List<RunningStep> steps =
                List.of(step("readAnnotations", 0, 7), unknown(12, Duration.ofHours(1)), step("readGold", 7, 7));
        for (int width = 1; width < 300; width++) {
            assertThat(ProgressLine.of(steps, width)).hasSizeLessThanOrEqualTo(width);
        }
        assertThat(ProgressLine.of(steps, 140))
                .isEqualTo(
                        "moods: readAnnotations [>              ] 0 %, 0:10   moods: readPredictions 12 rows, 1:00:00"
                                + "   moods: readGold [===============] 100 %, 0:10");
    }

    @Test
    void aStepOfUnknownOrExceededLengthHasNoBar() {
        assertThat(ProgressLine.of(List.of(unknown(1, Duration.ofMillis(61_500))), 200))
                .isEqualTo("moods: readPredictions 1 row, 1:01, 0 rows/s");
        assertThat(ProgressLine.of(List.of(step("readGold", 2_001, 2_000)), 200))
                .isEqualTo("moods: readGold 2,001 rows, 0:10, 200 rows/s");
        assertThat(ProgressLine.of(List.of(step("readGold", 0, 0)), 200))
                .isEqualTo("moods: readGold 0 rows, 0:10, 0 rows/s");
    }
}
