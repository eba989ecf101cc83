package dev.crowdlab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.plan.DatasetPlan;
import dev.crowdlab.settings.DatasetSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {

    private static final String NEW_LINE = System.lineSeparator();

    private final StringWriter text = new StringWriter();
    private long now = -5_000_000_000L;

    private ProgressDisplay progress() {
        return new ProgressDisplay(new PrintWriter(text), Optional.empty(), () -> now);
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
    void aTerminalShowsABarAndNoLines() {
        StringWriter screen = new StringWriter();
        ProgressBar bar = new ProgressBar(new PrintWriter(screen), 80, () -> now, dataset -> Map.of("readGold", 10L));
        try (ProgressDisplay progress = new ProgressDisplay(new PrintWriter(text), Optional.of(bar), () -> now)) {
            progress.tellEstimates(new PrintWriter(text));
            progress.planned(DatasetPlan.unknown(DatasetSettings.builtIn("d")));
            progress.started("d", "readGold");
            progress.moved("d", "readGold", 5);
            bar.draw();
            assertThat(screen.toString()).contains("d: readGold [==").contains("] 50 %");
            progress.ended("d", "readGold", 10);
            bar.draw();
            progress.started("d", "writeWorkList");
            bar.draw();
        }
        assertThat(screen.toString()).contains("writeWorkList").endsWith("\r\u001B[K");
        assertThat(printed()).isEmpty();
    }

    @Test
    void elsewhereARunOfLessThanAMinutePrintsNothing() {
        ProgressDisplay progress = progress();
        progress.started("d", "readAnnotations");
        pass(Duration.ofSeconds(59));
        progress.moved("d", "readAnnotations", 1_000);
        progress.ended("d", "readAnnotations", 2_000);
        progress.close();
        assertThat(printed()).isEmpty();
    }

    @Test
    void elsewhereThereIsOneLineAMinuteAfterTheFirst() {
        ProgressDisplay progress = progress();
        progress.started("d", "writeLabelQuality");
        pass(Duration.ofSeconds(60));
        progress.moved("d", "writeLabelQuality", 3_000_000);
        assertThat(printed()).isEqualTo("d: writeLabelQuality 3,000,000 rows so far, 60.0 s, 50,000 rows/s" + NEW_LINE);
        pass(Duration.ofSeconds(59));
        progress.moved("d", "writeLabelQuality", 5_000_000);
        progress.started("e", "readGold");
        progress.ended("e", "readGold", 7);
        assertThat(printed()).isEmpty();
        pass(Duration.ofSeconds(1));
        progress.ended("d", "writeLabelQuality", 6_000_000);
        assertThat(printed()).isEqualTo("d: writeLabelQuality 6,000,000 rows, 120.0 s, 50,000 rows/s" + NEW_LINE);
    }

    @Test
    void aStepWithoutRowsTakesNoLineFromAnother() {
        ProgressDisplay progress = progress();
        progress.started("d", "writeLabelChange");
        pass(Duration.ofMinutes(2));
        progress.moved("d", "writeLabelChange", 0);
        progress.ended("d", "writeLabelChange", 0);
        assertThat(printed()).isEmpty();
        progress.started("d", "s");
        progress.ended("d", "s", 1);
        assertThat(printed()).isEqualTo("d: s 1 row, 0.0 s, 1,000,000,000 rows/s" + NEW_LINE);
    }
}
