package dev.crowdlab.engine.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.crowdlab.engine.ActiveLab;
import dev.crowdlab.engine.AnalysisRunner;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.annotator.Confusion;
import dev.crowdlab.engine.annotator.ConfusionLayout;
import dev.crowdlab.engine.annotator.ConfusionTally;
import dev.crowdlab.engine.quality.LabelQualityScore;
import dev.crowdlab.engine.quality.QualityMethod;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertRefused(() -> annotations(none, none, none), "offsets is empty");
        assertRefused(() -> annotations(new int[] {1, 1}, zero, zero), "offsets begins with 1");
        assertRefused(() -> annotations(new int[] {0, 2}, zero, zero), "ends with 2; it must begin with 0 and end");
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0,0    | row 0 has 2 numbers; it must have 3: example, annotator, class
            0,0,2  | row 0 holds class 2; it must be at least 0 and below 2
            0,3,0  | row 0 holds annotator 3; it must be at least 0 and below 3
            0,-1,0 | row 0 holds annotator -1; it must be at least 0 and below 3
            -1,0,0 | row 0 holds example -1; it must be at least 0 and below 3, since every example needs a row
            3,0,0  | row 0 holds example 3; it must be at least 0 and below 3, since every example needs a row
            2,0,0  | example 1 has no row, but example 2 has; number the examples that have rows from 0 on
            0,2,1  | annotator 2 labels example 0 twice, as 1 and 0; give it one label
            """)
    void rowsAreRefusedByNumberAndValue(String row, String message) {
        int[] numbers =
                Arrays.stream(row.split(",")).mapToInt(Integer::parseInt).toArray();
        int[][] rows = {numbers, {0, 2, 0}, {0, 1, 1}};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Annotations.of(2, 3, rows))
                .withMessage(message);
    }

    @Test
    void predictionsRefuseRowsOfSeveralLengths() {
        double[][] two = {{0, 1}, {1, 0}};
        assertRefused(Predictions::of, "there are 0 models, and no examples");
        assertRefused(() -> Predictions.of(new double[0][]), "there are 1 models, and no examples");
        assertRefused(() -> Predictions.of(two, new double[][] {{0, 1}}), "model 1 has 1 examples, model 0 has 2");
        assertRefused(
                () -> Predictions.of(new double[][] {{0, 1}, {1}}),
                "model 0 gives example 1 1 probabilities; expected one for each of 2 classes");
        assertRefused(() -> Predictions.of(two, new double[][] {{0, 1}, {1, 2}}), "model 1 gives example 1");
        assertRefused(
                () -> Predictions.of(two, new double[][] {{0, 1}, {0.5, 0.25}}),
                "model 1 gives example 1 probabilities that sum to 0.75; they must sum to 1 within 0.001");
        assertRefused(
                () -> Predictions.of(new double[][] {{0, 0}}), "model 0 gives example 0 probabilities that sum to 0.0");
        assertRefused(
                () -> Predictions.of(new double[][] {{1, 1}, {0.9, 0.9}}), "example 0 probabilities that sum to 2.0");
    }

    @Test
    void predictionsRefuseMoreThanAnArrayHolds() {
        double[][] rows = new double[1 << 16][];
        Arrays.fill(rows, new double[1 << 15]);
        assertRefused(() -> Predictions.of(rows), "65536 examples × 32768 classes; an array holds at most 2147483647");
    }

    @Test
    void predictionsRefuseWrongLengthsAndValues() {
        assertRefused(() -> Predictions.none(-1, 2), "exampleCount is -1 and classCount 2");
        assertRefused(() -> Predictions.none(1, -2), "classCount -2; neither may be negative");
        assertRefused(() -> new Predictions(2, 2, List.of(new double[3])), "3 probabilities; expected 2 examples");
        for (double value : new double[] {-0x1p-60, 1 + 0x1p-52, Double.NaN, Double.POSITIVE_INFINITY}) {
            double[] probabilities = {0, 1, 1, value};
            assertRefused(
                    () -> new Predictions(2, 2, List.of(new double[4], probabilities)),
                    "model 1 gives example 1 the probability " + value + " for class 1");
        }
    }

    @Test
    void predictionsRefuseChunksThatAreTooFewOrTooShort() {
        double[] row = {0, 1};
        assertRefused(() -> Predictions.ofChunks(1, 2, -1, List.of()), "chunkBits is -1; it must be in 0 .. 31");
        assertRefused(() -> Predictions.ofChunks(1, 2, 32, List.of()), "chunkBits is 32; it must be in 0 .. 31");
        assertRefused(
                () -> Predictions.ofChunks(2, 2, 0, List.<double[][]>of(new double[][] {row})),
                "model 0 has no 2 probabilities in chunk 1 of 2^0 examples");
        assertRefused(
                () -> Predictions.ofChunks(3, 2, 1, List.of(new double[2][4], new double[][] {new double[4], {0}})),
                "model 1 has no 2 probabilities in chunk 1 of 2^1 examples");
        assertRefused(
                () -> Predictions.ofChunks(2, 2, 0, List.<double[][]>of(new double[][] {row, {0, 2}})),
                "model 0 gives example 1 the probability 2.0 for class 1");
        double[][] longer = {row, {1, 0, Double.NaN}, {Double.NaN}};
        assertThat(Predictions.ofChunks(2, 2, 0, List.<double[][]>of(longer)).probability(0, 1, 0))
                .isEqualTo(1);
    }

    @Test
    void runnersOfTooManyAnnotationsAreRefused() {
        AnalysisRunner most = new SizeOnly(new Dimensions(3, Integer.MAX_VALUE, 9, 2, 1, 4));
        assertThatExceptionOfType(ReachedException.class).isThrownBy(() -> Crowdlab.estimate(most, Options.defaults()));
        assertThatExceptionOfType(ReachedException.class).isThrownBy(() -> ActiveLab.score(most, most));
        AnalysisRunner more = new SizeOnly(new Dimensions(3, Integer.MAX_VALUE + 1L, 9, 2, 1, 4));
        String message = "There are 2147483648 annotations; at most 2147483647 are taken. Split the data set.";
        assertThatExceptionOfType(UnusableInputException.class)
                .isThrownBy(() -> Crowdlab.estimate(more, Options.defaults()))
                .withMessage(message);
        assertThatExceptionOfType(UnusableInputException.class)
                .isThrownBy(() -> ActiveLab.score(more, most))
                .withMessage(message);
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
        assertRefused(() -> defaults.withThreads(0, 1), "threads is 0");
        assertRefused(() -> defaults.withThreads(1, 0), "blockSize is 0");
        assertRefused(
                () -> defaults.withScore(LabelQualityScore.CONFIDENCE_WEIGHTED_ENTROPY, true),
                "adjustPredictions does not go with confidence_weighted_entropy");
    }

    @Test
    void nothingMayBeNull() {
        assertThatNullPointerException().isThrownBy(() -> annotations(null, new int[0], new int[0]));
        assertThatNullPointerException()
                .isThrownBy(() -> Crowdlab.analyze(null, Predictions.none(0, 2), Options.defaults()));
        assertThatNullPointerException().isThrownBy(() -> new Predictions(0, 2, null));
        assertThatNullPointerException().isThrownBy(() -> Options.defaults().withQuality(null));
        assertThatNullPointerException().isThrownBy(() -> Options.defaults().withScore(null, true));
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

    /** Says how large its data set is, and has none. */
    private record SizeOnly(Dimensions dimensions) implements AnalysisRunner {

        @Override
        public <S extends Mergeable<S>> S run(String phase, Pass<S> pass) {
            throw new ReachedException();
        }

        @Override
        public Confusion confusion(ConfusionLayout layout, ConfusionTally tally, Column<ConsensusLabels> consensus) {
            throw new ReachedException();
        }
    }

    /** The dimensions were accepted. */
    private static final class ReachedException extends RuntimeException {}
}
