package dev.crowdlab.results.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.DoubleBuffer;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LowestScoresTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 5_000})
    void theyAreTheFirstOfAllSorted(int most) {
        Random random = new Random(most);
        double[] scores = random.doubles(10_000)
                .map(score -> score < 0.1 ? Double.NaN : Math.round(score * 50) / 50.0) // many are equal
                .toArray();
        int[] expected = IntStream.range(0, scores.length)
                .filter(row -> !Double.isNaN(scores[row]))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> scores[row]).thenComparing(row -> row))
                .limit(most)
                .mapToInt(Integer::intValue)
                .toArray();
        assertThat(LowestScores.of(DoubleBuffer.wrap(scores), most)).isEqualTo(expected);
    }
}
