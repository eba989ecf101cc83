package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfusionTableTest {

    private static final int ANNOTATOR_COUNT = 5;

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 300})
    void tablesGrowAndMergeLikeMaps(int classCount) {
        SplittableRandom random = new SplittableRandom(5);
        ConfusionTable[] tables = {
            new ConfusionTable(ANNOTATOR_COUNT, classCount), new ConfusionTable(ANNOTATOR_COUNT, classCount)
        };
        Map<Long, Long> expected = new TreeMap<>();
        for (int draw = 0; draw < 30_000; draw++) {
            int annotator = random.nextInt(1, ANNOTATOR_COUNT);
            int consensus = random.nextInt(1 + random.nextInt(classCount));
            int given = random.nextInt(Math.min(10, classCount));
            tables[draw & 1].addAnnotation(annotator, consensus, given, FixedPoint.of(0.5));
            long key = ((long) annotator * classCount + consensus) * classCount + given;
            expected.merge(key, 1L, Long::sum);
        }
        tables[0].add(tables[1]);
        assertThat(tables[0].cellCount(0)).isZero();
        ConfusionCounts counts = new ConfusionCounts(tables[0]);
        assertThat(counts.size()).isEqualTo(expected.size());
        int cell = 0;
        for (Map.Entry<Long, Long> entry : expected.entrySet()) {
            long key = ((long) counts.annotator(cell) * classCount + counts.consensusClass(cell)) * classCount
                    + counts.givenClass(cell);
            assertThat(key).isEqualTo(entry.getKey());
            assertThat(counts.count(cell)).isEqualTo(entry.getValue());
            cell += 1;
        }
    }

    @Test
    void manyClassesDoNotOverflowTheKey() {
        int classCount = Crowdlab.MAX_CLASSES;
        ConfusionTable table = new ConfusionTable(1, classCount);
        table.addAnnotation(0, classCount - 1, classCount - 2, 0);
        ConfusionCounts counts = new ConfusionCounts(table);
        assertThat(counts.consensusClass(0)).isEqualTo(classCount - 1);
        assertThat(counts.givenClass(0)).isEqualTo(classCount - 2);
    }

    @Test
    void worstClassFollowsItsRulesInOrder() {
        assertThat(new GivenClassSums(3).worstClass()).isEqualTo(-1);
        GivenClassSums sums = sums();
        assertThat(sums.worstClass()).as("lowest index").isZero();
        sums.addQuality(2, 0, 1);
        assertThat(sums.worstClass()).as("highest quality, to the last unit").isEqualTo(2);
        sums.addCount(1, 2, true);
        sums.addCount(1, 2, false);
        assertThat(sums.worstClass()).as("most labels").isEqualTo(1);
        sums.addCount(0, 1, false);
        assertThat(sums.worstClass()).as("lowest share").isZero();
        assertThat(sums.agreeingCount()).isEqualTo(5);
        sums.clear();
        assertThat(sums.worstClass()).isEqualTo(-1);
    }

    /** Three classes with one of two labels right and the same quality. */
    private static GivenClassSums sums() {
        GivenClassSums sums = new GivenClassSums(3);
        for (int given = 0; given < 3; given++) {
            sums.addCount(given, 1, true);
            sums.addCount(given, 1, false);
            sums.addQuality(given, 7, 3);
        }
        return sums;
    }
}
