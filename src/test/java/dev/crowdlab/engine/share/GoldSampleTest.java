package dev.crowdlab.engine.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GoldSampleTest {

    private final GoldSample sample = new GoldSample("gold");

    private static List<String> ids(int count) {
        return new ArrayList<>(
                IntStream.rangeClosed(1, count).mapToObj(id -> "t-" + id).toList());
    }

    /** Values of the study. */
    @Test
    void numbersAreTheSameEverywhere() {
        assertThat(GoldSample.unit(sample.key("t-1"))).isEqualTo(0.8845101371234941);
        assertThat(GoldSample.unit(sample.key("t-2"))).isEqualTo(0.2972598241737887);
    }

    @Test
    void unsignedNumbersAreRoundedOnce() {
        assertThat(GoldSample.unit(0)).isZero();
        assertThat(GoldSample.unit(Long.MIN_VALUE)).isEqualTo(0.5);
        assertThat(GoldSample.unit(-1)).isEqualTo(1);
        assertThat(GoldSample.unit(0x8000_0000_0000_0401L)).isEqualTo(Math.nextUp(0.5));
        assertThat(GoldSample.unit(0x8000_0000_0000_0400L)).isEqualTo(0.5);
    }

    @Test
    void theFirstOfMoreAreTheFirst() {
        List<String> ids = ids(300);
        List<String> all = sample.first(ids, 300);
        Collections.shuffle(ids, new Random(1));
        for (int count : new int[] {0, 1, 50, 299}) {
            assertThat(sample.first(ids, count)).isEqualTo(all.subList(0, count));
        }
        assertThat(sample.first(ids, 301)).isEqualTo(all);
        assertThat(new GoldSample("other").first(ids, 50)).isNotEqualTo(all.subList(0, 50));
        assertThat(sample.first(List.of(), 5)).isEmpty();
    }

    @Test
    void theOrderIsThatOfTheNumbers() {
        assertThat(sample.first(ids(8), 8)).containsExactly("t-8", "t-3", "t-7", "t-2", "t-4", "t-5", "t-1", "t-6");
    }

    /** Whoever is not answered ends the sample, whatever is answered further on. */
    @Test
    void theSampleEndsAtTheFirstWithoutAnswer() {
        SamplePrefix prefix = new SamplePrefix();
        prefix.add(10, true);
        assertThat(prefix.contains(-1)).isTrue();
        assertThat(prefix.end()).isEqualTo(1);
        prefix.add(-5, false);
        SamplePrefix other = new SamplePrefix();
        other.add(Long.MIN_VALUE, false);
        prefix.add(other);
        prefix.add(new SamplePrefix());
        assertThat(prefix.contains(10)).isTrue();
        assertThat(prefix.contains(Long.MAX_VALUE)).isTrue();
        assertThat(prefix.contains(Long.MIN_VALUE)).isFalse();
        assertThat(prefix.contains(-5)).isFalse();
        assertThat(prefix.end()).isEqualTo(0.5);
    }
}
