package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.committee.CommitteeSample;
import dev.crowdlab.engine.committee.ExpertEstimate;
import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.numeric.BetaDistribution;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.engine.quality.Interval;
import dev.crowdlab.testing.Slow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

public class CommitteeTest {

    private static final Offset<Double> CLOSE = within(1e-6);

    /** Where a change is as close as this to the one at which rounds end, rounding decides whether there is one more. */
    private static final double CLOSE_END = 1e-6;

    private static final Offset<Double> THREE_DIGITS = within(5e-4);
    private static final Options OPTIONS = Options.defaults().withThreads(1, 7);

    private static Stream<DataSet> dataSets(int count) {
        return LongStream.range(0, count)
                .mapToObj(seed -> RandomDataSets.of(seed, 40, 9))
                .filter(data -> data.annotations().largestSize() > 1
                        || data.predictions().modelCount() > 0);
    }

    private static Analysis analyze(DataSet data) {
        return Committee.analyze(data.annotations(), data.predictions(), OPTIONS);
    }

    /** Labels of two classes, by example and annotator. */
    private static Analysis analyze(int exampleCount, int classCount, int annotatorCount, IntBinaryOperator label) {
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < exampleCount; example++) {
            for (int annotator = 0; annotator < annotatorCount; annotator++) {
                rows.add(new int[] {example, annotator, label.applyAsInt(example, annotator)});
            }
        }
        return analyze(DataSet.of(classCount, annotatorCount, rows, List.of()));
    }

    private static void assertAnnotators(Analysis analysis, double... means) {
        for (int annotator = 0; annotator < means.length; annotator++) {
            assertThat(analysis.annotators().quality(annotator)).isCloseTo(means[annotator], THREE_DIGITS);
            Interval interval = analysis.annotators().qualityInterval(annotator);
            assertThat(interval.lower()).isBetween(0.0, means[annotator]);
            assertThat(interval.upper()).isBetween(means[annotator], 1.0);
        }
    }

    @Test
    void theCommitteeIsWhatTheFormulasSay() {
        dataSets(Slow.cases(60, 300)).forEach(CommitteeTest::compare);
    }

    @Test
    void soItIsWithGold() {
        dataSets(Slow.cases(60, 300))
                .map(data -> data.withGold(7))
                .forEach(data -> compare(data, OPTIONS.withGold(GoldUse.FIX)));
        dataSets(Slow.cases(3, 16))
                .map(data -> spread(data, 13, 70).withGold(8))
                .forEach(data -> compare(data, OPTIONS.withGold(GoldUse.FIX)));
    }

    @Test
    void soItIsWhereAnnotatorsAbstain() {
        dataSets(Slow.cases(60, 300)).map(data -> data.withAbstentions(0.2, 9)).forEach(CommitteeTest::compare);
        dataSets(Slow.cases(30, 300))
                .map(data -> data.withAbstentions(0.5, 10).withGold(7))
                .forEach(data -> compare(data, OPTIONS.withGold(GoldUse.FIX)));
        dataSets(Slow.cases(3, 16))
                .map(data -> spread(data, 13, 70).withAbstentions(0.3, 11))
                .forEach(CommitteeTest::compare);
    }

    private static void compare(DataSet data) {
        compare(data, OPTIONS);
    }

    private static void compare(DataSet data, Options options) {
        Analysis analysis =
                data.analyze(options.withConsensus(ConsensusMethod.COMMITTEE).withPosterior(true));
        NaiveCommittee naive = new NaiveCommittee(data, analysis.majorityVote());
        CommitteeEstimates estimates = analysis.committee().orElseThrow();
        if (doesRoundingDecideRounds(estimates, naive)) {
            return;
        }
        for (int place = 0; place < 6; place++) {
            compare(estimates.experts().get(place), naive.fits[place], naive.weights[place]);
        }
        assertThat(estimates.meanQuality()).isCloseTo(naive.accuracy, CLOSE);
        for (int example = 0; example < naive.exampleCount; example++) {
            if (!naive.areLabelsClose[example]) {
                assertThat(analysis.published().label(example)).isEqualTo(naive.labels[example]);
            }
            if (analysis.published().label(example) == naive.labels[example]) {
                assertThat(analysis.published().quality(example)).isCloseTo(naive.probabilities[example], CLOSE);
                compareAnnotations(analysis, naive, data.annotations(), example);
                double[] posterior = new double[naive.trueClassCount];
                analysis.posterior().orElseThrow().fill(example, posterior);
                assertThat(posterior)
                        .containsExactly(Arrays.copyOf(naive.classProbabilities[example], posterior.length), CLOSE);
            }
        }
        for (int annotator = 0; annotator < naive.annotatorCount; annotator++) {
            compareAnnotator(analysis.annotators(), naive, annotator);
        }
    }

    /** Returns whether an expert's rounds end earlier or later than the formulas say, and one of its changes allows it. */
    private static boolean doesRoundingDecideRounds(CommitteeEstimates estimates, NaiveCommittee naive) {
        return IntStream.range(0, 6)
                .anyMatch(place -> estimates.experts().get(place).roundCount() != naive.fits[place].rounds
                        && naive.fits[place].margin < CLOSE_END);
    }

    private static void compare(ExpertEstimate estimate, NaiveCommittee.Fit naive, double weight) {
        assertThat(estimate.expert().sqlName()).isEqualTo(naive.shape + (int) naive.strength);
        assertThat(estimate.roundCount()).as("margin %s", naive.margin).isEqualTo(naive.rounds);
        assertThat(estimate.weight()).isCloseTo(weight, CLOSE);
        assertThat(estimate.looScore()).isCloseTo(naive.score, CLOSE);
        for (int model = 0; model < naive.modelTerm.length; model++) {
            assertThat(estimate.modelWeight(model)).isCloseTo(naive.modelTerm[model], CLOSE);
        }
    }

    private static void compareAnnotations(
            Analysis analysis, NaiveCommittee naive, Annotations annotations, int example) {
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            assertThat(analysis.annotationQuality(position))
                    .isCloseTo(naive.annotationProbabilities[example][annotations.annotator(position)], CLOSE);
        }
    }

    private static void compareAnnotator(AnnotatorStatistics annotators, NaiveCommittee naive, int annotator) {
        double mean = naive.annotatorMeans[annotator];
        assertThat(annotators.quality(annotator)).isCloseTo(mean, CLOSE);
        double concentration = Math.max(1, mean * (1 - mean) / naive.annotatorVariances[annotator] - 1);
        Interval interval = annotators.qualityInterval(annotator);
        BetaDistribution distribution = BetaDistribution.of(mean, concentration);
        assertThat(interval.lower()).isCloseTo(distribution.quantile(0.05), CLOSE);
        assertThat(interval.upper()).isCloseTo(distribution.quantile(0.95), CLOSE);
    }

    /** More than 64 classes: the other ones than the candidates are taken as one. */
    @Test
    void manyClassesAreTakenTogether() {
        dataSets(Slow.cases(3, 16)).map(data -> spread(data, 13, 70)).forEach(CommitteeTest::compare);
    }

    /** Moves the classes of the data set apart. */
    private static DataSet spread(DataSet data, int distance, int classCount) {
        List<int[]> rows = data.rows();
        rows.forEach(row -> row[2] *= distance);
        int exampleCount = data.annotations().exampleCount();
        List<double[]> models = new ArrayList<>();
        for (int model = 0; model < data.predictions().modelCount(); model++) {
            double[] probabilities = new double[exampleCount * classCount];
            for (int example = 0; example < exampleCount; example++) {
                for (int label = 0; label < data.annotations().classCount(); label++) {
                    probabilities[example * classCount + distance * label] =
                            data.predictions().probability(model, example, label);
                }
            }
            models.add(probabilities);
        }
        return DataSet.of(classCount, data.annotations().annotatorCount(), rows, models);
    }

    @Test
    void asManyClassesAsThereCanBeAreTaken() {
        SplittableRandom random = new SplittableRandom(5);
        int[] truth = random.ints(300, 0, Crowdlab.MAX_CLASSES).toArray();
        Analysis analysis = analyze(
                300,
                Crowdlab.MAX_CLASSES,
                4,
                (example, annotator) ->
                        random.nextInt(5) > annotator ? truth[example] : random.nextInt(Crowdlab.MAX_CLASSES));
        int right = 0;
        for (int example = 0; example < truth.length; example++) {
            right += analysis.published().label(example) == truth[example] ? 1 : 0;
            assertThat(analysis.published().quality(example)).isBetween(0.0, 1.0);
        }
        assertThat(right).isGreaterThan(240);
    }

    @Test
    void annotatorsOnTheWrongSideCountAgainstTheirLabels() {
        Analysis analysis = analyze(40, 2, 4, (example, annotator) -> {
            boolean isWrong = annotator == 3 || (annotator == 2 && example % 5 == 0);
            return isWrong ? 1 - example % 2 : example % 2;
        });
        assertAnnotators(analysis, 0.944, 0.944, 0.781, 0.091);
        assertThat(analysis.published().label(5)).isEqualTo(1);
    }

    @Test
    void annotatorsWhoAlwaysSayTheSameHardlyCount() {
        Analysis analysis = analyze(40, 2, 4, (example, annotator) -> {
            boolean isWrong = annotator == 2 && example % 7 == 0;
            return annotator == 3 ? 0 : isWrong ? 1 - example % 2 : example % 2;
        });
        assertAnnotators(analysis, 0.939, 0.939, 0.829, 0.522);
    }

    @Test
    void unanimityIsNotCertainty() {
        Analysis analysis = analyze(9, 3, 2, (example, annotator) -> example % 3);
        CommitteeEstimates estimates = analysis.committee().orElseThrow();
        for (int example = 0; example < 9; example++) {
            assertThat(analysis.published().label(example)).isEqualTo(example % 3);
            assertThat(analysis.published().quality(example)).isCloseTo(0.935, THREE_DIGITS);
        }
        double weights = 0;
        for (ExpertEstimate expert : estimates.experts()) {
            assertThat(expert.roundCount()).isEqualTo(1);
            weights += expert.weight();
        }
        assertThat(weights).isCloseTo(1, within(1e-15));
        assertThat(estimates.accuracy()).isCloseTo(0.935, THREE_DIGITS);
        assertThat(estimates.roundCount()).isEqualTo(1);
        assertThat(estimates.accuracyInterval().lower()).isLessThan(0.935);
    }

    @Test
    void classesThatNobodyGivesAreNeverTheConsensus() {
        Analysis analysis = analyze(12, 6, 3, (example, annotator) -> (example + annotator) % 3 == 0 ? 4 : 1);
        for (int example = 0; example < 12; example++) {
            assertThat(analysis.published().label(example)).isIn(1, 4);
        }
    }

    @Test
    void singleAnnotationsNeedPredictions() {
        List<int[]> rows = List.of(new int[] {0, 0, 0}, new int[] {1, 0, 1}, new int[] {2, 1, 1});
        DataSet without = DataSet.of(2, 2, rows, List.of());
        assertThatExceptionOfType(UnusableInputException.class)
                .isThrownBy(() -> analyze(without))
                .withMessageContaining("nothing to estimate quality from");
        DataSet with = DataSet.of(2, 2, rows, List.of(new double[] {0.9, 0.1, 0.95, 0.05, 0.2, 0.8}));
        Analysis analysis = analyze(with);
        CommitteeEstimates estimates = analysis.committee().orElseThrow();
        compare(with);
        assertThat(estimates.experts()).allSatisfy(expert -> {
            assertThat(expert.looScore()).isZero();
            assertThat(expert.weight()).isCloseTo(1 / 6.0, within(1e-15));
        });
        assertThat(analysis.published().label(0)).isZero();
    }

    /** Without models a single annotation tells nothing of its annotator, whose accuracy is that of all. */
    @Test
    void annotatorsOfSingleAnnotationsHaveWideIntervals() {
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < 30; example++) {
            rows.add(new int[] {example, 0, example % 2});
            rows.add(new int[] {example, 1, example % 2});
        }
        rows.add(new int[] {30, 2, 0});
        Analysis analysis = analyze(DataSet.of(2, 3, rows, List.of()));
        Interval known = analysis.annotators().qualityInterval(0);
        Interval unknown = analysis.annotators().qualityInterval(2);
        assertThat(unknown.upper() - unknown.lower()).isGreaterThan(known.upper() - known.lower());
        assertThat(analysis.annotators().qualityReason(2)).isEmpty();
    }

    /** Where a model is equally sure of all classes, it says nothing and names no candidate. */
    @Test
    void modelsWithoutAnOpinionDoNotMatter() {
        SplittableRandom random = new SplittableRandom(3);
        List<int[]> rows = new ArrayList<>();
        double[] probabilities = new double[60 * 3];
        for (int example = 0; example < 60; example++) {
            for (int annotator = 0; annotator < 4; annotator++) {
                rows.add(new int[] {example, annotator, random.nextInt(4) == 0 ? random.nextInt(3) : 1 + example % 2});
            }
            for (int label = 0; label < 3; label++) {
                boolean isSure = example < 30 && label == 1 + example % 2;
                probabilities[3 * example + label] = example >= 30 ? 1 / 3.0 : isSure ? 0.8 : 0.1;
            }
        }
        Analysis analysis = analyze(DataSet.of(3, 4, rows, List.of(probabilities)));
        CommitteeEstimates estimates = analysis.committee().orElseThrow();
        assertThat(estimates.modelCount()).isEqualTo(1);
        assertThat(estimates.experts())
                .allSatisfy(expert -> assertThat(expert.modelWeight(0)).isBetween(0.1, 2.0));
        compare(DataSet.of(3, 4, rows, List.of(probabilities)));
    }

    /** What underflows as a plain product of probabilities. */
    @Test
    void manyAnnotationsOfOneExampleAreTaken() {
        SplittableRandom random = new SplittableRandom(11);
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < 12; example++) {
            for (int annotator = 0; annotator < 150; annotator++) {
                rows.add(new int[] {example, annotator, random.nextInt(3) == 0 ? random.nextInt(4) : example % 4});
            }
        }
        compare(DataSet.of(4, 150, rows, List.of()));
    }

    @Test
    void theSampleIsChosenByKeysAndLargeEnough() {
        Dimensions dimensions = new Dimensions(400_000, 400_000, 1, 2, 1, 1);
        CommitteeSample sample = CommitteeSample.of(dimensions);
        Slice slice = new Slice(Annotations.none(2), new Predictions(400_000, 2, List.of(new double[800_000])));
        assertThatIllegalStateException().isThrownBy(() -> sample.choose(slice)).withMessageContaining("EXAMPLE_KEY");
        long[] keys = LongStream.range(0, 400_000).toArray();
        int[] chosen = sample.choose(slice.with(Column.EXAMPLE_KEY, keys));
        assertThat(chosen.length).isBetween(49_000, 51_000);
        assertThat(chosen).isSorted().doesNotHaveDuplicates();
        long[] moved =
                LongStream.range(0, 400_000).map(key -> (key + 7) % 400_000).toArray();
        int[] others = sample.choose(slice.with(Column.EXAMPLE_KEY, moved));
        assertThat(others.length).isEqualTo(chosen.length);
        for (int example : others) {
            assertThat(Arrays.binarySearch(chosen, (int) moved[example])).isNotNegative();
        }
    }

    @Test
    void manyClassesTakeASmallerSample() {
        assertThat(CommitteeSample.of(new Dimensions(50_000, 50_000, 1, 64, 1, 1))
                        .limit())
                .isEqualTo(Long.MAX_VALUE);
        Dimensions dimensions = new Dimensions(9_000, 9_000, 1, 640, 1, 1);
        Slice slice = new Slice(Annotations.none(640), new Predictions(9_000, 640, List.of(new double[9_000 * 640])));
        long[] keys = LongStream.range(0, 9_000).toArray();
        int[] chosen = CommitteeSample.of(dimensions).choose(slice.with(Column.EXAMPLE_KEY, keys));
        assertThat(chosen.length).isBetween(4_800, 5_200);
    }

    /** Models are weighed by a sample; which examples it holds depends on their keys, not on their order. */
    @Test
    @Tag("slow")
    void theOrderOfExamplesDoesNotMatterWhereModelsAreWeighedByASample() {
        SplittableRandom random = new SplittableRandom(8);
        int exampleCount = 60_000;
        List<int[]> rows = new ArrayList<>();
        double[] probabilities = new double[exampleCount * 2];
        for (int example = 0; example < exampleCount; example++) {
            int truth = random.nextInt(2);
            for (int annotator = example % 3; annotator < 6; annotator += 2) {
                rows.add(new int[] {example, annotator, random.nextInt(4) == 0 ? 1 - truth : truth});
            }
            probabilities[2 * example + truth] = 0.3 + random.nextInt(65) / 128.0;
            probabilities[2 * example + 1 - truth] = 1 - probabilities[2 * example + truth];
        }
        DataSet data = DataSet.of(2, 6, rows, List.of(probabilities));
        int[] order = new int[exampleCount];
        Arrays.setAll(order, example -> (int) (7_919L * example % exampleCount));
        DataSet moved = data.withExamples(order);
        Options options = Options.defaults().withConsensus(ConsensusMethod.COMMITTEE);
        Analysis expected = data.analyze(options);
        Slice slice = new Slice(moved.annotations(), moved.predictions())
                .with(Column.EXAMPLE_KEY, Arrays.stream(order).asLongStream().toArray());
        Analysis found = Crowdlab.analyze(slice, options);
        assertThat(found.published().meanQuality())
                .isEqualTo(expected.published().meanQuality());
        for (int example = 0; example < exampleCount; example++) {
            assertThat(found.published().quality(example))
                    .isEqualTo(expected.published().quality(order[example]));
        }
    }
}
