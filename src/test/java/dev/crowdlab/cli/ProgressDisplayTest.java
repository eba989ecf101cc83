package dev.crowdlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {

    private static final String ERASE = "\r\u001B[K";
    private static final String NEW_LINE = System.lineSeparator();

    private final StringWriter text = new StringWriter();
    private long now = -5_000_000_000L;

    private ProgressDisplay progress(boolean isTerminal) {
        return new ProgressDisplay(new PrintWriter(text), isTerminal, () -> now);
    }

    private void pass(Duration duration) {
        now += duration.toNanos();
    }

    /** What was printed since the last call. */
    private String printed() {
        String printed = text.toString();
        text.getBuffer().setLength(0);
        return printed;
    }

    @Test
    void aTerminalShowsALineOnceASecondAtMost() {
        ProgressDisplay progress = progress(true);
        progress.started("sentiment", "readAnnotations");
        pass(Duration.ofMillis(999));
        progress.moved("sentiment", "readAnnotations", 16_384);
        assertThat(printed()).isEmpty();
        pass(Duration.ofMillis(1));
        progress.moved("sentiment", "readAnnotations", 32_768);
        assertThat(printed()).isEqualTo(ERASE + "sentiment: readAnnotations 32,768 rows, 1.0 s, 32,768 rows/s");
        pass(Duration.ofMillis(999));
        progress.moved("sentiment", "readAnnotations", 49_152);
        assertThat(printed()).isEmpty();
        pass(Duration.ofMillis(501));
        progress.moved("sentiment", "readAnnotations", 65_536);
        assertThat(printed()).isEqualTo(ERASE + "sentiment: readAnnotations 65,536 rows, 2.5 s, 26,214 rows/s");
    }

    @Test
    void aTerminalShowsOnlyStepsThatRun() {
        ProgressDisplay progress = progress(true);
        progress.started("d", "readAnnotations");
        progress.started("d", "readPredictions");
        progress.moved("d", "readAnnotations", 10);
        pass(Duration.ofSeconds(1));
        progress.moved("d", "readPredictions", 20);
        assertThat(printed())
                .startsWith(ERASE)
                .contains("d: readAnnotations 10 rows")
                .contains("   ")
                .contains("d: readPredictions 20 rows, 1.0 s, 20 rows/s")
                .doesNotContain("\n");
        progress.ended("d", "readAnnotations", 10);
        pass(Duration.ofSeconds(1));
        progress.moved("d", "readPredictions", 30);
        assertThat(printed()).isEqualTo(ERASE + "d: readPredictions 30 rows, 2.0 s, 15 rows/s");
    }

    @Test
    void aTerminalIsClearedBeforeOtherText() {
        ProgressDisplay progress = progress(true);
        progress.clear();
        assertThat(printed()).isEqualTo(ERASE);
    }

    @Test
    void elsewhereEveryStepThatMovedRowsGivesOneLine() {
        ProgressDisplay progress = progress(false);
        progress.started("d", "writeLabelQuality");
        pass(Duration.ofSeconds(3));
        progress.moved("d", "writeLabelQuality", 1_000_000);
        assertThat(printed()).isEmpty();
        pass(Duration.ofSeconds(1));
        progress.ended("d", "writeLabelQuality", 3_000_000);
        assertThat(printed()).isEqualTo("d: writeLabelQuality 3,000,000 rows, 4.0 s, 750,000 rows/s" + NEW_LINE);
        progress.started("d", "writeLabelChange");
        progress.ended("d", "writeLabelChange", 0);
        progress.clear();
        assertThat(printed()).isEmpty();
    }

    @Test
    void aStepThatTookNoTimeHasARate() {
        ProgressDisplay progress = progress(false);
        progress.started("d", "s");
        progress.ended("d", "s", 1);
        assertThat(printed()).isEqualTo("d: s 1 row, 0.0 s, 1,000,000,000 rows/s" + NEW_LINE);
    }
}
