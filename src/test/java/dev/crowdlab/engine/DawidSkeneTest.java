package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.annotator.MissingQualityReason;
import dev.crowdlab.engine.dawidskene.DawidSkeneEstimates;
import dev.crowdlab.engine.dawidskene.DawidSkeneModel;
import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.testing.Slow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DawidSkeneTest {

    private static final int DATA_SETS = Slow.cases(100, 400);

    /** Rounding grows from round to round where the likelihood is flat. */
    private static final Offset<Double> CLOSE = within(1e-4);

    /**
     * What five anaesthetists thought of 45 patients, the first of them three times; Dawid and Skene, Applied Statistics 28 (1979),
     * table 1.
     */
    private static final String TABLE_1 = """
            111 1 1 1 1,333 4 3 3 4,112 2 1 2 2,222 3 1 2 1,222 3 2 2 2,222 3 3 2 2,122 2 1 1 1,333 3 4 3 3,222 2 2 2 3,
            232 2 2 2 3,444 4 4 4 4,222 3 3 4 3,111 1 1 1 1,222 3 2 1 2,121 1 1 1 1,111 2 1 1 1,111 1 1 1 1,111 1 1 1 1,
            222 2 2 2 1,222 1 3 2 2,222 2 2 2 2,222 2 2 2 1,222 3 2 2 2,221 2 2 2 2,111 1 1 1 1,111 1 1 1 1,232 2 2 2 2,
            111 1 1 1 1,111 1 1 1 1,112 1 1 2 1,111 1 1 1 1,333 3 2 3 3,111 1 1 1 1,222 2 2 2 2,222 3 2 3 2,433 4 3 4 3,
            221 2 2 3 2,232 3 2 3 3,333 3 4 3 2,111 1 1 1 1,111 1 1 1 1,121 2 1 1 1,232 2 2 2 2,121 1 1 1 1,222 2 2 2 2
            """;

    private static List<int[]> table1() {
        List<int[]> rows = new ArrayList<>();
        String[] patients = TABLE_1.replace("\n", "").split(",");
        for (int patient = 0; patient < patients.length; patient++) {
            String[] observers = patients[patient].split(" ");
            for (int observer = 0; observer < observers.length; observer++) {
                for (char label : observers[observer].toCharArray()) {
                    rows.add(new int[] {patient, observer, label - '1'});
                }
            }
        }
        return rows;
    }

    private static Stream<DataSet> dataSets(int largestExampleCount) {
        return LongStream.range(0, DATA_SETS)
                .mapToObj(seed -> RandomDataSets.of(seed, largestExampleCount, 9))
                .filter(data -> data.annotations().largestSize() > 1);
    }

    /** The authors' tables 2 and 3: class shares, and the matrix of the first observer, to two digits. */
    @Test
    void theNaiveFormGivesTheResultsOfTheAuthors() {
        NaiveDawidSkene naive = new NaiveDawidSkene(new int[] {45, 5, 4}, table1(), 0);
        double[][] first = {{0.89, 0.11, 0, 0}, {0.07, 0.88, 0.05, 0}, {0, 0.34, 0.66, 0}, {0, 0, 0.56, 0.44}};
        assertThat(naive.shares).containsExactly(new double[] {0.40, 0.42, 0.11, 0.07}, within(0.005));
        for (int label = 0; label < 4; label++) {
            assertThat(naive.confusion[0][label]).containsExactly(first[label], within(0.005));
        }
    }

    /** The three times of the first observer count as three observers. */
    @Test
    void theEngineIsCloseToTheResultsOfTheAuthors() {
        List<int[]> rows = table1();
        for (int row = 0; row < rows.size(); row++) {
            rows.get(row)[1] = row % 7;
        }
        Annotations annotations = Annotations.of(4, 7, rows.toArray(new int[0][]));
        Analysis analysis = DawidSkene.analyze(annotations, Options.defaults());
        DawidSkeneEstimates estimates = analysis.dawidSkene().orElseThrow();
        double[] shares = {0.40, 0.42, 0.11, 0.07};
        for (int label = 0; label < 4; label++) {
            assertThat(estimates.classShare(label)).isCloseTo(shares[label], within(0.03));
        }
        assertThat(estimates.isConverged()).isTrue();
        assertThat(analysis.published().label(1)).isEqualTo(3);
        assertThat(analysis.published().quality(1)).isCloseTo(1, within(0.01));
    }

    @Test
    void theEngineIsWhatTheFormulasSay() {
        compare(dataSets(40), GoldUse.NONE);
    }

    @Test
    void soItIsWithGold() {
        compare(dataSets(40).map(data -> data.withGold(5)), GoldUse.FIX);
    }

    @Test
    void soItIsWhereAnnotatorsAbstain() {
        compare(dataSets(40).map(data -> data.withAbstentions(0.3, 4)), GoldUse.NONE);
    }

    private static void compare(Stream<DataSet> dataSets, GoldUse gold) {
        int unstable = 0;
        for (DataSet data : dataSets.toList()) {
            NaiveDawidSkene naive = naive(data, DawidSkeneModel.SMOOTHING);
            DataSet labels = DataSet.of(
                    data.annotations().classCount(), data.annotations().annotatorCount(), data.rows(), List.of());
            Analysis analysis = new DataSet(labels.annotations(), labels.predictions(), data.gold(), data.abstentions())
                    .analyze(Options.defaults()
                            .withConsensus(ConsensusMethod.DAWID_SKENE)
                            .withGold(gold));
            DawidSkeneEstimates estimates = analysis.dawidSkene().orElseThrow();
            assertThat(estimates.roundCount()).isBetween(naive.rounds - 1, naive.rounds + 1);
            if (estimates.roundCount() == naive.rounds
                    && isStable(naive, naive(data, DawidSkeneModel.SMOOTHING * (1 + 1e-9)))) {
                compare(naive, estimates, data.annotations().classCount());
                compare(naive, analysis.published());
                compareAnnotations(naive, analysis, data.rows());
            } else {
                unstable += 1;
            }
        }
        assertThat(unstable).isLessThan(DATA_SETS / 20);
    }

    private static NaiveDawidSkene naive(DataSet data, double smoothing) {
        Annotations annotations = data.annotations();
        int answerKinds = data.slice().answers().classCount();
        int[] size = {annotations.exampleCount(), annotations.annotatorCount(), answerKinds};
        return new NaiveDawidSkene(size, annotations.classCount(), data.answers(), smoothing, data.gold());
    }

    /** Where labels are symmetric, rounding decides between two solutions. */
    private static boolean isStable(NaiveDawidSkene naive, NaiveDawidSkene disturbed) {
        double greatest = 0;
        for (int example = 0; example < naive.posterior.length; example++) {
            for (int label = 0; label < naive.shares.length; label++) {
                double change = naive.posterior[example][label] - disturbed.posterior[example][label];
                greatest = Math.max(greatest, Math.abs(change));
            }
        }
        return greatest < 1e-6;
    }

    private static void compareAnnotations(NaiveDawidSkene naive, Analysis analysis, List<int[]> rows) {
        for (int position = 0; position < rows.size(); position++) {
            int[] row = rows.get(position);
            assertThat(analysis.annotationQuality(position)).isCloseTo(naive.posterior[row[0]][row[2]], CLOSE);
        }
    }

    private static void compare(NaiveDawidSkene naive, DawidSkeneEstimates estimates, int classCount) {
        for (int label = 0; label < classCount; label++) {
            double share = estimates.classShare(label);
            assertThat(share).isCloseTo(naive.shares[label], CLOSE);
            for (int annotator = 0; annotator < naive.confusion.length; annotator++) {
                for (int given = 0; given < naive.shares.length; given++) {
                    assertThat(share * estimates.confusion(annotator, label, given))
                            .isCloseTo(share * naive.confusion[annotator][label][given], CLOSE);
                }
            }
        }
    }

    private static void compare(NaiveDawidSkene naive, Consensus consensus) {
        for (int example = 0; example < naive.posterior.length; example++) {
            double[] posterior = naive.posterior[example];
            int label = consensus.label(example);
            assertThat(posterior[label]).isCloseTo(highest(posterior), CLOSE);
            assertThat(consensus.quality(example)).isCloseTo(posterior[label], CLOSE);
        }
    }

    private static double highest(double[] values) {
        double highest = 0;
        for (double value : values) {
            highest = Math.max(highest, value);
        }
        return highest;
    }

    @Test
    void annotatorsAreJudgedByThePosteriorOfTheirLabels() {
        Annotations annotations = Annotations.of(
                2, 3, new int[][] {{0, 0, 0}, {0, 1, 0}, {1, 0, 1}, {1, 1, 1}, {2, 0, 0}, {2, 1, 0}, {3, 2, 1}});
        Analysis analysis = DawidSkene.analyze(annotations, Options.defaults());
        AnnotatorStatistics annotators = analysis.annotators();
        double sum = 0;
        for (int example = 0; example < 3; example++) {
            sum += analysis.annotationQuality(annotations.position(example, 0));
        }
        assertThat(annotators.quality(0)).isCloseTo(sum / 3, within(1e-15));
        assertThat(annotators.quality(2)).isNaN();
        assertThat(annotators.qualityReason(2)).contains(MissingQualityReason.NO_MULTI_ANNOTATED_EXAMPLE);
        assertThat(annotators.weight(0)).isNaN();
        assertThat(analysis.consensusLikelihood()).isEqualTo(1);
    }

    @Test
    void predictionsDoNotMatter() {
        dataSets(30)
                .filter(data -> data.predictions().modelCount() > 0)
                .limit(50)
                .forEach(data -> {
                    Analysis with = data.analyze(Options.defaults().withConsensus(ConsensusMethod.DAWID_SKENE));
                    Analysis without = DawidSkene.analyze(data.annotations(), Options.defaults());
                    assertThat(with.published().meanQuality())
                            .isEqualTo(without.published().meanQuality());
                    assertThat(with.estimates().modelWeight(0)).isNaN();
                });
    }

    @Test
    void otherMethodsHaveNoMatrices() {
        DataSet data = RandomDataSets.of(3, 40, 9);
        assertThat(data.analyze(Options.defaults()).dawidSkene()).isEmpty();
    }

    @Test
    void whatCannotBeEstimatedIsRefused() {
        Annotations single = Annotations.of(2, 1, new int[][] {{0, 0, 0}, {1, 0, 1}});
        assertThatExceptionOfType(UnusableInputException.class)
                .isThrownBy(() -> DawidSkene.analyze(single, Options.defaults()))
                .withMessageContaining("nothing to estimate quality from");
        Annotations large = Annotations.of(5_000, 3, new int[][] {{0, 0, 0}, {0, 1, 1}});
        assertThatExceptionOfType(UnusableInputException.class)
                .isThrownBy(() -> DawidSkene.analyze(large, Options.defaults()))
                .withMessage("Dawid and Skene's method keeps a matrix of 5000 × 5000 classes for each of 3 annotators,"
                        + " 75000000 numbers in all; at most 50000000 are taken. Choose another consensus method.");
    }
}
