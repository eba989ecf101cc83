package dev.crowdlab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.input.CopyStatements;
import dev.crowdlab.input.InputEstimate;
import dev.crowdlab.plan.DatasetPlan;
import dev.crowdlab.settings.DatasetSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private static final String ERASE = "\r\u001B[K";

    private final StringWriter text = new StringWriter();
    private long now = -5_000_000_000L;
    private Map<String, Long> lastRun = Map.of();
    private final ProgressBar bar = new ProgressBar(new PrintWriter(text), 61, () -> now, dataset -> lastRun);

    @AfterEach
    void close() {
        bar.close();
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

    private static String drawn(String line) {
        return "\r\u001B[?7l" + line + "\u001B[K\u001B[?7h\r";
    }

    private static DatasetPlan plan(boolean isPlain) {
        return new DatasetPlan(
                DatasetSettings.builtIn("moods"),
                CopyStatements.NONE,
                Optional.of(new InputEstimate(400, 200, 5, isPlain, Set.of())),
                List.of());
    }

    @Test
    void itIsDrawnOverItselfOnlyWhereItChanges() {
        bar.draw();
        assertThat(printed()).isEmpty();
        bar.started("moods", "readGold");
        bar.moved("moods", "readGold", 1_000);
        bar.draw();
        assertThat(printed()).isEqualTo(drawn("moods: readGold 1,000 rows, 0:00, 1,000,000,000,000 rows/s"));
        bar.draw();
        assertThat(printed()).isEmpty();
        pass(Duration.ofSeconds(2));
        bar.draw();
        assertThat(printed()).isEqualTo(drawn("moods: readGold 1,000 rows, 0:02, 500 rows/s"));
        bar.ended("moods", "readGold");
        bar.moved("moods", "readGold", 2_000);
        bar.draw();
        assertThat(printed()).isEqualTo(ERASE);
    }

    @Test
    void aFirstRunIsMeasuredByWhatThePlannerKnowsOfTables() {
        bar.expect(plan(true));
        bar.started("moods", "readAnnotations");
        bar.moved("moods", "readAnnotations", 100);
        pass(Duration.ofSeconds(1));
        bar.draw();
        assertThat(printed()).contains("] 25 %");
        bar.expect(plan(false));
        bar.draw();
        assertThat(printed()).contains("readAnnotations 100 rows, 0:01").doesNotContain("%");
    }

    @Test
    void laterRunsAreMeasuredByTheOneBefore() {
        lastRun = Map.of("readAnnotations", 200L, "writeLabelQuality", 50L);
        bar.expect(plan(true));
        bar.started("moods", "readAnnotations");
        bar.started("moods", "writeLabelQuality");
        bar.started("others", "readAnnotations");
        bar.moved("moods", "readAnnotations", 100);
        bar.draw();
        assertThat(printed()).isEqualTo(drawn("moods: readAnnotations 50 %, 0:00   moods: writeLabelQualit…"));
        bar.ended("others", "readAnnotations");
        bar.ended("moods", "readAnnotations");
        bar.moved("moods", "writeLabelQuality", 49);
        bar.draw();
        assertThat(printed()).contains("moods: writeLabelQuality [==").contains(">] 98 %");
    }

    @Test
    void whatElseIsPrintedFindsTheLineEmpty() {
        bar.started("moods", "readGold");
        bar.draw();
        printed();
        bar.besides(() -> text.append("estimate\n"));
        assertThat(printed()).isEqualTo(ERASE + "estimate\n");
        bar.draw();
        assertThat(printed()).startsWith("\r").contains("readGold");
        bar.close();
        assertThat(printed()).isEqualTo(ERASE);
        bar.draw();
        bar.close();
        assertThat(printed()).isEmpty();
    }

    @Test
    void itDrawsByItself() throws InterruptedException {
        bar.started("moods", "readGold");
        try (ProgressBar running = bar.start()) {
            assertThat(running).isSameAs(bar);
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!text.toString().contains("readGold") && System.nanoTime() < end) {
                Thread.sleep(10);
            }
            assertThat(text.toString()).contains("readGold");
        }
        assertThat(text.toString()).endsWith(ERASE);
    }
}
