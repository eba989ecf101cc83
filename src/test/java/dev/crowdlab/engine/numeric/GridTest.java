package dev.crowdlab.engine.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GridTest {

    @Test
    void numbersAreRoundedToTheClosestUnit() {
        assertThat(Grid.of(1)).isEqualTo(1 << 30);
        assertThat(Grid.of(-20.5)).isEqualTo(-41L << 29);
        assertThat(Grid.of(0x1.4p-30)).isEqualTo(1);
        assertThat(Grid.of(-0x1.8p-30)).isEqualTo(-2);
    }

    @Test
    void sumsAreExactWhateverTheSigns() {
        SplittableRandom random = new SplittableRandom(1);
        long[] halves = new long[4];
        BigInteger expected = BigInteger.ZERO;
        for (int count = 0; count < 10_000; count++) {
            long units = Grid.of(random.nextDouble(-22, 1));
            Grid.add(halves, 2, units);
            expected = expected.add(BigInteger.valueOf(units));
        }
        assertThat(Grid.value(halves[2], halves[3])).isCloseTo(expected.doubleValue() * Grid.UNIT, within(1e-9));
        assertThat(halves[0]).isZero();
    }

    @Test
    void sumsOfTheGreatestNumbersDoNotOverflow() {
        long units = Grid.of(-0x1.fp31);
        long count = Integer.MAX_VALUE;
        long high = count * (units >> 31);
        long low = count * (units & ((1L << 31) - 1));
        assertThat(Grid.value(high, low)).isCloseTo(-0x1.fp31 * count, within(1e5));
    }
}
