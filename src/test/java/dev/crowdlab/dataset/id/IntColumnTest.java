package dev.crowdlab.dataset.id;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IntColumnTest {

    private static final int MORE_THAN_TWO_CHUNKS = (1 << 21) + 5;

    private final IntColumn column = new IntColumn();

    @Test
    void givesBackWhatWasAdded() {
        assertThat(column.isEmpty()).isTrue();
        assertThat(column.size()).isZero();
        for (int index = 0; index < MORE_THAN_TWO_CHUNKS; index++) {
            column.add(3 * index);
            assertThat(column.size()).isEqualTo(index + 1);
        }
        for (int index = 0; index < MORE_THAN_TWO_CHUNKS; index++) {
            assertThat(column.get(index)).isEqualTo(3 * index);
        }
    }

    @Test
    void isEmptyAfterClearing() {
        column.addZeros(MORE_THAN_TWO_CHUNKS);
        column.clear();
        assertThat(column.isEmpty()).isTrue();
        column.add(7);
        assertThat(column.size()).isEqualTo(1);
        assertThat(column.get(0)).isEqualTo(7);
    }
}
