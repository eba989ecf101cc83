package dev.crowdlab.engine.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopRuleTest {

    @ParameterizedTest
    @CsvSource({
        "0.85, 3, DONE",
        "0.8499, 3, ASK",
        "0.99, 2, ASK",
        "0.8499, 9, ASK",
        "0.8499, 10, EXPERT",
        "0.85, 10, DONE",
        "NaN, 3, ASK",
        "NaN, 12, EXPERT"
    })
    void anExampleIsDoneOrAskedForOrGoesToAnExpert(double probability, int annotationCount, StopState state) {
        assertThat(StopRule.defaults().state(probability, annotationCount)).isEqualTo(state);
    }

    @Test
    void aTargetTakesThePlaceOfTheThreshold() {
        StopRule rule = StopRule.defaults().withTarget(0.95);
        assertThat(rule.state(0.9, 3)).isEqualTo(StopState.ASK);
        assertThat(rule.state(0.95, 3)).isEqualTo(StopState.DONE);
        assertThat(StopRule.defaults().target()).isEmpty();
        assertThat(StopState.EXPERT.sqlName()).isEqualTo("expert");
    }

    @ParameterizedTest
    @CsvSource({
        "0, .60",
        "24.9, .60",
        "25, .65",
        "70, .70",
        "139, .70",
        "140, .75",
        "380, .80",
        "1000, .85",
        "2499, .85",
        "2500, .90"
    })
    void theThresholdFollowsFromThePriceOfAWrongLabel(double price, double threshold) {
        assertThat(StopRule.thresholdFor(price)).isEqualTo(threshold);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new StopRule(1, 3, 10, Double.NaN, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new StopRule(0, 3, 10, Double.NaN, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new StopRule(Double.NaN, 3, 10, Double.NaN, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new StopRule(0.8, 0, 10, Double.NaN, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new StopRule(0.8, 3, 2, Double.NaN, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StopRule.defaults().withTarget(1.2))
                .withMessageContaining("targetAccuracy is 1.2");
    }

    /** With all probabilities 0.8, 60 of 100 right: 60 - 100 σ(ln 4 + a) - a / 4 = 0. */
    @Test
    void goldMovesProbabilitiesTowardsTheShareOfRightLabels() {
        double[] probabilities = new double[100];
        Arrays.fill(probabilities, 0.8);
        GoldShift down = GoldShift.fit(probabilities, 60);
        assertThat(60 - 100 * down.apply(0.8) - down.a() / 4).isCloseTo(0, within(1e-9));
        assertThat(down.a()).isCloseTo(-0.9707073965512598, within(1e-9));
        assertThat(down.onlyDown()).isEqualTo(down);
        GoldShift up = GoldShift.fit(probabilities, 95);
        assertThat(up.a()).isCloseTo(1.482718545132211, within(1e-9));
        assertThat(up.onlyDown()).isEqualTo(GoldShift.NONE);
        assertThat(GoldShift.NONE.apply(0.123)).isEqualTo(0.123);
    }

    @Test
    void extremeProbabilitiesAreMovedAsTheirLimits() {
        double[] certain = new double[60];
        Arrays.fill(certain, 1);
        GoldShift shift = GoldShift.fit(certain, 30);
        assertThat(shift.a()).isBetween(-20.0, -10.0);
        assertThat(shift.apply(1)).isEqualTo(shift.apply(1 - 1e-7)).isBetween(0.0, 0.6);
        assertThat(GoldShift.fit(new double[0], 0).a()).isZero();
    }
}
