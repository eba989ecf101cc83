package dev.crowdlab.dataset;

import static dev.crowdlab.dataset.InputRows.probabilities;
import static dev.crowdlab.dataset.InputRows.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.dataset.rejection.RejectedRow;
import dev.crowdlab.dataset.rejection.RejectionReason;
import org.junit.jupiter.api.Test;

class ProbabilitiesTest {

    private static Dataset predicting(double no, double yes) {
        return new InputRows()
                .annotation("e", "a", "no")
                .prediction("e", "m", "no", no)
                .prediction("e", "m", "yes", yes)
                .dataset(rules("no", "yes"));
    }

    private static void assertTakenAs(Dataset dataset, double no, double yes, int renormalized) {
        assertThat(dataset.rejected().count()).isZero();
        assertThat(probabilities(dataset, 0, 0)).containsExactly(no, yes);
        assertThat(dataset.counts().renormalized()).isEqualTo(renormalized);
    }

    private static void assertRefused(Dataset dataset, RejectionReason reason) {
        assertThat(dataset.rejected().rows())
                .extracting(RejectedRow::reason)
                .containsExactly(RejectionReason.NO_PREDICTION, reason, reason);
        assertThat(dataset.examples().size()).isZero();
        assertThat(dataset.counts().renormalized()).isZero();
    }

    @Test
    void sumsNearOneAreTakenAsTheyAre() {
        // 2^-20 is less than 1e-6, and every sum here is exact
        assertTakenAs(predicting(0.5, 0.5 + 0x1p-20), 0.5, 0.5 + 0x1p-20, 0);
        assertTakenAs(predicting(0.5, 0.5 - 0x1p-20), 0.5, 0.5 - 0x1p-20, 0);
    }

    @Test
    void sumsALittleOffAreDivided() {
        // 2^-19 is more than 1e-6, 2^-10 less than 1e-3
        assertTakenAs(predicting(0, 1 - 0x1p-19), 0, 1, 1);
        assertTakenAs(predicting(0, 1 - 0x1p-10), 0, 1, 1);
        assertTakenAs(predicting(0.5, 0.5 + 0x1p-10), 0.5 / (1 + 0x1p-10), (0.5 + 0x1p-10) / (1 + 0x1p-10), 1);
    }

    @Test
    void sumsFarOffAreRefused() {
        // 2^-10 + 2^-15 is 1.007e-3
        assertRefused(predicting(0, 1 - 0x1p-10 - 0x1p-15), RejectionReason.PROBABILITY_SUM);
        assertRefused(predicting(0.5, 0.5 + 0x1p-10 + 0x1p-15), RejectionReason.PROBABILITY_SUM);
        assertRefused(predicting(0, 0), RejectionReason.PROBABILITY_SUM);
    }

    @Test
    void valuesALittleOutsideAreClampedBeforeTheyAreSummed() {
        assertTakenAs(predicting(-1e-6, 1 + 1e-6), 0, 1, 0);
        assertTakenAs(predicting(0, 1 + 1e-6), 0, 1, 0);
        assertTakenAs(predicting(-1e-6, 1), 0, 1, 0);
    }

    @Test
    void valuesFurtherOutsideAreRefused() {
        assertRefused(predicting(Math.nextDown(-1e-6), 1), RejectionReason.BAD_PROBABILITY);
        assertRefused(predicting(0, Math.nextUp(1 + 1e-6)), RejectionReason.BAD_PROBABILITY);
    }

    @Test
    void negativeZeroIsZero() {
        Dataset dataset = predicting(-0.0, 1);
        assertThat(Double.doubleToRawLongBits(dataset.predictions().probability(0, 0, 0)))
                .isZero();
    }

    @Test
    void arraysFollowTheSameRules() {
        InputRows rows = new InputRows();
        for (String example : new String[] {"e1", "e2", "e3", "e4"}) {
            rows.annotation(example, "a", "no");
        }
        rows.array("e1", "m", 0, 1 - 0x1p-10).array("e2", "m", -1e-6, 1).array("e3", "m", 0.5, 0.5 + 0x1p-20);
        rows.array("e4", "m", 0, 1 - 0x1p-10 - 0x1p-15);
        Dataset dataset = rows.dataset(rules("no", "yes"));
        assertThat(dataset.examples().texts()).containsExactly("e1", "e2", "e3");
        assertThat(probabilities(dataset, 0, 0)).containsExactly(0, 1);
        assertThat(probabilities(dataset, 0, 1)).containsExactly(0, 1);
        assertThat(probabilities(dataset, 0, 2)).containsExactly(0.5, 0.5 + 0x1p-20);
        assertThat(dataset.counts().renormalized()).isEqualTo(1);
    }

    @Test
    void predictionsOfUnlabeledExamplesCountAsDividedToo() {
        Dataset dataset = new InputRows()
                .annotation("e", "a", "no")
                .predicted("e")
                .prediction("unlabeled", "m", "no", 0)
                .prediction("unlabeled", "m", "yes", 0.9995)
                .dataset(rules("no", "yes"));
        assertThat(dataset.counts()).isEqualTo(new InputCounts(1, 4, 0, 0, 1, 1, 0, 0, 0, null));
    }
}
