package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.crowdlab.engine.annotator.ConfusionCounts;
import dev.crowdlab.engine.annotator.MissingQualityReason;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.engine.quality.LabelQualityScore;
import dev.crowdlab.engine.quality.QualityMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class CrowdlabTest {

    /** Builds a data set: one string per example, one character per annotator, a digit for a label, '-' for none. */
    private static DataSet data(int classCount, List<String> examples, double[]... models) {
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < examples.size(); example++) {
            for (int annotator = 0; annotator < examples.get(example).length(); annotator++) {
                int label = Character.digit(examples.get(example).charAt(annotator), 10);
                if (label >= 0) {
                    rows.add(new int[] {example, annotator, label});
                }
            }
        }
        return DataSet.of(classCount, examples.get(0).length(), rows, List.of(models));
    }

    private static Options options(ConsensusMethod method) {
        return Options.defaults().withConsensus(method).withThreads(1, 4096);
    }

    private static Analysis majority(DataSet data) {
        return data.analyze(options(ConsensusMethod.MAJORITY_VOTE));
    }

    private static void assertDecided(Analysis analysis, int example, int label, TieBreak rule) {
        assertThat(analysis.majorityVote()[example]).isEqualTo(label);
        assertThat(analysis.majorityRule(example)).isEqualTo(rule);
        assertThat(analysis.published().label(example)).isEqualTo(label);
        assertThat(analysis.published().tieBreak(example)).isEqualTo(rule == TieBreak.VOTES ? TieBreak.NONE : rule);
    }

    @Test
    void mostVotesWin() {
        assertDecided(majority(data(2, List.of("110"))), 0, 1, TieBreak.VOTES);
    }

    /** The example of cleanlab.md: every class is missing somewhere, and still nobody's vote moves to another class. */
    @Test
    void votesCountForTheirOwnClassWhereOthersAreMissing() {
        DataSet data = data(3, List.of("222", "001", "111"));
        for (ConsensusMethod method : List.of(ConsensusMethod.BEST_QUALITY, ConsensusMethod.MAJORITY_VOTE)) {
            Analysis analysis = data.analyze(options(method).withQuality(QualityMethod.AGREEMENT));
            Consensus consensus = analysis.published();
            assertThat(new int[] {consensus.label(0), consensus.label(1), consensus.label(2)})
                    .containsExactly(2, 0, 1);
            assertThat(new double[] {consensus.quality(0), consensus.quality(1), consensus.quality(2)})
                    .containsExactly(1, 2 / 3.0, 1);
            assertThat(analysis.review().unvotedCount()).isZero();
        }
    }

    @Test
    void tiesGoToTheClassTheModelsPrefer() {
        DataSet data = data(3, List.of("01"), new double[] {0.3, 0.2, 0.5}, new double[] {0.1, 0.6, 0.3});
        assertDecided(majority(data), 0, 1, TieBreak.MODEL);
    }

    @Test
    void thenToTheRarerClass() {
        assertDecided(majority(data(2, List.of("01", "0-"))), 0, 1, TieBreak.CLASS_FREQUENCY);
    }

    @Test
    void thenToTheMoreAccurateAnnotators() {
        // Both classes have five votes; annotator 0 was always right, annotator 1 once of twice.
        DataSet data = data(2, List.of("101", "000", "10-", "--1", "--1"));
        assertDecided(majority(data), 2, 1, TieBreak.ANNOTATOR_ACCURACY);
    }

    @Test
    void anAnnotatorWithoutClearExamplesCountsAsTheMeanOfTheOthers() {
        // Both classes have five votes; annotator 3 counts as 5/6, the mean of 1, 1/2 and 1, against annotator 1's 1/2.
        DataSet data = data(2, List.of("101-", "000-", "-0-1", "--1-", "--1-"));
        assertDecided(majority(data), 2, 1, TieBreak.ANNOTATOR_ACCURACY);
    }

    @Test
    void atLastToTheLowestClass() {
        assertDecided(majority(data(2, List.of("10"))), 0, 0, TieBreak.CLASS_ORDER);
    }

    @Test
    void aSharedPosteriorKeepsTheMajorityAndItsRule() {
        Analysis analysis = data(2, List.of("01", "10"), new double[] {0.5, 0.5, 0.5, 0.5})
                .analyze(options(ConsensusMethod.BEST_QUALITY));
        assertDecided(analysis, 0, 0, TieBreak.CLASS_ORDER);
        assertThat(analysis.changedAgainstMajority()).isZero();
    }

    @Test
    void aSureModelOverrulesTheMajority() {
        // The model is right on every clear example, the annotators are not.
        double[] model = {1, 0, 0, 1, 1, 0, 0, 1, 1, 0};
        DataSet data = data(2, List.of("001", "110", "001", "110", "011"), model);
        Analysis analysis = data.analyze(options(ConsensusMethod.BEST_QUALITY));
        assertThat(analysis.majorityVote()[4]).isEqualTo(1);
        assertThat(analysis.published().label(4)).isZero();
        assertThat(analysis.published().tieBreak(4)).isEqualTo(TieBreak.NONE);
        assertThat(analysis.changedAgainstMajority()).isEqualTo(1);
    }

    @Test
    void withoutModelsTheConsensusIsTheMajorityAndQualityItsAgreement() {
        Analysis analysis = data(2, List.of("001", "110", "0--")).analyze(options(ConsensusMethod.BEST_QUALITY));
        assertThat(analysis.modelCount()).isZero();
        assertThat(analysis.changedAgainstMajority()).isZero();
        assertThat(analysis.published().quality(0)).isEqualTo(2.0 / 3);
        assertThat(analysis.annotators().weight(0)).isNaN();
        assertThat(analysis.annotators().quality(0)).isEqualTo(1);
        assertThat(analysis.annotators().quality(2)).isZero();
        assertThat(analysis.consensusLikelihood()).isEqualTo(2.0 / 3);
    }

    @Test
    void oneAnnotationEachIsScoredByTheModelsAlone() {
        DataSet data = data(2, List.of("0-", "-1", "1-"), new double[] {0.5, 0.5, 0.25, 0.75, 0.5, 0.5}, new double[] {
            0.75, 0.25, 0.5, 0.5, 0.25, 0.75
        });
        for (QualityMethod method : QualityMethod.values()) {
            Analysis analysis =
                    data.analyze(Options.defaults().withQuality(method).withThreads(1, 2));
            assertThat(analysis.singleAnnotationOnly()).isTrue();
            assertDecided(analysis, 1, 1, TieBreak.VOTES);
            assertThat(analysis.published().quality(0)).isEqualTo(0.625);
            assertThat(analysis.published().agreement(0)).isEqualTo(1);
            assertThat(analysis.annotators().quality(0)).isEqualTo(0.625);
            assertThat(analysis.annotators().qualityReason(0)).isEmpty();
            assertThat(analysis.annotators().weight(0)).isNaN();
            assertThat(analysis.annotators().agreementImputed(0)).isFalse();
            assertThat(analysis.modelWeight(0)).isNaN();
            assertThat(analysis.consensusLikelihood()).isNaN();
            assertThat(analysis.flooredAnnotatorCount()).isZero();
        }
    }

    @Test
    void anAnnotatorAloneOnItsExamplesHasNoQuality() {
        DataSet data = data(2, List.of("00-", "11-", "--1"), new double[] {1, 0, 0, 1, 0, 1});
        AnnotatorStatistics annotators = data.analyze(Options.defaults()).annotators();
        assertThat(annotators.quality(2)).isNaN();
        assertThat(annotators.qualityReason(2)).contains(MissingQualityReason.NO_MULTI_ANNOTATED_EXAMPLE);
        assertThat(annotators.qualityReason(0)).isEmpty();
        assertThat(annotators.agreementImputed(2)).isTrue();
        assertThat(annotators.agreementImputed(0)).isFalse();
        assertThat(annotators.agreementWithAnnotators(2)).isEqualTo(1);
    }

    @Test
    void anAnnotatorWithoutLabelsIsLeftOutOfEveryMean() {
        Annotations three = new Annotations(2, 3, new int[] {0, 2, 3}, new int[] {0, 2, 0}, new int[] {0, 0, 1});
        Annotations two = new Annotations(2, 2, new int[] {0, 2, 3}, new int[] {0, 1, 0}, new int[] {0, 0, 1});
        Predictions predictions = new Predictions(2, 2, List.of(new double[] {1, 0, 0.5, 0.5}));
        AnnotatorStatistics with =
                Crowdlab.analyze(three, predictions, Options.defaults()).annotators();
        AnnotatorStatistics without =
                Crowdlab.analyze(two, predictions, Options.defaults()).annotators();
        assertThat(with.quality(0)).isEqualTo(without.quality(0));
        assertThat(with.labelCount(1)).isZero();
        assertThat(with.worstClass(1)).isEqualTo(-1);
        assertThat(with.weight(1)).isNaN();
        assertThat(with.quality(1)).isNaN();
    }

    @Test
    void confusionHoldsOnlyWhatOccurs() {
        ConfusionCounts confusion = data(3, List.of("002", "00-", "220"))
                .analyze(Options.defaults())
                .confusion();
        assertThat(confusion.size()).isEqualTo(6);
        long[] counts = new long[6];
        Arrays.setAll(
                counts,
                cell -> confusion.annotator(cell) * 1000
                        + confusion.consensusClass(cell) * 100
                        + confusion.givenClass(cell) * 10
                        + confusion.count(cell));
        assertThat(counts).containsExactly(2, 221, 1002, 1221, 2021, 2201);
    }

    @Test
    void noExamplesButModelsGiveAnEmptyAnalysis() {
        Annotations none = new Annotations(2, 0, new int[] {0}, new int[0], new int[0]);
        Analysis analysis = Crowdlab.analyze(none, new Predictions(0, 2, List.of(new double[0])), Options.defaults());
        assertThat(analysis.majorityVote()).isEmpty();
        assertThat(analysis.published().meanQuality()).isNaN();
    }

    @Test
    void refusesOneClass() {
        assertThatThrownBy(() -> data(1, List.of("00")).analyze(Options.defaults()))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("fewer than two")
                .hasMessageEndingWith("Name the classes, or wait for other labels.");
    }

    @Test
    void refusesMoreClassesThanAShortHolds() {
        assertThatThrownBy(() ->
                        Crowdlab.analyze(Annotations.none(40_000), Predictions.none(0, 40_000), Options.defaults()))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("40000 classes; at most 32767");
    }

    @Test
    void aThousandClassesNeitherTakeSquaresOfTimeNorOfMemory() {
        int exampleCount = 3_000;
        int classCount = 1_000;
        List<int[]> rows = new ArrayList<>();
        double[] probabilities = new double[exampleCount * classCount];
        for (int example = 0; example < exampleCount; example++) {
            for (int annotator = 0; annotator < 3; annotator++) {
                rows.add(new int[] {example, annotator + example % 97, (example * 7 + annotator / 2) % classCount});
            }
            Arrays.fill(probabilities, example * classCount, (example + 1) * classCount, 0.5 / classCount);
            probabilities[example * classCount + example * 7 % classCount] += 0.5;
        }
        DataSet data = DataSet.of(classCount, 100, rows, List.of(probabilities));
        Options everything = Options.defaults()
                .withScore(LabelQualityScore.NORMALIZED_MARGIN, true)
                .withCalibration(true);
        Analysis analysis = assertTimeout(Duration.ofSeconds(60), () -> data.analyze(everything));
        for (int example = 0; example < exampleCount; example++) {
            assertThat(analysis.published().label(example)).isEqualTo(example * 7 % classCount);
        }
        assertThat(analysis.confusion().size()).isLessThanOrEqualTo(rows.size());
    }

    @Test
    void refusesDataWithNeitherOverlapNorModels() {
        assertThatThrownBy(() -> data(2, List.of("0-", "-1")).analyze(Options.defaults()))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("no predictions");
    }

    @Test
    void refusesPredictionsOfAnotherShape() {
        Annotations annotations = data(2, List.of("01")).annotations();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Crowdlab.analyze(annotations, Predictions.none(2, 2), Options.defaults()))
                .withMessageContaining("1 examples and 2 classes, predictions 2 and 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Crowdlab.analyze(annotations, Predictions.none(1, 3), Options.defaults()));
    }

    @Test
    void anInterruptedCallerStopsAndStaysInterrupted() {
        DataSet data = data(2, List.of("01"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> data.analyze(Options.defaults())).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
