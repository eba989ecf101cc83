package dev.crowdlab.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.numeric.FixedPoint;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassSumsTest {

    private static final int SET_COUNT = 5;
    private static final int DRAWS = 3_000;

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 300})
    void tablesGrowAndMergeLikeArrays(int classCount) {
        SplittableRandom random = new SplittableRandom(5);
        ClassSums[] tables = {new ClassSums(SET_COUNT, classCount), new ClassSums(SET_COUNT, classCount)};
        long[][] counts = new long[SET_COUNT][classCount];
        double[][] sums = new double[SET_COUNT][classCount];
        for (int draw = 0; draw < DRAWS; draw++) {
            int set = random.nextInt(1, SET_COUNT);
            int label = random.nextInt(1 + random.nextInt(classCount));
            double quality = random.nextInt(9) / 8.0; // exact in every sum
            tables[draw & 1].addLabel(set, label, FixedPoint.of(quality));
            counts[set][label] += 1;
            sums[set][label] += quality;
        }
        tables[0].add(tables[1]);
        assertThat(tables[0].sortedLabels(0)).isEmpty();
        for (int set = 0; set < SET_COUNT; set++) {
            int occurring = 0;
            for (int label : tables[0].sortedLabels(set)) {
                assertThat(tables[0].meanQuality(set, label)).isEqualTo(sums[set][label] / counts[set][label]);
                occurring += 1;
            }
            assertThat(occurring).isEqualTo((int)
                    Arrays.stream(counts[set]).filter(count -> count > 0).count());
        }
    }
}
