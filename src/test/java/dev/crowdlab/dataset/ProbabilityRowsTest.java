package dev.crowdlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.dataset.id.TextColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProbabilityRowsTest {

    private static final double[] NUMBERS = {0, 1, 2, 3, 4, 5, 6, 7};

    private final ProbabilityRows rows = new ProbabilityRows();

    @Test
    void keepsRowsOfEveryLengthApart() {
        rows.add(NUMBERS, 0, TextColumn.NULL);
        rows.add(NUMBERS, 0, 0);
        rows.add(NUMBERS, 2, 3);
        rows.add(NUMBERS, 1, 1);
        rows.add(NUMBERS, 4, 4);
        rows.add(NUMBERS, 5, 3);
        assertThat(new int[] {
                    rows.length(0), rows.length(1), rows.length(2), rows.length(3), rows.length(4), rows.length(5)
                })
                .containsExactly(TextColumn.NULL, 0, 3, 1, 4, 3);
        assertThat(new double[] {
                    rows.get(2, 0), rows.get(2, 2), rows.get(3, 0), rows.get(4, 3), rows.get(5, 0), rows.get(5, 2)
                })
                .containsExactly(2, 4, 1, 7, 5, 7);
    }

    @Test
    void keepsMoreRowsThanAChunkHolds() {
        int rowCount = 600_000;
        for (int row = 0; row < rowCount; row++) {
            rows.add(new double[] {row, -row, row + 0.5}, 0, 3);
        }
        for (int row = 0; row < rowCount; row++) {
            assertThat(rows.length(row)).isEqualTo(3);
            assertThat(rows.array(row)[rows.start(row) + 1]).isEqualTo(-row);
            assertThat(rows.get(row, 2)).isEqualTo(row + 0.5);
        }
    }

    @Test
    void aChunkIsGivenUpWithItsLastRow() {
        double[] target = new double[2];
        int rowsOfAChunk = (1 << 19) / 2;
        for (int row = 0; row < rowsOfAChunk + 1; row++) {
            rows.add(new double[] {row, 0}, 0, 2);
        }
        for (int row = rowsOfAChunk - 1; row >= 0; row--) {
            assertThat(rows.get(row, 0)).isEqualTo(row);
            rows.take(row, target, 0);
            assertThat(target[0]).isEqualTo(row);
        }
        assertThatThrownBy(() -> rows.take(1, target, 0)).hasMessage("row 1 was taken before");
        assertThat(rows.take(rowsOfAChunk, 0)).isEqualTo(rowsOfAChunk);
    }

    @Test
    void keepsARowThatIsLongerThanAChunk() {
        double[] longRow = new double[1_000_000];
        longRow[999_999] = 1;
        rows.add(longRow, 0, longRow.length);
        rows.add(longRow, 0, longRow.length);
        assertThat(rows.get(1, 999_999)).isEqualTo(1);
    }

    @Test
    void movesEveryRowToItsPlace() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            int rowCount = 1 + random.nextInt(12);
            int[] sources = sources(random, rowCount, random.nextInt(16));
            ProbabilityRows moved = new ProbabilityRows();
            for (int row = 0; row < rowCount; row++) {
                moved.add(new double[] {row, -row}, 0, 2);
            }
            moved.arrange(sources.clone());
            assertAreThere(moved, sources);
        }
    }

    @Test
    void movesRowsBetweenChunks() {
        int rowCount = 600_000;
        for (int row = 0; row < rowCount; row++) {
            rows.add(new double[] {row, -row}, 0, 2);
        }
        int[] sources = sources(new Random(1), rowCount, rowCount + 300_000);
        rows.arrange(sources.clone());
        assertAreThere(rows, sources);
        assertThat(rows.chunks(1 << rows.chunkBits(), rowCount).length)
                .isEqualTo(((rowCount - 1) >> rows.chunkBits()) + 1);
        assertThat(rows.chunks(0, 0)).isEmpty();
    }

    /** Some of the rows in any order, and uniform ones between them. */
    private static int[] sources(Random random, int rowCount, int placeCount) {
        List<Integer> order = new ArrayList<>();
        for (int row = 0; row < Math.max(rowCount, placeCount); row++) {
            order.add(row < rowCount && random.nextInt(8) > 0 ? row : ProbabilityRows.UNIFORM);
        }
        Collections.shuffle(order, random);
        return order.stream().limit(placeCount).mapToInt(Integer::intValue).toArray();
    }

    private static void assertAreThere(ProbabilityRows moved, int... sources) {
        for (int place = 0; place < sources.length; place++) {
            double[] expected = sources[place] == ProbabilityRows.UNIFORM
                    ? new double[] {0.5, 0.5}
                    : new double[] {sources[place], -sources[place]};
            assertThat(new double[] {moved.get(place, 0), moved.get(place, 1)}).isEqualTo(expected);
        }
    }
}
