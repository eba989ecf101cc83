package dev.crowdlab.engine.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SparseCountsTest {

    @Test
    void countsAreThoseOfAMap() {
        SplittableRandom random = new SplittableRandom(5);
        SparseCounts counts = new SparseCounts(2);
        SparseCounts others = new SparseCounts(2);
        Map<Long, long[]> expected = new HashMap<>();
        for (int time = 0; time < 20_000; time++) {
            long key = random.nextLong(1L << (1 + random.nextInt(60)));
            long[] addends = {random.nextInt(10), 1};
            (time % 3 == 0 ? others : counts).addRow(key, addends);
            Mergeable.add(expected.computeIfAbsent(key, fresh -> new long[2]), addends);
        }
        counts.add(others);
        assertThat(counts.rowCount()).isEqualTo(expected.size());
        expected.forEach((key, row) -> {
            int found = counts.find(key);
            assertThat(counts.key(found)).isEqualTo(key);
            assertThat(new long[] {counts.count(found, 0), counts.count(found, 1)})
                    .isEqualTo(row);
        });
    }

    @Test
    void aKeyThatDoesNotOccurHasNoRow() {
        SparseCounts counts = new SparseCounts(1);
        assertThat(counts.find(0)).isEqualTo(-1);
        counts.add(0, 3);
        assertThat(counts.find(0)).isZero();
        assertThat(counts.find(1)).isEqualTo(-1);
        assertThat(counts.count(0, 0)).isEqualTo(3);
    }
}
