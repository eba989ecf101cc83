package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    private static void assertRefused(Runnable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call::run).withMessageContaining(message);
    }

    private static Annotations annotations(int[] offsets, int[] annotators, int[] labels) {
        return new Annotations(2, 3, offsets, annotators, labels);
    }

    @Test
    void annotationsRefuseWrongShapes() {
        int[] none = {};
        int[] zero = {0};
        assertRefused(() -> new Annotations(-1, 0, zero, none, none), "classCount is -1");
        assertRefused(() -> new Annotations(2, -1, zero, none, none), "annotatorCount -1");
        assertRefused(() -> annotations(new int[] {0, 1}, zero, none), "length 1 but labels has length 0");
        assertRefused(() -> annotations(none, none, none), "offsets must begin with 0");
        assertRefused(() -> annotations(new int[] {1, 1}, zero, zero), "offsets must begin with 0");
        assertRefused(() -> annotations(new int[] {0, 2}, zero, zero), "number of annotations, 1");
    }

    @Test
    void annotationsRefuseWrongRangesAndOrders() {
        assertRefused(() -> annotations(new int[] {0, 0, 1}, new int[] {0}, new int[] {0}), "from 0 to 0 at example 0");
        assertRefused(() -> annotations(new int[] {0, 5, 1}, new int[] {0}, new int[] {0}), "from 0 to 5 at example 0");
        assertRefused(
                () -> annotations(new int[] {0, 2}, new int[] {1, 1}, new int[] {0, 0}),
                "1 after 1 at example 0, position 1");
        assertRefused(() -> annotations(new int[] {0, 1}, new int[] {3}, new int[] {0}), "stay below 3");
        assertRefused(() -> annotations(new int[] {0, 1}, new int[] {-1}, new int[] {0}), "annotators holds -1");
        assertRefused(
                () -> annotations(new int[] {0, 1}, new int[] {0}, new int[] {2}),
                "labels holds 2 at example 0, position 0; it must be in 0 .. 1");
        assertRefused(() -> annotations(new int[] {0, 1}, new int[] {0}, new int[] {-1}), "labels holds -1");
    }

    @Test
    void predictionsRefuseWrongLengthsAndValues() {
        assertRefused(() -> new Predictions(2, 2, List.of(new double[3])), "3 probabilities; expected 2 examples");
        for (double value : new double[] {-0x1p-60, 1 + 0x1p-52, Double.NaN, Double.POSITIVE_INFINITY}) {
            double[] probabilities = {0, 1, 1, value};
            assertRefused(
                    () -> new Predictions(2, 2, List.of(new double[4], probabilities)),
                    "model 1 gives example 1 the probability " + value + " for class 1");
        }
    }

    @Test
    void optionsRefuseWhatCannotRun() {
        Options defaults = Options.defaults();
        assertRefused(
                () -> new Options(
                        List.of(), QualityMethod.CROWDLAB, LabelQualityScore.SELF_CONFIDENCE, false, false, 1, 1),
                "at least one");
        assertRefused(
                () -> defaults.withConsensus(ConsensusMethod.MAJORITY_VOTE, ConsensusMethod.MAJORITY_VOTE),
                "a method twice");
        assertRefused(() -> defaults.withWorkers(0, 1), "threads is 0");
        assertRefused(() -> defaults.withWorkers(1, 0), "blockSize is 0");
        assertRefused(
                () -> defaults.withScore(LabelQualityScore.CONFIDENCE_WEIGHTED_ENTROPY, true),
                "adjustPredictions does not go with confidence_weighted_entropy");
    }

    @Test
    void nothingMayBeNull() {
        assertThatNullPointerException().isThrownBy(() -> annotations(null, new int[0], new int[0]));
        assertThatNullPointerException()
                .isThrownBy(() -> Crowdlab.analyze(null, Predictions.none(0, 2), Options.defaults()));
    }

    @Test
    void defaultsAreTheBestQualityOfCrowdlab() {
        Options defaults = Options.defaults();
        assertThat(defaults.consensusMethods()).containsExactly(ConsensusMethod.BEST_QUALITY);
        assertThat(defaults.qualityMethod()).isEqualTo(QualityMethod.CROWDLAB);
        assertThat(defaults.labelQualityScore()).isEqualTo(LabelQualityScore.SELF_CONFIDENCE);
        assertThat(defaults.adjustPredictions()).isFalse();
        assertThat(defaults.calibratePredictions()).isFalse();
        assertThat(defaults.threads()).isPositive();
        assertThat(defaults.blockSize()).isEqualTo(4096);
    }

    @Test
    void rulesAreNamedAsInTheTables() {
        assertThat(TieBreak.CLASS_FREQUENCY.sqlName()).isEqualTo("class_frequency");
        for (TieBreak rule : TieBreak.values()) {
            assertThat(TieBreak.ofCode(rule.code())).isEqualTo(rule);
        }
    }
}
