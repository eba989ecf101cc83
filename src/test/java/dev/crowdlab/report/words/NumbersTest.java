package dev.crowdlab.report.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void writesCounts() {
        assertThat(Numbers.count(15_311)).isEqualTo("15,311");
        assertThat(Numbers.count(-3)).isEqualTo("−3");
        assertThat(Numbers.change(1_378)).isEqualTo("+1,378");
        assertThat(Numbers.change(-4)).isEqualTo("−4");
        assertThat(Numbers.change(0)).isEqualTo("0");
    }

    @Test
    void writesScores() {
        assertThat(Numbers.score(0.214)).isEqualTo("0.21");
        assertThat(Numbers.fineScore(0.4964)).isEqualTo("0.496");
        assertThat(Numbers.scoreChange(-0.005)).isEqualTo("−0.005");
        assertThat(Numbers.scoreChange(0.0049)).isEqualTo("+0.005");
        assertThat(Numbers.scoreChange(-0.0001)).isEqualTo("0.000");
        assertThat(Numbers.score(Double.NaN)).isEqualTo("–");
        assertThat(Numbers.shortScore(-0.25)).isEqualTo("−0.25");
        assertThat(Numbers.shortScore(1)).isEqualTo("1");
    }

    @Test
    void writesNoShareAsNoneOrAllThatIsNot() {
        assertThat(Numbers.percent(39, 100)).isEqualTo("39\u202f%");
        assertThat(Numbers.percent(0, 100)).isEqualTo("0\u202f%");
        assertThat(Numbers.percent(100, 100)).isEqualTo("100\u202f%");
        assertThat(Numbers.percent(1, 1_000_000)).isEqualTo("under 0.1\u202f%");
        assertThat(Numbers.percent(3, 1_000)).isEqualTo("0.3\u202f%");
        assertThat(Numbers.percent(999, 1_000)).isEqualTo("over 99\u202f%");
        assertThat(Numbers.finePercent(2_621, 2_665)).isEqualTo("98.3\u202f%");
        assertThat(Numbers.finePercent(99_999, 100_000)).isEqualTo("over 99.9\u202f%");
        assertThat(Numbers.percent(1, 0)).isEqualTo("–");
    }

    @Test
    void writesMomentsInUtc() {
        Instant moment = Instant.parse("2026-11-23T04:00:00Z");
        assertThat(Dates.moment(moment)).isEqualTo("23 November 2026, 04:00 UTC");
        assertThat(Dates.of(moment).shortDay(moment)).isEqualTo("23\u00a0Nov");
        assertThat(Dates.of(moment).shortDay(Instant.parse("2025-09-01T00:00:00Z")))
                .isEqualTo("1\u00a0Sep 2025");
    }
}
