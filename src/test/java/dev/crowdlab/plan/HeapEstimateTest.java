package dev.crowdlab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.SettingsReader;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HeapEstimateTest {

    private static final InputSize MILLION = HeapEstimate.expected(3_000_000, 1_000_000, 10_000_000, 10);

    private static DatasetPlan plan(boolean isCalibrated, boolean isActive) {
        return plan(isCalibrated, isActive, false);
    }

    private static DatasetPlan plan(boolean isCalibrated, boolean isActive, boolean isPosteriorStored) {
        DatasetSettings pets = SettingsReader.read(Map.of(
                        "crowdlab.datasets.pets.calibrate-predictions", String.valueOf(isCalibrated),
                        "crowdlab.datasets.pets.active-learning", String.valueOf(isActive),
                        "crowdlab.datasets.pets.store-posterior", String.valueOf(isPosteriorStored)))
                .datasets()
                .get("pets");
        return DatasetPlan.unknown(Objects.requireNonNull(pets));
    }

    @Test
    void moreRowsTakeMoreMemoryAndTime() {
        for (InputSize more : new InputSize[] {
            new InputSize(10_000_000, 0, 0, 0), new InputSize(0, 10_000_000, 0, 0), new InputSize(0, 0, 100_000_000, 0)
        }) {
            assertThat(HeapEstimate.heapBytes(more, false, false, 0))
                    .isGreaterThan(HeapEstimate.heapBytes(InputSize.NOTHING, false, false, 0));
            assertThat(HeapEstimate.duration(more)).isGreaterThan(HeapEstimate.duration(InputSize.NOTHING));
        }
    }

    @Test
    void aMillionExamplesTakeWhatWasMeasured() {
        assertThat(HeapEstimate.heapBytes(MILLION, false, false, 0) >> 20).isBetween(300L, 800L);
        assertThat(HeapEstimate.duration(MILLION)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(40));
    }

    @Test
    void manyClassesTakeTheCopyThatCalibrationMakes() {
        InputSize hundred = HeapEstimate.expected(3_000_000, 1_000_000, 100_000_000, 100);
        long copy = 8 * hundred.probabilities();
        assertThat(HeapEstimate.heapBytes(hundred, true, false, 0)).isGreaterThan(2 * copy);
        assertThat(HeapEstimate.heapBytes(hundred, true, false, 0) - HeapEstimate.heapBytes(hundred, false, false, 0))
                .isBetween(copy * 4 / 5, copy);
        assertThat(HeapEstimate.heapBytes(MILLION, true, false, 0) >> 20).isEqualTo(332);
        assertThat(HeapEstimate.heapBytes(MILLION, false, false, 0) >> 20).isEqualTo(311);
    }

    @Test
    void aCommitteeTakesMoreForEachAnnotation() {
        InputSize votes = HeapEstimate.expected(3_000_000, 0, 0, 10);
        assertThat(HeapEstimate.heapBytes(votes, false, true, 0))
                .isGreaterThan(HeapEstimate.heapBytes(votes, false, false, 0) + 30 * votes.annotationRows());
    }

    @Test
    void aCommitteeTakesMoreWithManyAnnotators() {
        InputSize votes = HeapEstimate.expected(1_500_000, 0, 0, 10);
        long few = HeapEstimate.committeeCells(2_000, votes.annotationRows(), 10);
        long many = HeapEstimate.committeeCells(20_000, votes.annotationRows(), 10);
        assertThat(few).isEqualTo(200_000);
        assertThat(many).isEqualTo(2_000_000);
        assertThat(HeapEstimate.committeeCells(2_000_000, votes.annotationRows(), 10))
                .isEqualTo(3_000_000);
        assertThat(HeapEstimate.committeeCells(2_000, votes.annotationRows(), 0))
                .isEqualTo(few);
        // memory.md: smallest heaps of the engine alone of 175 MB and of more than 600 MB
        assertThat(HeapEstimate.heapBytes(votes, false, true, few)).isBetween(175L << 20, 260L << 20);
        assertThat(HeapEstimate.heapBytes(votes, false, true, many)).isGreaterThan(600L << 20);
    }

    @Test
    void unlabeledExamplesAreNotCopied() {
        InputSize pool = HeapEstimate.expected(100_000, 1_000_000, 100_000_000, 100);
        assertThat(HeapEstimate.heapBytes(pool, true, false, 0))
                .isEqualTo(HeapEstimate.heapBytes(pool, false, false, 0));
    }

    @Test
    void aPlanKnowsWhetherItsAnalysisCalibrates() {
        InputSize hundred = HeapEstimate.expected(3_000_000, 1_000_000, 100_000_000, 100);
        assertThat(plan(true, false).heapBytes(hundred)).isEqualTo(HeapEstimate.heapBytes(hundred, true, false, 0));
        assertThat(plan(false, true).heapBytes(hundred)).isEqualTo(HeapEstimate.heapBytes(hundred, true, false, 0));
        assertThat(plan(false, false).heapBytes(hundred)).isEqualTo(HeapEstimate.heapBytes(hundred, false, false, 0));
    }

    @Test
    void thePosteriorKeepsTheCalibratedCopyWhileActiveLabMakesAnother() {
        InputSize hundred = HeapEstimate.expected(3_000_000, 1_000_000, 100_000_000, 100);
        long copy = 8 * hundred.probabilities();
        long once = plan(true, true).heapBytes(hundred);
        assertThat(plan(true, true, true).heapBytes(hundred) - once).isBetween(copy, copy * 5 / 4);
        assertThat(plan(true, false, true).heapBytes(hundred)).isEqualTo(once);
        assertThat(plan(false, true, true).heapBytes(hundred)).isEqualTo(once);
    }

    @Test
    void thePosteriorTakesDiskForEachClass() {
        InputSize votes = HeapEstimate.expected(3_000_000, 0, 0, 10);
        long without = plan(false, false).diskBytes(votes);
        // 8 bytes for each of 10 classes, which is what a dataset without configured classes is taken to have, and the
        // row
        assertThat((plan(false, false, true).diskBytes(votes) - without) / votes.examples())
                .isBetween(150L, 300L);
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
        assertThat(HeapEstimate.heapBytes(counted, false, false, 0))
                .isLessThan(HeapEstimate.heapBytes(MILLION, false, false, 0));
        assertThat(HeapEstimate.certainHeapBytes(counted)).isLessThan(HeapEstimate.heapBytes(counted, false, false, 0));
        assertThat(counted.max(MILLION)).isEqualTo(MILLION);
    }

    @Test
    void rowsBeyondAnIntAreCounted() {
        InputSize huge = new InputSize(5_000_000_000L, 5_000_000_000L, 50_000_000_000L, 0);
        assertThat(HeapEstimate.heapBytes(huge.plus(huge), false, false, 0)).isGreaterThan(1L << 40);
    }
}
