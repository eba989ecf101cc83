package dev.crowdlab.engine.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.DataSet;
import dev.crowdlab.engine.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassOrderTest {

    private static final int CLASSES = 3;

    private final Random random = new Random(20);

    /** A model that is right in so many cases, and whose classes stand in an order. */
    private Optional<ClassOrder> suspected(int exampleCount, double accuracy, int... order) {
        List<int[]> rows = new ArrayList<>();
        double[] probabilities = new double[exampleCount * CLASSES];
        for (int example = 0; example < exampleCount; example++) {
            int truth = random.nextInt(CLASSES);
            for (int annotator = 0; annotator < 3; annotator++) {
                rows.add(new int[] {example, annotator, random.nextDouble() < 0.8 ? truth : random.nextInt(CLASSES)});
            }
            int predicted = random.nextDouble() < accuracy ? truth : random.nextInt(CLASSES);
            for (int label = 0; label < CLASSES; label++) {
                probabilities[example * CLASSES + label] = order[label] == predicted ? 0.8 : 0.1;
            }
        }
        return DataSet.of(CLASSES, 3, rows, List.of(probabilities))
                .analyze(Options.defaults())
                .review()
                .suspectedOrder(0);
    }

    @Test
    void aReversedOrderIsFoundWithWhatItCosts() {
        ClassOrder order = suspected(300, 0.9, 2, 1, 0).orElseThrow();
        assertThat(List.of(order.likely(0), order.likely(1), order.likely(2))).containsExactly(2, 1, 0);
        assertThat(order.agreement()).isBetween(0.3, 0.45);
        assertThat(order.likelyAgreement()).isBetween(0.85, 1.0);
        assertThat(suspected(200, 0.6, 1, 2, 0)).isPresent();
    }

    @Test
    void theRightOrderIsNotSuspectedHoweverWeakTheModel() {
        for (double accuracy : new double[] {0, 0.1, 0.3, 0.9}) {
            for (int round = 0; round < 50; round++) {
                assertThat(suspected(20 + 10 * round, accuracy, 0, 1, 2)).isEmpty();
            }
        }
    }

    @Test
    void aModelThatKnowsOneClassOnlyIsNotSuspected() {
        assertThat(ClassOrder.suspected(new long[][] {{300, 600, 100}, {0, 0, 0}, {0, 0, 0}}))
                .isEmpty();
        assertThat(ClassOrder.suspected(new long[][] {{300, 600, 100}, {2, 1, 4}, {0, 0, 0}}))
                .isEmpty();
        assertThat(ClassOrder.suspected(new long[2][2])).isEmpty();
    }

    @Test
    void moreThanAHundredClassesAreNotLookedAt() {
        List<int[]> rows = List.of(new int[] {0, 0, 0}, new int[] {0, 1, 0});
        double[] probabilities = new double[101];
        probabilities[5] = 1;
        Analysis analysis = DataSet.of(101, 2, rows, List.of(probabilities)).analyze(Options.defaults());
        assertThat(analysis.review().suspectedOrder(0)).isEmpty();
    }

    @Test
    void theBestAssignmentIsThatOfTryingAll() {
        for (int round = 0; round < 200; round++) {
            int size = 1 + random.nextInt(5);
            long[][] values = new long[size][size];
            for (long[] row : values) {
                for (int column = 0; column < size; column++) {
                    row[column] = random.nextInt(20);
                }
            }
            int[] best = ClassAssignment.best(values);
            assertThat(best).doesNotHaveDuplicates();
            long sum = 0;
            for (int row = 0; row < size; row++) {
                sum += values[row][best[row]];
            }
            assertThat(sum).isEqualTo(greatest(values, 0, 0));
        }
        assertThat(ClassAssignment.best(new long[4][4])).as("of equals").containsExactly(0, 1, 2, 3);
    }

    private static long greatest(long[][] values, int row, int used) {
        long greatest = 0;
        for (int column = 0; row < values.length && column < values.length; column++) {
            if ((used & 1 << column) == 0) {
                greatest = Math.max(greatest, values[row][column] + greatest(values, row + 1, used | 1 << column));
            }
        }
        return greatest;
    }
}
