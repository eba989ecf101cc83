package dev.crowdlab.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Levels against runs that were encoded by hand: twice the length as a variable number, then the level. */
class PresenceLevelsTest {

    private final PresenceLevels levels = new PresenceLevels();

    private byte[] encoded() {
        ByteBuffer bytes = levels.encoded();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    private void add(int count, boolean isPresent) {
        for (int i = 0; i < count; i++) {
            levels.add(isPresent);
        }
    }

    @Test
    void encodesRunsOfEqualLevels() {
        add(3, true);
        add(1, false);
        add(2, true);

        assertThat(levels.count()).isEqualTo(6);
        assertThat(encoded()).containsExactly(6, 1, 2, 0, 4, 1);
    }

    @Test
    void encodesALongRunWithItsLowestBitsFirst() {
        add(200, true); // 400 = 3 * 128 + 16

        assertThat(encoded()).containsExactly(16 | 0x80, 3, 1);
    }

    @Test
    void beginsWithANull() {
        add(2, false);

        assertThat(encoded()).containsExactly(4, 0);
    }

    @Test
    void hasRoomForManyShortRuns() {
        for (int i = 0; i < 10_000; i++) {
            levels.add(i % 2 == 0);
        }

        assertThat(encoded()).hasSize(20_000).startsWith(2, 1, 2, 0).endsWith(2, 1, 2, 0);
    }

    @Test
    void forgetsAPageThatWasCleared() {
        add(5, true);
        levels.clear();
        add(1, false);

        assertThat(levels.count()).isEqualTo(1);
        assertThat(encoded()).containsExactly(2, 0);
    }

    @Test
    void isEmptyWithoutLevels() {
        assertThat(encoded()).isEmpty();
    }
}
