package dev.crowdlab.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluralTest {

    @Test
    void onlyOneIsSingular() {
        assertThat(Plural.of(0, "row is", "rows are")).isEqualTo("0 rows are");
        assertThat(Plural.of(1, "row is", "rows are")).isEqualTo("1 row is");
        assertThat(Plural.of(2, "row is", "rows are")).isEqualTo("2 rows are");
        assertThat(Plural.word(1, "row", "rows")).isEqualTo("row");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 seconds",
        "PT0.25S, 1 second",
        "PT59.999S, 1 minute",
        "PT1H, 1 hour",
        "PT90M, 1 hour 30 minutes",
        "P30D, 30 days",
        "P2DT1M1S, 2 days 1 minute 1 second"
    })
    void durationsAreWordsWithoutWhatIsZero(Duration duration, String words) {
        assertThat(Plural.of(duration)).isEqualTo(words);
    }
}
