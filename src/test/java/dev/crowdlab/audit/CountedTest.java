package dev.crowdlab.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {

    @Test
    void onlyOneIsSingular() {
        assertThat(Counted.of(0, "row is", "rows are")).isEqualTo("0 rows are");
        assertThat(Counted.of(1, "row is", "rows are")).isEqualTo("1 row is");
        assertThat(Counted.of(2, "row is", "rows are")).isEqualTo("2 rows are");
        assertThat(Counted.word(1, "row", "rows")).isEqualTo("row");
    }
}
