package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.correction.CorrectionStatus;
import dev.crowdlab.engine.correction.GoldCorrection;
import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.engine.quality.PosteriorReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An analysis whose consensus gold corrects: what is published, what is measured, and what it does not depend on. */
class CorrectedConsensusTest {

    private static final int CLASSES = 3;
    private static final int ANNOTATORS = 4;
    private static final int EXAMPLES = 600;

    private static final Options PLAIN = Options.defaults()
            .withConsensus(ConsensusMethod.COMMITTEE, ConsensusMethod.MAJORITY_VOTE)
            .withThreads(1, 4096);

    private static final Options ANCHORED = PLAIN.withCorrection(GoldCorrection.DEFAULT_MINIMUM);

    /** How three annotators out of four err. */
    private enum Crowd {
        /** They call class 2 class 1, all of them together. */
        MISLED,
        /** Each for themselves, in one case of ten. */
        SOUND
    }

    private static int truth(int example) {
        return new SplittableRandom(example).split().nextInt(CLASSES);
    }

    private static DataSet data(Crowd crowd, int[] order) {
        List<int[]> rows = new ArrayList<>();
        for (int place = 0; place < order.length; place++) {
            SplittableRandom random = new SplittableRandom(1000L + order[place]);
            int truth = truth(order[place]);
            for (int annotator = 0; annotator < ANNOTATORS; annotator++) {
                boolean isMisled = crowd == Crowd.MISLED && annotator < 3;
                int other = random.nextInt(10) == 0 ? random.nextInt(CLASSES) : truth;
                rows.add(new int[] {place, annotator, isMisled ? Math.min(truth, 1) : other});
            }
        }
        return DataSet.of(CLASSES, ANNOTATORS, rows, List.of());
    }

    /** Truth as gold of the first examples by their numbers, which are hashed for the folds. */
    private static Slice with(Slice slice, int[] order, int goldCount) {
        int[] gold = new int[order.length];
        long[] orders = new long[order.length];
        for (int place = 0; place < order.length; place++) {
            gold[place] = order[place] < goldCount ? truth(order[place]) : -1;
            orders[place] = (order[place] * 0x9E3779B9L) << 32 | order[place];
        }
        return slice.with(Column.GOLD, gold).with(Column.GOLD_ORDER, orders);
    }

    private static int[] inOrder(int count) {
        return IntStream.range(0, count).toArray();
    }

    private static Slice slice(Crowd crowd, int goldCount) {
        int[] order = inOrder(EXAMPLES);
        return with(data(crowd, order).slice(), order, goldCount);
    }

    private static double accuracy(Analysis analysis, int from) {
        return IntStream.range(from, EXAMPLES)
                .mapToDouble(example -> analysis.published().label(example) == truth(example) ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private static GoldCorrection correction(Analysis analysis) {
        return analysis.estimates().correction().orElseThrow();
    }

    @Test
    void labelsThatAllGetWrongAreCorrected() {
        Slice slice = slice(Crowd.MISLED, 150);
        Analysis before = Crowdlab.analyze(slice, PLAIN.withGold(GoldUse.MEASURE));
        Analysis after = Crowdlab.analyze(slice, ANCHORED);
        assertThat(correction(after).status()).isEqualTo(CorrectionStatus.CHANGED);
        assertThat(accuracy(before, 150)).isLessThan(0.75);
        assertThat(accuracy(after, 150)).isGreaterThan(0.9);
        assertThat(correction(after).estimates().accuracy()).isCloseTo(accuracy(after, 150), within(0.05));
        assertThat(after.published().meanQuality()).isCloseTo(accuracy(after, 0), within(0.05));
        assertThat(after.review().changedCount()).isGreaterThan(100);
        assertThat(before.estimates().correction()).isEmpty();
    }

    @Test
    void goldMeasuresTheLabelsThatAreMadeWithoutIt() {
        Slice slice = slice(Crowd.MISLED, 150);
        GoldStatistics before = Crowdlab.analyze(slice, PLAIN.withGold(GoldUse.MEASURE))
                .estimates()
                .gold()
                .orElseThrow();
        GoldStatistics after =
                Crowdlab.analyze(slice, ANCHORED).estimates().gold().orElseThrow();
        assertThat(after).usingRecursiveComparison().isEqualTo(before);
        assertThat(after.isFixed()).isFalse();
    }

    @Test
    void whatFollowsFromTheLabelsFollowsFromThePublishedOnes() {
        Analysis analysis = Crowdlab.analyze(slice(Crowd.MISLED, 150), ANCHORED);
        AnnotatorStatistics annotators = analysis.annotators();
        for (int annotator = 0; annotator < ANNOTATORS; annotator++) {
            int known = annotator;
            double equal = IntStream.range(0, EXAMPLES)
                    .filter(example ->
                            data(Crowd.MISLED, inOrder(EXAMPLES)).annotations().label(ANNOTATORS * example + known)
                                    == analysis.published().label(example))
                    .count();
            assertThat(annotators.agreementWithConsensus(annotator)).isEqualTo(equal / EXAMPLES);
        }
        assertThat(annotators.quality(3)).isGreaterThan(annotators.quality(0) + 0.1);
        assertThat(annotators.worstClass(0)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"MISLED, 150", "SOUND, 150", "MISLED, 60", "MISLED, 10"})
    void qualitiesAreTheProbabilitiesOfTheLabels(Crowd crowd, int goldCount) {
        Slice slice = slice(crowd, goldCount);
        Analysis analysis = Crowdlab.analyze(slice, ANCHORED.withPosterior(true));
        Analysis unkept = Crowdlab.analyze(slice, ANCHORED);
        PosteriorReader reader = analysis.posterior().orElseThrow();
        double[] probabilities = new double[CLASSES];
        for (int example = 0; example < EXAMPLES; example++) {
            reader.fill(example, probabilities);
            int label = analysis.published().label(example);
            assertThat(analysis.published().quality(example)).isEqualTo(probabilities[label]);
            assertThat(unkept.published().quality(example)).isEqualTo(probabilities[label]);
            assertThat(unkept.published().label(example)).isEqualTo(label);
            assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, within(1e-9));
            for (int annotator = 0; annotator < ANNOTATORS; annotator++) {
                int position = ANNOTATORS * example + annotator;
                assertThat(analysis.annotationQuality(position))
                        .isCloseTo(probabilities[slice.annotations().label(position)], within(1e-12));
            }
            if (example < goldCount) {
                assertThat(label).isEqualTo(truth(example));
                assertThat(probabilities[label]).isEqualTo(1);
                assertThat(analysis.published().tieBreak(example)).isEqualTo(TieBreak.NONE);
            }
        }
        assertThat(unkept.posterior()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"19, TOO_LITTLE_GOLD", "20, KEPT", "49, KEPT", "50, KEPT", "99, KEPT", "100, CHANGED", "600, CHANGED"})
    void labelsChangeFromTheMinimumOn(int goldCount, CorrectionStatus status) {
        Slice slice = slice(Crowd.MISLED, goldCount);
        Analysis before = Crowdlab.analyze(slice, PLAIN);
        Analysis analysis = Crowdlab.analyze(slice, ANCHORED);
        assertThat(correction(analysis).status()).isEqualTo(status);
        assertThat(correction(analysis).estimates().goldCount()).isEqualTo(goldCount);
        assertThat(correction(analysis).estimates().isTried()).isEqualTo(goldCount >= 100);
        if (status != CorrectionStatus.CHANGED) {
            for (int example = goldCount; example < EXAMPLES; example++) {
                assertThat(analysis.published().label(example))
                        .isEqualTo(before.published().label(example));
                boolean isSame = analysis.published().quality(example)
                        == before.published().quality(example);
                assertThat(isSame).isEqualTo(status == CorrectionStatus.TOO_LITTLE_GOLD);
            }
        }
    }

    @Test
    void soundLabelsAreKept() {
        Slice slice = slice(Crowd.SOUND, 300);
        Analysis analysis = Crowdlab.analyze(slice, ANCHORED);
        assertThat(correction(analysis).status()).isEqualTo(CorrectionStatus.KEPT);
        assertThat(correction(analysis).weights()).isEmpty();
        assertThat(correction(analysis).estimates().interval().lower()).isLessThan(accuracy(analysis, 300));
        assertThat(correction(analysis).estimates().interval().upper()).isGreaterThan(accuracy(analysis, 300));
    }

    @Test
    void goldOfOneClassChangesNothing() {
        Slice slice = slice(Crowd.MISLED, EXAMPLES);
        int[] gold = slice.get(Column.GOLD).clone();
        Arrays.setAll(gold, example -> gold[example] == 2 ? 2 : -1);
        Analysis analysis = Crowdlab.analyze(slice.with(Column.GOLD, gold), ANCHORED);
        assertThat(correction(analysis).status()).isEqualTo(CorrectionStatus.KEPT);
        assertThat(correction(analysis).estimates().isTried()).isFalse();
        assertThat(correction(analysis).estimates().goldCount()).isGreaterThan(150);
    }

    @Test
    void slicesThreadsAndBlocksChangeNoBit() {
        int[] order = inOrder(EXAMPLES);
        DataSet data = data(Crowd.MISLED, order);
        Analysis whole = Crowdlab.analyze(slice(Crowd.MISLED, 150), ANCHORED);
        List<Slice> slices = new ArrayList<>();
        for (int from = 0; from < EXAMPLES; from += 130) {
            int to = Math.min(EXAMPLES, from + 130);
            slices.add(with(data.slice(from, to).slice(), Arrays.copyOfRange(order, from, to), 150));
        }
        SpreadPassRunner passes = new SpreadPassRunner(slices);
        Estimates estimates = Crowdlab.estimate(passes, ANCHORED);
        SpreadDataSets.assertSame(whole, estimates, passes.slices());
        for (int threads = 2; threads <= 3; threads++) {
            Analysis other = Crowdlab.analyze(slice(Crowd.MISLED, 150), ANCHORED.withThreads(threads, 17));
            SpreadDataSets.assertSame(other, estimates, passes.slices());
        }
    }

    @Test
    void theOrderOfExamplesChangesNoLabel() {
        int[] order = inOrder(EXAMPLES);
        SplittableRandom random = new SplittableRandom(5);
        for (int place = EXAMPLES - 1; place > 0; place--) {
            int other = random.nextInt(place + 1);
            int example = order[place];
            order[place] = order[other];
            order[other] = example;
        }
        Analysis whole = Crowdlab.analyze(slice(Crowd.MISLED, 150), ANCHORED);
        Analysis shuffled = Crowdlab.analyze(with(data(Crowd.MISLED, order).slice(), order, 150), ANCHORED);
        assertThat(correction(shuffled)).usingRecursiveComparison().isEqualTo(correction(whole));
        for (int place = 0; place < EXAMPLES; place++) {
            assertThat(shuffled.published().label(place))
                    .isEqualTo(whole.published().label(order[place]));
            assertThat(shuffled.published().quality(place))
                    .isEqualTo(whole.published().quality(order[place]));
        }
    }

    @Test
    void moreThanSixtyFourClassesAreRefused() {
        DataSet data =
                DataSet.of(65, 2, List.of(new int[] {0, 0, 64}, new int[] {0, 1, 64}, new int[] {1, 0, 3}), List.of());
        Slice slice = with(data.slice(), inOrder(2), 0);
        assertThatThrownBy(() -> Crowdlab.analyze(slice, ANCHORED))
                .isInstanceOf(UnusableInputException.class)
                .hasMessage("There are 65 classes, and gold corrects the labels of at most 64; choose use-gold: true,"
                        + " which fixes the labels of the gold examples alone.");
        assertThat(Crowdlab.analyze(slice, PLAIN.withGold(GoldUse.FIX))
                        .published()
                        .label(0))
                .isEqualTo(64);
    }

    @Test
    void onlyTheCommitteeIsCorrected() {
        assertThatThrownBy(() -> Options.defaults().withCorrection(100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gold corrects the committee's consensus only, but the published one is best_quality");
    }
}
