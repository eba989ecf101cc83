package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.share.ClassShare;
import dev.crowdlab.engine.share.ClassShares;
import dev.crowdlab.engine.share.GoldOrigin;
import dev.crowdlab.engine.share.GoldSample;
import dev.crowdlab.engine.share.ShareEstimates;
import dev.crowdlab.engine.share.ShareRefusal;
import dev.crowdlab.engine.soft.AnnotatorForecasts;
import dev.crowdlab.engine.soft.SoftLabelReader;
import dev.crowdlab.engine.soft.SoftLabels;
import dev.crowdlab.engine.stop.StopEstimates;
import dev.crowdlab.engine.stop.StopRefusal;
import dev.crowdlab.engine.stop.StopRule;
import dev.crowdlab.engine.stop.StopState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Shares, states and soft labels as parts of an analysis: what they are made of, what they change, and what they do not depend on. */
class SupplementsTest {

    private static final double EXACT = 1e-12;
    private static final int CLASSES = 3;
    private static final int ANNOTATORS = 12;

    private static final Options COMMITTEE =
            Options.defaults().withConsensus(ConsensusMethod.COMMITTEE).withThreads(1, 4096);

    private static final Supplements ALL = Supplements.NONE
            .withShares(3)
            .withGoldSampled(true)
            .withStop(StopRule.defaults())
            .withSoftLabels();

    /** Examples of three classes in equal parts, four labels each of twelve annotators who are right in 8 of 10 cases; truth as gold of the first in the sample's order. */
    private static Slice crowd(int exampleCount, int goldCount, int[] order) {
        GoldSample sample = new GoldSample("seed");
        long[] keys = IntStream.range(0, exampleCount)
                .mapToLong(example -> sample.key("e" + example))
                .toArray();
        long[] sorted = Arrays.stream(keys)
                .boxed()
                .sorted(Long::compareUnsigned)
                .mapToLong(key -> key)
                .toArray();
        List<int[]> rows = new ArrayList<>();
        int[] gold = new int[exampleCount];
        int[] periods = new int[exampleCount];
        long[] sampled = new long[exampleCount];
        for (int place = 0; place < exampleCount; place++) {
            int example = order[place];
            SplittableRandom random = new SplittableRandom(example);
            for (int index = 0; index < 4; index++) {
                int label = random.nextInt(10) < 8 ? example % CLASSES : random.nextInt(CLASSES);
                rows.add(new int[] {place, (example + 5 * index) % ANNOTATORS, label});
            }
            boolean isGold = Long.compareUnsigned(keys[example], goldCount == 0 ? 0 : sorted[goldCount - 1]) <= 0;
            gold[place] = isGold && goldCount > 0 ? example % CLASSES : -1;
            periods[place] = example % 4 - 1;
            sampled[place] = keys[example];
        }
        rows.sort((row, other) -> row[0] != other[0] ? row[0] - other[0] : row[1] - other[1]);
        DataSet data = DataSet.of(CLASSES, ANNOTATORS, rows, List.of());
        return data.slice().with(Column.GOLD, gold).with(Column.PERIOD, periods).with(Column.SAMPLE_KEY, sampled);
    }

    private static Slice crowd(int exampleCount, int goldCount) {
        return crowd(exampleCount, goldCount, IntStream.range(0, exampleCount).toArray());
    }

    private static Analysis analyze(Slice slice, GoldUse use, Supplements supplements) {
        return Crowdlab.analyze(slice, COMMITTEE.withGold(use).withSupplements(supplements));
    }

    @Test
    void nothingIsThereThatWasNotAskedFor() {
        Analysis analysis = analyze(crowd(100, 50), GoldUse.MEASURE, Supplements.NONE);
        assertThat(analysis.shares()).isEmpty();
        assertThat(analysis.stop()).isEmpty();
        assertThat(analysis.states()).isEmpty();
        assertThat(analysis.softLabels()).isEmpty();
        assertThat(analysis.estimates().softLabels()).isEmpty();
    }

    @Test
    void whatIsAskedForChangesNothingElse() {
        Slice slice = crowd(200, 60);
        Analysis plain = analyze(slice, GoldUse.MEASURE, Supplements.NONE);
        Analysis analysis = analyze(slice, GoldUse.MEASURE, ALL);
        for (int example = 0; example < 200; example++) {
            assertThat(analysis.published().label(example))
                    .isEqualTo(plain.published().label(example));
            assertThat(analysis.published().quality(example))
                    .isEqualTo(plain.published().quality(example));
        }
        assertThat(analysis.posterior()).isEmpty();
        assertThat(analysis.published().meanQuality())
                .isEqualTo(plain.published().meanQuality());
    }

    @Test
    void onlyWhatIsAskedForTakesAPass() {
        assertThat(phases(Supplements.NONE)).doesNotContain("shares", "goldSample", "stopStates");
        assertThat(phases(Supplements.NONE.withSoftLabels())).isEqualTo(phases(Supplements.NONE));
        assertThat(phases(ALL)).contains("shares", "goldSample", "stopStates");
    }

    private static Iterable<String> phases(Supplements supplements) {
        SpreadPassRunner passes = new SpreadPassRunner(List.of(crowd(60, 50)));
        Crowdlab.estimate(passes, COMMITTEE.withGold(GoldUse.MEASURE).withSupplements(supplements));
        return passes.phases();
    }

    /** Every number, whatever the threads, blocks, slices and the order of the examples. */
    @Test
    void theSameExamplesGiveTheSameBits() {
        int exampleCount = 300;
        Slice slice = crowd(exampleCount, 80);
        List<Double> expected = numbers(new LocalPassRunner(slice, 1, 4096), exampleCount, identity(exampleCount));
        assertThat(expected).hasSizeGreaterThan(exampleCount * (2 + CLASSES));
        for (int threads : new int[] {1, 3}) {
            for (int blockSize : new int[] {1, 7, 64}) {
                assertThat(numbers(
                                new LocalPassRunner(slice, threads, blockSize), exampleCount, identity(exampleCount)))
                        .isEqualTo(expected);
            }
        }
        int[] order = IntStream.range(0, exampleCount)
                .map(place -> (place * 7 + 5) % exampleCount)
                .toArray();
        assertThat(numbers(new LocalPassRunner(crowd(exampleCount, 80, order), 2, 11), exampleCount, order))
                .isEqualTo(expected);
    }

    @Test
    void slicesDoneTwiceGiveTheSameBitsToo() {
        int exampleCount = 120;
        Slice whole = crowd(exampleCount, 60);
        Options options = COMMITTEE.withGold(GoldUse.MEASURE).withSupplements(ALL);
        SpreadPassRunner spread = new SpreadPassRunner(parts(whole));
        Estimates estimates = Crowdlab.estimate(spread, options);
        LocalPassRunner local = new LocalPassRunner(whole, 1, 4096);
        List<Double> numbers = global(estimates);
        AnnotatorForecasts forecasts = AnnotatorForecasts.of(
                        spread, estimates.softLabels().orElseThrow())
                .orElseThrow();
        for (Slice slice : spread.slices()) {
            for (int example = 0; example < slice.exampleCount(); example++) {
                addExample(numbers, estimates, forecasts, slice, example);
            }
        }
        assertThat(numbers).isEqualTo(numbers(local, exampleCount, identity(exampleCount)));
    }

    private static List<Slice> parts(Slice whole) {
        List<Slice> parts = new ArrayList<>();
        Annotations annotations = whole.annotations();
        for (int from = 0; from < whole.exampleCount(); from += 17) {
            int to = Math.min(whole.exampleCount(), from + 17);
            List<int[]> rows = new ArrayList<>();
            for (int example = from; example < to; example++) {
                for (int position = annotations.start(example); position < annotations.end(example); position++) {
                    rows.add(new int[] {example - from, annotations.annotator(position), annotations.label(position)});
                }
            }
            parts.add(DataSet.of(CLASSES, ANNOTATORS, rows, List.of())
                    .slice()
                    .with(Column.GOLD, Arrays.copyOfRange(whole.get(Column.GOLD), from, to))
                    .with(Column.PERIOD, Arrays.copyOfRange(whole.get(Column.PERIOD), from, to))
                    .with(Column.SAMPLE_KEY, Arrays.copyOfRange(whole.get(Column.SAMPLE_KEY), from, to)));
        }
        return parts;
    }

    private static int[] identity(int count) {
        return IntStream.range(0, count).toArray();
    }

    /** All numbers of the data set, then those of the examples by their numbers before they were put in order. */
    private static List<Double> numbers(LocalPassRunner runner, int exampleCount, int[] order) {
        try (LocalPassRunner passes = runner) {
            Estimates estimates = Crowdlab.estimate(
                    passes, COMMITTEE.withGold(GoldUse.MEASURE).withSupplements(ALL));
            AnnotatorForecasts forecasts = AnnotatorForecasts.of(
                            passes, estimates.softLabels().orElseThrow())
                    .orElseThrow();
            int[] places = new int[exampleCount];
            for (int place = 0; place < exampleCount; place++) {
                places[order[place]] = place;
            }
            List<Double> numbers = global(estimates);
            for (int place : places) {
                addExample(numbers, estimates, forecasts, passes.slice(), place);
            }
            return numbers;
        }
    }

    private static List<Double> global(Estimates estimates) {
        List<Double> numbers = new ArrayList<>();
        ShareEstimates shares = estimates.shares().orElseThrow();
        StopEstimates stop = estimates.stop().orElseThrow();
        numbers.add(shares.randomness());
        numbers.add(shares.sampleEnd());
        numbers.add(stop.shift().a());
        numbers.add(stop.doneAccuracy().share());
        List<ClassShares> scopes = new ArrayList<>(List.of(shares.dataset()));
        for (int period = 0; period < shares.periodCount(); period++) {
            scopes.add(shares.period(period));
        }
        for (ClassShares scope : scopes) {
            numbers.add(scope.lambda());
            for (int label = 0; label < CLASSES; label++) {
                ClassShare share = scope.share(label);
                numbers.addAll(List.of(share.counted(), share.estimate(), share.lower(), share.upper()));
            }
        }
        for (StopState state : StopState.values()) {
            numbers.add((double) stop.count(state));
        }
        return numbers;
    }

    private static void addExample(
            List<Double> numbers, Estimates estimates, AnnotatorForecasts forecasts, Slice slice, int example) {
        double[] probabilities = new double[CLASSES];
        estimates.softLabels().orElseThrow().on(slice).fill(example, probabilities);
        Arrays.stream(probabilities).forEach(numbers::add);
        forecasts.on(slice).fill(example, 4, probabilities);
        Arrays.stream(probabilities).forEach(numbers::add);
        StopState state = estimates.stop().orElseThrow().on(slice).state(example);
        numbers.add((double) List.of(StopState.values()).indexOf(state));
    }

    @Test
    void onlyTheCompletePrefixOfTheSampleIsRandomGold() {
        Slice slice = crowd(300, 80);
        int[] gold = slice.get(Column.GOLD).clone();
        long[] keys = slice.get(Column.SAMPLE_KEY);
        int[] byKey = IntStream.range(0, 300)
                .boxed()
                .sorted((one, other) -> Long.compareUnsigned(keys[one], keys[other]))
                .mapToInt(example -> example)
                .toArray();
        gold[byKey[60]] = -1;
        Analysis analysis = analyze(slice.with(Column.GOLD, gold), GoldUse.MEASURE, ALL);
        ShareEstimates shares = analysis.shares().orElseThrow();
        assertThat(shares.dataset().goldCount()).isEqualTo(60);
        assertThat(shares.sampleEnd()).isEqualTo(GoldSample.unit(keys[byKey[60]]));
        assertThat(shares.origin()).isEqualTo(GoldOrigin.RANDOM);
        assertThat(analysis.estimates().gold().orElseThrow().exampleCount()).isEqualTo(79);
        ShareEstimates unsampled = analyze(slice.with(Column.GOLD, gold), GoldUse.MEASURE, ALL.withGoldSampled(false))
                .shares()
                .orElseThrow();
        assertThat(unsampled.dataset().goldCount()).isEqualTo(79);
        assertThat(unsampled.origin()).isEqualTo(GoldOrigin.UNCHECKED);
    }

    @Test
    void sharesNeedNeitherGoldNorTheCommittee() {
        Analysis analysis =
                Crowdlab.analyze(crowd(90, 0), Options.defaults().withSupplements(Supplements.NONE.withShares(0)));
        ClassShares shares = analysis.shares().orElseThrow().dataset();
        assertThat(shares.refusal()).contains(ShareRefusal.FEW_GOLD);
        assertThat(shares.share(0).counted()
                        + shares.share(1).counted()
                        + shares.share(2).counted())
                .isCloseTo(1, within(EXACT));
        assertThat(analysis.shares().orElseThrow().origin()).isEqualTo(GoldOrigin.NONE);
    }

    @Test
    void goldThatDecidesMeasuresTheLabelsFromBefore() {
        Slice slice = crowd(200, 80);
        Options both = COMMITTEE
                .withConsensus(ConsensusMethod.COMMITTEE, ConsensusMethod.MAJORITY_VOTE)
                .withSupplements(ALL);
        Analysis measured = Crowdlab.analyze(slice, both.withGold(GoldUse.MEASURE));
        Analysis decided = Crowdlab.analyze(slice, both.withGold(GoldUse.FIX));
        for (int label = 0; label < CLASSES; label++) {
            assertThat(decided.shares().orElseThrow().dataset().share(label))
                    .isEqualTo(measured.shares().orElseThrow().dataset().share(label));
        }
        GoldStatistics before = measured.estimates().gold().orElseThrow();
        GoldStatistics after = decided.estimates().gold().orElseThrow();
        assertThat(before.consensus(0).rightCount()).isLessThan(80);
        for (int method = 0; method < 2; method++) {
            assertThat(after.consensus(method)).isEqualTo(before.consensus(method));
            assertThat(after.bins(method)).isEqualTo(before.bins(method)).isNotEmpty();
        }
        assertThat(after.isFixed()).isFalse();
        StopEstimates stop = decided.stop().orElseThrow();
        assertThat(stop.shift()).isEqualTo(measured.stop().orElseThrow().shift());
        assertThat(stop.doneAccuracy()).isEqualTo(measured.stop().orElseThrow().doneAccuracy());
        int[] gold = slice.get(Column.GOLD);
        for (int example = 0; example < 200; example++) {
            if (gold[example] >= 0) {
                assertThat(decided.published().label(example)).isEqualTo(gold[example]);
                assertThat(decided.states().orElseThrow().state(example)).isEqualTo(StopState.DONE);
            } else {
                assertThat(decided.states().orElseThrow().state(example))
                        .isEqualTo(stop.rule()
                                .state(stop.probability(decided.published().quality(example)), 4));
            }
        }
        assertThat(stop.count(StopState.DONE) + stop.count(StopState.ASK) + stop.count(StopState.EXPERT))
                .isEqualTo(200);
    }

    /** As the caller may do it, who then learns nothing of the labels from before. */
    @Test
    void measuringTheLabelsFromBeforeChangesNothingElse() {
        Slice slice = crowd(200, 80);
        Options options = COMMITTEE
                .withConsensus(ConsensusMethod.COMMITTEE, ConsensusMethod.BEST_QUALITY, ConsensusMethod.DAWID_SKENE)
                .withGold(GoldUse.FIX)
                .withSupplements(ALL);
        Analysis measured = Crowdlab.analyze(slice, options);
        try (LocalPassRunner passes = new LocalPassRunner(slice, 1, 64)) {
            passes.run("fixGold", new FixedLabels.FixPass());
            Estimates estimates = Crowdlab.estimate(passes, options);
            Analysis fixed = new Analysis(estimates, passes.slice(), options);
            assertThat(estimates.shares().orElseThrow().dataset().refusal()).contains(ShareRefusal.GOLD_DECIDES);
            assertThat(estimates.gold().orElseThrow().consensus(0).count()).isZero();
            assertThat(estimates.stop().orElseThrow().shift().a()).isZero();
            for (int example = 0; example < 200; example++) {
                assertThat(measured.published().label(example))
                        .isEqualTo(fixed.published().label(example));
                assertThat(measured.published().quality(example))
                        .isEqualTo(fixed.published().quality(example));
                for (int method = 0; method < 2; method++) {
                    assertThat(measured.alternatives().get(method).label(example))
                            .isEqualTo(fixed.alternatives().get(method).label(example));
                    assertThat(measured.alternatives().get(method).quality(example))
                            .isEqualTo(fixed.alternatives().get(method).quality(example));
                }
            }
            for (int position = 0; position < 800; position++) {
                assertThat(measured.annotationQuality(position)).isEqualTo(fixed.annotationQuality(position));
            }
            for (int annotator = 0; annotator < ANNOTATORS; annotator++) {
                assertThat(measured.annotators().quality(annotator))
                        .isEqualTo(fixed.annotators().quality(annotator));
            }
        }
    }

    @Test
    void goldThatCorrectsLabelsDecidesWhatExamplesNeed() {
        Slice slice = crowd(200, 80)
                .with(
                        Column.GOLD_ORDER,
                        IntStream.range(0, 200).mapToLong(e -> e).toArray());
        Analysis corrected =
                Crowdlab.analyze(slice, COMMITTEE.withCorrection(50).withSupplements(ALL));
        StopEstimates stop = corrected.stop().orElseThrow();
        int[] gold = slice.get(Column.GOLD);
        for (int example = 0; example < 200; example++) {
            double quality = corrected.published().quality(example);
            assertThat(stop.probability(quality)).isEqualTo(quality);
            assertThat(corrected.states().orElseThrow().state(example))
                    .isEqualTo(gold[example] >= 0 ? StopState.DONE : stop.rule().state(quality, 4));
        }
    }

    @Test
    void statesAndSoftLabelsNeedTheCommittee() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.defaults().withSupplements(Supplements.NONE.withSoftLabels()))
                .withMessageContaining("need the committee");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.defaults().withSupplements(Supplements.NONE.withStop(StopRule.defaults())));
        assertThatIllegalArgumentException().isThrownBy(() -> COMMITTEE
                .withSupplements(ALL)
                .withConsensus(ConsensusMethod.MAJORITY_VOTE, ConsensusMethod.COMMITTEE));
        assertThatIllegalArgumentException().isThrownBy(() -> Supplements.NONE.withShares(-1));
    }

    @Test
    void aTargetNeedsFiftyGoldLabels() {
        Supplements target = Supplements.NONE
                .withGoldSampled(true)
                .withStop(StopRule.defaults().withTarget(0.9));
        Analysis refused = analyze(crowd(200, 49), GoldUse.MEASURE, target);
        assertThat(refused.stop().orElseThrow().refusal()).contains(StopRefusal.TARGET_WITHOUT_GOLD);
        assertThat(refused.stop().orElseThrow().count(StopState.ASK)).isZero();
        assertThat(refused.states()).isEmpty();
        assertThat(refused.shares()).isEmpty();
        Analysis taken = analyze(crowd(200, 50), GoldUse.MEASURE, target);
        assertThat(taken.stop().orElseThrow().refusal()).isEmpty();
        assertThat(taken.states()).isPresent();
    }

    @Test
    void machinesNeedFiftyGoldLabels() {
        Supplements machines = Supplements.NONE.withStop(StopRule.defaults().withGoldNeeded(true));
        assertThat(analyze(crowd(200, 0), GoldUse.NONE, machines)
                        .stop()
                        .orElseThrow()
                        .refusal())
                .contains(StopRefusal.MACHINES_WITHOUT_GOLD);
        assertThat(analyze(crowd(200, 50), GoldUse.MEASURE, machines)
                        .stop()
                        .orElseThrow()
                        .refusal())
                .isEmpty();
    }

    /** Without a target gold only makes the rule stricter; with one it is taken as it is. */
    @Test
    void goldThatPraisesIsUsedForTargetsAlone() {
        Slice slice = crowd(300, 80);
        Supplements sampled = Supplements.NONE.withGoldSampled(true);
        StopRule rule = StopRule.defaults();
        StopEstimates plain =
                analyze(slice, GoldUse.MEASURE, sampled.withStop(rule)).stop().orElseThrow();
        StopEstimates target = analyze(slice, GoldUse.MEASURE, sampled.withStop(rule.withTarget(rule.at())))
                .stop()
                .orElseThrow();
        assertThat(target.shift().a()).isPositive();
        assertThat(plain.shift().a()).isZero();
        assertThat(target.count(StopState.DONE)).isGreaterThan(plain.count(StopState.DONE));
        assertThat(target.probability(0.8)).isGreaterThan(0.8);
        assertThat(plain.probability(0.8)).isEqualTo(0.8);
    }

    /** Gold says that the consensus is always wrong: nothing is done, and what has enough labels goes to an expert. */
    @Test
    void nothingIsDoneWhereGoldShowsTheDoneToBeWrong() {
        Slice slice = crowd(300, 80);
        int[] wrong = Arrays.stream(slice.get(Column.GOLD))
                .map(truth -> truth < 0 ? -1 : (truth + 1) % CLASSES)
                .toArray();
        int[] done = new int[300];
        Arrays.fill(done, 0, 150, 4);
        Slice kept = slice.with(Column.GOLD, wrong).with(Column.DONE_LABELS, done);
        Supplements stop = Supplements.NONE.withGoldSampled(true).withStop(new StopRule(0.6, 3, 4, Double.NaN, false));
        Analysis analysis = analyze(kept, GoldUse.MEASURE, stop);
        StopEstimates estimates = analysis.stop().orElseThrow();
        assertThat(estimates.isDoneBelowTarget()).isTrue();
        assertThat(estimates.doneAccuracy().count()).isPositive();
        assertThat(estimates.count(StopState.DONE)).isZero();
        assertThat(estimates.count(StopState.EXPERT)).isEqualTo(300);
        assertThat(analysis.states().orElseThrow().isKept(0)).isFalse();
        assertThat(estimates.shift().a()).isNegative();
    }

    @Test
    void doneIsKeptUntilThereAreFurtherAnnotations() {
        Slice slice = crowd(90, 0);
        Supplements stop = Supplements.NONE.withStop(new StopRule(0.999, 3, 10, Double.NaN, false));
        assertThat(analyze(slice, GoldUse.NONE, stop).stop().orElseThrow().count(StopState.DONE))
                .isZero();
        int[] done = new int[90];
        done[3] = 4;
        done[4] = 3;
        Analysis analysis = analyze(slice.with(Column.DONE_LABELS, done), GoldUse.NONE, stop);
        StopEstimates.SliceStates states = analysis.states().orElseThrow();
        assertThat(analysis.stop().orElseThrow().count(StopState.DONE)).isEqualTo(1);
        assertThat(states.state(3)).isEqualTo(StopState.DONE);
        assertThat(states.isKept(3)).isTrue();
        assertThat(states.isUnchanged(3, StopState.DONE)).isTrue();
        assertThat(states.state(4)).isEqualTo(StopState.ASK);
        assertThat(states.isUnchanged(4, StopState.DONE)).isFalse();
        assertThat(states.isUnchanged(4, StopState.ASK)).isTrue();
        assertThat(states.isUnchanged(4, null)).isFalse();
    }

    @Test
    void anExampleDoneAnewIsDoneSinceThisRun() {
        Slice slice = crowd(90, 0);
        Supplements stop = Supplements.NONE.withStop(new StopRule(0.01, 3, 10, Double.NaN, false));
        int[] done = new int[90];
        done[4] = 3;
        StopEstimates.SliceStates states = analyze(slice.with(Column.DONE_LABELS, done), GoldUse.NONE, stop)
                .states()
                .orElseThrow();
        assertThat(states.state(4)).isEqualTo(StopState.DONE);
        assertThat(states.isUnchanged(4, StopState.DONE)).isFalse();
    }

    /** By hand from the sums of the open posterior that the reader itself gives. */
    @Test
    void softLabelsAreHalfForecastAndHalfVotes() {
        int exampleCount = 60;
        Slice slice = crowd(exampleCount, 0);
        try (LocalPassRunner passes = new LocalPassRunner(slice, 1, 4096)) {
            SoftLabels labels = Crowdlab.estimate(passes, COMMITTEE.withSupplements(Supplements.NONE.withSoftLabels()))
                    .softLabels()
                    .orElseThrow();
            SoftLabelReader reader = labels.on(passes.slice());
            AnnotatorForecasts.Reader forecasts =
                    AnnotatorForecasts.of(passes, labels).orElseThrow().on(passes.slice());
            Annotations annotations = slice.annotations();
            double[] shares = new double[CLASSES];
            for (int position = 0; position < annotations.annotationCount(); position++) {
                shares[annotations.label(position)] += 1.0 / annotations.annotationCount();
            }
            double[] probabilities = new double[CLASSES];
            double[] forecast = new double[CLASSES];
            for (int example = 0; example < exampleCount; example++) {
                reader.fill(example, probabilities);
                forecasts.fill(example, ANNOTATORS + 1, forecast);
                for (int label = 0; label < CLASSES; label++) {
                    double votes =
                            (annotations.votes(example, label) + 2 * shares[label]) / (annotations.size(example) + 2);
                    assertThat(probabilities[label]).isCloseTo((forecast[label] + votes) / 2, within(EXACT));
                }
                forecasts.fill(example, 0, forecast);
                assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, within(EXACT));
                assertThat(Arrays.stream(forecast).sum()).isCloseTo(1, within(EXACT));
            }
            for (int truth = 0; truth < CLASSES; truth++) {
                assertThat(labels.pooled(truth, truth)).isBetween(0.7, 1.0);
            }
        }
    }

    @Test
    void aClassThatNobodyGaveIsNobodysNextLabel() {
        DataSet data = DataSet.of(
                CLASSES, 2, List.of(new int[] {0, 0, 0}, new int[] {0, 1, 1}, new int[] {1, 0, 1}), List.of());
        double[] probabilities = new double[CLASSES];
        data.analyze(COMMITTEE.withSupplements(Supplements.NONE.withSoftLabels()))
                .softLabels()
                .orElseThrow()
                .fill(0, probabilities);
        assertThat(probabilities[2]).isZero();
    }

    /** One label each: votes alone, and nothing is done. */
    @Test
    void singleLabelsGiveVotes() {
        DataSet data = DataSet.of(
                2, 2, List.of(new int[] {0, 0, 0}, new int[] {1, 1, 1}), List.of(new double[] {0.9, 0.1, 0.2, 0.8}));
        Analysis analysis = data.analyze(COMMITTEE.withSupplements(
                Supplements.NONE.withSoftLabels().withStop(new StopRule(0.1, 1, 10, Double.NaN, false))));
        assertThat(analysis.estimates().softLabels().orElseThrow().areForecasts())
                .isFalse();
        double[] probabilities = new double[2];
        analysis.softLabels().orElseThrow().fill(0, probabilities);
        assertThat(probabilities).containsExactly(2.0 / 3, 1.0 / 3);
        assertThat(analysis.stop().orElseThrow().count(StopState.ASK)).isEqualTo(2);
        assertThat(analysis.stop().orElseThrow().probability(0.9)).isNaN();
    }

    @Test
    void moreThanSixtyFourClassesGiveVotes() {
        List<int[]> rows = List.of(new int[] {0, 0, 0}, new int[] {0, 1, 64}, new int[] {1, 0, 64});
        try (LocalPassRunner passes =
                new LocalPassRunner(DataSet.of(65, 2, rows, List.of()).slice(), 1, 4096)) {
            SoftLabels labels = Crowdlab.estimate(passes, COMMITTEE.withSupplements(Supplements.NONE.withSoftLabels()))
                    .softLabels()
                    .orElseThrow();
            double[] probabilities = new double[65];
            labels.on(passes.slice()).fill(1, probabilities);
            assertThat(labels.areForecasts()).isFalse();
            assertThat(probabilities[64]).isCloseTo((1 + 2 * 2 / 3.0) / 3, within(EXACT));
            assertThat(AnnotatorForecasts.of(passes, labels)).isEmpty();
        }
    }
}
