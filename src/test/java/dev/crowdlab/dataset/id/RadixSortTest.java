package dev.crowdlab.dataset.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RadixSortTest {

    @ParameterizedTest
    @ValueSource(longs = {-1, 0xFF, 0x7FL << 56, 0xFF00FF00FF00L, 0x3, 0})
    void sortsKeysAsUnsignedNumbersAndIndicesAlong(long mask) {
        SplittableRandom random = new SplittableRandom(1);
        long[] keys = random.longs(10_000).map(key -> key & mask).toArray();
        int[] indices = new int[keys.length];
        Arrays.setAll(indices, index -> index);
        long[] former = keys.clone();
        RadixSort.sort(keys, indices);
        for (int place = 0; place < keys.length; place++) {
            assertThat(keys[place]).isEqualTo(former[indices[place]]);
            if (place > 0) {
                int order = Long.compareUnsigned(keys[place - 1], keys[place]);
                assertThat(order).isNotPositive();
                assertThat(order < 0 || indices[place - 1] < indices[place]).isTrue();
            }
        }
    }

    @Test
    void sortsNothing() {
        RadixSort.sort(new long[0], new int[0]);
        long[] one = {-5};
        RadixSort.sort(one, new int[] {0});
        assertThat(one).containsExactly(-5);
    }
}
