package dev.crowdlab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeapEstimateTest {

    private static final InputSize MILLION = HeapEstimate.expected(3_000_000, 1_000_000, 10_000_000, 10);

    @Test
    void moreRowsTakeMoreMemoryAndTime() {
        for (InputSize more : new InputSize[] {
            new InputSize(10_000_000, 0, 0, 0), new InputSize(0, 10_000_000, 0, 0), new InputSize(0, 0, 100_000_000, 0)
        }) {
            assertThat(HeapEstimate.heapBytes(more)).isGreaterThan(HeapEstimate.heapBytes(InputSize.NOTHING));
            assertThat(HeapEstimate.duration(more)).isGreaterThan(HeapEstimate.duration(InputSize.NOTHING));
        }
    }

    @Test
    void aMillionExamplesTakeWhatWasMeasured() {
        assertThat(HeapEstimate.heapBytes(MILLION) >> 20).isBetween(300L, 800L);
        assertThat(HeapEstimate.duration(MILLION)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(40));
    }

    @Test
    void examplesAreThoseOfThePredictions() {
        assertThat(HeapEstimate.expected(30, 8, 8, 2).examples()).isEqualTo(4);
        assertThat(HeapEstimate.expected(30, 20, 20, 0).examples()).isEqualTo(2);
        assertThat(HeapEstimate.expected(30, 0, 0, 2).examples()).isEqualTo(10);
    }

    @Test
    void rowsThatAreOnlyCountedTakeLess() {
        InputSize counted = new InputSize(3_000_000, 1_000_000, 10_000_000, 0);
        assertThat(HeapEstimate.heapBytes(counted)).isLessThan(HeapEstimate.heapBytes(MILLION));
        assertThat(HeapEstimate.certainHeapBytes(counted)).isLessThan(HeapEstimate.heapBytes(counted));
        assertThat(counted.max(MILLION)).isEqualTo(MILLION);
    }

    @Test
    void rowsBeyondAnIntAreCounted() {
        InputSize huge = new InputSize(5_000_000_000L, 5_000_000_000L, 50_000_000_000L, 0);
        assertThat(HeapEstimate.heapBytes(huge.plus(huge))).isGreaterThan(1L << 40);
    }
}
