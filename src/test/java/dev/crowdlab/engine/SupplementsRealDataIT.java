package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.share.ClassShare;
import dev.crowdlab.engine.share.ClassShares;
import dev.crowdlab.engine.share.GoldOrigin;
import dev.crowdlab.engine.share.GoldSample;
import dev.crowdlab.engine.share.SamplePrefix;
import dev.crowdlab.engine.share.SamplePrefixPass;
import dev.crowdlab.engine.share.ShareEstimates;
import dev.crowdlab.engine.share.SharePass;
import dev.crowdlab.engine.soft.AnnotatorForecasts;
import dev.crowdlab.engine.soft.SoftLabelReader;
import dev.crowdlab.engine.soft.SoftLabels;
import dev.crowdlab.engine.stop.GoldShift;
import dev.crowdlab.engine.stop.StopEstimates;
import dev.crowdlab.engine.stop.StopRule;
import dev.crowdlab.engine.stop.StopState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shares, states and soft labels on eight published data sets, which are not part of this project, against the figures of the study that they come from:
 * src/test/resources/supplements/expected.csv has the study's table. Run with {@code -Prealdata}; see {@code RealDataIT}.
 */
@Tag("realdata")
class SupplementsRealDataIT {

    private static final double EXACT = 1e-9;
    private static final double MOVED = 0.01;
    private static final double STATES = 0.005;
    private static final double LOSS = 0.001;
    private static final double COVERAGE = 0.03;
    private static final int DRAWS = 200;
    private static final String SEPARATOR = "\u001f";

    private static final Options COMMITTEE =
            Options.defaults().withConsensus(ConsensusMethod.COMMITTEE).withThreads(2, 512);

    /** The cells after the first of the lines of a data set that begin with a word. */
    private static List<String[]> expected(String name, String what) throws IOException {
        return Files.readAllLines(Path.of("src", "test", "resources", "supplements", "expected.csv")).stream()
                .map(line -> line.split(",", -1))
                .filter(cells -> cells[0].equals(name) && cells[1].equals(what))
                .toList();
    }

    private static double number(String cell) {
        return Double.parseDouble(cell);
    }

    /** The examples whose truth is known, with the consensus of the committee on all. */
    private record Known(PublishedDataSet published, int[] examples, Slice slice) {

        static Known of(String name) throws IOException {
            PublishedDataSet published = PublishedDataSet.read(name);
            DataSet all = published.withModels(0);
            Consensus consensus = all.analyze(COMMITTEE).published();
            int[] examples = IntStream.range(0, published.truth().length)
                    .filter(example -> published.truth()[example] >= 0)
                    .toArray();
            ConsensusLabels labels = new ConsensusLabels(examples.length);
            double[] qualities = new double[examples.length];
            long[] keys = new long[examples.length];
            GoldSample sample = new GoldSample("gold");
            for (int index = 0; index < examples.length; index++) {
                labels.decide(index, consensus.label(examples[index]), TieBreak.NONE);
                qualities[index] = consensus.quality(examples[index]);
                keys[index] = sample.key(published.examples().get(examples[index]));
            }
            DataSet known = all.withExamples(examples);
            Slice slice = new Slice(known.annotations(), known.predictions())
                    .with(Column.consensus(ConsensusMethod.COMMITTEE), labels)
                    .with(Column.quality(ConsensusMethod.COMMITTEE), qualities)
                    .with(Column.SAMPLE_KEY, keys);
            return new Known(published, examples, slice);
        }

        int truth(int index) {
            return published.truth()[examples[index]];
        }

        /** Returns the shares when the truth of these examples is known. */
        ShareEstimates shares(int[] gold, boolean isSampled) {
            int[] column = new int[examples.length];
            Arrays.fill(column, -1);
            for (int index : gold) {
                column[index] = truth(index);
            }
            try (LocalPassRunner passes = new LocalPassRunner(slice.with(Column.GOLD, column), 1, 4096)) {
                Optional<SamplePrefix> prefix =
                        isSampled ? Optional.of(passes.run("prefix", new SamplePrefixPass())) : Optional.empty();
                return new ShareEstimates(
                        passes.run("shares", new SharePass(ConsensusMethod.COMMITTEE, false, true, prefix)),
                        prefix,
                        0,
                        false);
            }
        }

        int[] firstOfSample(int count) {
            long[] keys = slice.get(Column.SAMPLE_KEY);
            return IntStream.range(0, keys.length)
                    .boxed()
                    .sorted((one, other) -> Long.compareUnsigned(keys[one], keys[other]))
                    .limit(count)
                    .mapToInt(index -> index)
                    .toArray();
        }
    }

    /** Where the committee has the same labels as the study's, to 1e-9, else .01; how sure gold is likewise. */
    @ParameterizedTest
    @ValueSource(strings = {"adult2", "bluebirds", "fact_eval", "rte", "trec", "web"})
    void sharesAreThoseOfTheStudy(String name) throws IOException {
        String[] expected = expected(name, "shares").get(0);
        Known known = Known.of(name);
        ShareEstimates estimates = known.shares(known.firstOfSample(Integer.parseInt(expected[2])), true);
        ClassShares shares = estimates.dataset();
        List<String[]> classes = expected(name, "class");
        double moved = 0;
        for (int label = 0; label < shares.classCount(); label++) {
            moved += Math.abs(shares.share(label).counted() - number(classes.get(label)[3]));
        }
        double tolerance = moved < EXACT ? EXACT : MOVED;
        assertThat(moved).isLessThan(MOVED);
        assertThat(estimates.origin()).isEqualTo(GoldOrigin.RANDOM);
        assertThat(shares.goldCount()).isEqualTo(Integer.parseInt(expected[2]));
        assertThat(shares.exampleCount()).isEqualTo(Integer.parseInt(expected[3]));
        assertThat(shares.lambda()).isCloseTo(number(expected[4]), within(tolerance));
        assertThat(shares.moreToHalve()).isEqualTo(Integer.parseInt(expected[5]));
        assertThat(estimates.randomness()).isCloseTo(number(expected[6]), within(0.05));
        for (int label = 0; label < shares.classCount(); label++) {
            ClassShare share = shares.share(label);
            String[] cells = classes.get(label);
            assertThat(share.estimate()).isCloseTo(Math.max(0, number(cells[4])), within(tolerance));
            assertThat(share.lower()).isCloseTo(number(cells[5]), within(tolerance));
            assertThat(share.upper()).isCloseTo(number(cells[6]), within(tolerance));
        }
        double[] qualities = estimates.counts().goldQualities();
        GoldShift shift = GoldShift.fit(qualities, estimates.counts().rightCount());
        assertThat(shift.a()).isCloseTo(number(expected(name, "shift").get(0)[3]), within(MOVED));
    }

    /** Mean and lowest coverage of the classes, and mean half-width, by the study's table. */
    @ParameterizedTest
    @CsvSource({
        "rte, 50, .965, .965, .0686",
        "rte, 100, .958, .958, .0434",
        "rte, 200, .940, .940, .0270",
        "web, 50, .962, .945, .0678",
        "web, 100, .931, .902, .0435",
        "web, 200, .917, .907, .0287"
    })
    void intervalsCoverAsOftenAsInTheStudy(String name, int count, double mean, double lowest, double width)
            throws IOException {
        Known known = Known.of(name);
        int classCount = known.published.data().annotations().classCount();
        double[] truth = new double[classCount];
        for (int index = 0; index < known.examples.length; index++) {
            truth[known.truth(index)] += 1.0 / known.examples.length;
        }
        double[] covered = new double[classCount];
        double[] widths = new double[classCount];
        SplittableRandom random = new SplittableRandom(26);
        int drawn = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            int[] order = IntStream.range(0, known.examples.length).toArray();
            for (int index = 0; index < count; index++) {
                int other = index + random.nextInt(order.length - index);
                int swapped = order[index];
                order[index] = order[other];
                order[other] = swapped;
            }
            ClassShares shares =
                    known.shares(Arrays.copyOf(order, count), false).dataset();
            if (shares.refusal().isEmpty()) {
                drawn++;
                for (int label = 0; label < classCount; label++) {
                    ClassShare share = shares.share(label);
                    covered[label] +=
                            share.lower() <= truth[label] + EXACT && truth[label] <= share.upper() + EXACT ? 1 : 0;
                    widths[label] += (share.upper() - share.lower()) / 2;
                }
            }
        }
        double times = drawn;
        assertThat(drawn).isGreaterThan(DRAWS - 5);
        assertThat(Arrays.stream(covered).average().orElseThrow() / times).isCloseTo(mean, within(COVERAGE));
        assertThat(Arrays.stream(covered).min().orElseThrow() / times).isCloseTo(lowest, within(COVERAGE));
        assertThat(Arrays.stream(widths).average().orElseThrow() / times).isCloseTo(width, within(0.002));
    }

    @ParameterizedTest
    @ValueSource(strings = {"adult2", "bluebirds", "ds1979", "fact_eval", "fleiss1971", "rte", "trec", "web"})
    void statesAreThoseOfTheStudy(String name) throws IOException {
        String[] expected = expected(name, "states").get(0);
        PublishedDataSet published = PublishedDataSet.read(name);
        DataSet data = published.withModels(0);
        Analysis analysis = data.analyze(COMMITTEE.withSupplements(Supplements.NONE.withStop(StopRule.defaults())));
        StopEstimates stop = analysis.stop().orElseThrow();
        int exampleCount = data.annotations().exampleCount();
        List<StopState> states = List.of(StopState.DONE, StopState.ASK, StopState.EXPERT);
        for (int index = 0; index < states.size(); index++) {
            assertThat((double) stop.count(states.get(index)))
                    .isCloseTo(number(expected[2 + index]), within(STATES * exampleCount));
        }
        double[] right = new double[2];
        double[] known = new double[2];
        for (int example = 0; example < exampleCount; example++) {
            if (published.truth()[example] >= 0) {
                int pile = analysis.states().orElseThrow().state(example) == StopState.DONE ? 0 : 1;
                known[pile] += 1;
                right[pile] += analysis.published().label(example) == published.truth()[example] ? 1 : 0;
            }
        }
        for (int pile = 0; pile < 2; pile++) {
            assertThat(known[pile] > 0).isEqualTo(expected.length > 5);
            if (known[pile] > 0) {
                assertThat(right[pile] / known[pile]).isCloseTo(number(expected[5 + pile]), within(0.005));
            }
        }
    }

    /** One label of every example with three or more is held out: log loss and Brier score of votes, soft labels and forecasts of its annotator. */
    @ParameterizedTest
    @ValueSource(strings = {"adult2", "bluebirds", "ds1979", "fact_eval", "fleiss1971", "rte", "trec", "web"})
    void softLabelsForetellLabelsAsInTheStudy(String name) throws IOException {
        String[] expected = expected(name, "soft").get(0);
        PublishedDataSet published = PublishedDataSet.read(name);
        List<int[]> held = new ArrayList<>();
        DataSet rest = holdOut(published, held);
        assertThat(held).hasSize(Integer.parseInt(expected[2]));
        Losses votes = new Losses();
        Losses next = new Losses();
        Losses own = new Losses();
        try (LocalPassRunner passes = new LocalPassRunner(rest.slice(), 2, 512)) {
            SoftLabels labels = Crowdlab.estimate(passes, COMMITTEE.withSupplements(Supplements.NONE.withSoftLabels()))
                    .softLabels()
                    .orElseThrow();
            AnnotatorForecasts.Reader forecasts =
                    AnnotatorForecasts.of(passes, labels).orElseThrow().on(passes.slice());
            SoftLabelReader reader = labels.on(passes.slice());
            double[] probabilities = new double[labels.classCount()];
            for (int[] row : held) {
                reader.fill(row[0], probabilities);
                next.add(probabilities, row[2]);
                forecasts.fill(row[0], row[1], probabilities);
                own.add(probabilities, row[2]);
                Annotations annotations = rest.annotations();
                for (int label = 0; label < probabilities.length; label++) {
                    probabilities[label] = (annotations.votes(row[0], label) + 2 * labels.share(label))
                            / (annotations.size(row[0]) + 2);
                }
                votes.add(probabilities, row[2]);
            }
        }
        List<Losses> losses = List.of(votes, next, own);
        for (int index = 0; index < losses.size(); index++) {
            assertThat(losses.get(index).log / held.size()).isCloseTo(number(expected[3 + 2 * index]), within(LOSS));
            assertThat(losses.get(index).brier / held.size()).isCloseTo(number(expected[4 + 2 * index]), within(LOSS));
        }
    }

    private static DataSet holdOut(PublishedDataSet published, List<int[]> held) {
        Annotations annotations = published.data().annotations();
        GoldSample sample = new GoldSample("soft");
        List<int[]> rest = new ArrayList<>();
        Map<Integer, Long> least = new HashMap<>();
        Map<Integer, int[]> first = new HashMap<>();
        for (int[] row : published.data().rows()) {
            long key = key(sample, published, row);
            if (annotations.size(row[0]) >= 3
                    && (!least.containsKey(row[0]) || Long.compareUnsigned(key, least.get(row[0])) < 0)) {
                least.put(row[0], key);
                first.put(row[0], row);
            }
        }
        for (int[] row : published.data().rows()) {
            int[] out = first.get(row[0]);
            if (out != null && out[1] == row[1]) {
                held.add(row);
            } else {
                rest.add(row);
            }
        }
        return DataSet.of(annotations.classCount(), annotations.annotatorCount(), rest, List.of());
    }

    private static long key(GoldSample sample, PublishedDataSet published, int[] row) {
        return sample.key(published.examples().get(row[0])
                + SEPARATOR
                + published.annotators().get(row[1]));
    }

    private static final class Losses {

        private static final double MIN = 1e-4;

        private double log;
        private double brier;

        void add(double[] probabilities, int label) {
            log -= Math.log(Math.max(MIN, probabilities[label]));
            for (int other = 0; other < probabilities.length; other++) {
                double difference = probabilities[other] - (other == label ? 1 : 0);
                brier += difference * difference;
            }
        }
    }

    /** Every night one more label of each example that asks for it, until none does: nights, labels an example and accuracy of the study. */
    @ParameterizedTest
    @CsvSource({
        "adult2, 8, 5.75, .778",
        "bluebirds, 8, 9.58, .880",
        "rte, 8, 7.00, .926",
        "trec, 8, 4.45, .703",
        "web, 4, 5.42, .825",
        "fact_eval, 5, 3.46, .878"
    })
    void nightsBuyAsManyLabelsAsInTheStudy(String name, int nights, double labels, double accuracy) throws IOException {
        PublishedDataSet published = PublishedDataSet.read(name);
        int[] ranks = ranks(published);
        Annotations annotations = published.data().annotations();
        int exampleCount = annotations.exampleCount();
        int[] need = new int[exampleCount];
        Arrays.setAll(need, example -> Math.min(3, annotations.size(example)));
        int[] done = new int[exampleCount];
        Options options = COMMITTEE.withSupplements(Supplements.NONE.withStop(StopRule.defaults()));
        int night = 0;
        Analysis analysis;
        boolean isAsking;
        do {
            night++;
            List<int[]> rows = published.data().rows();
            List<int[]> bought = IntStream.range(0, rows.size())
                    .filter(row -> ranks[row] < need[rows.get(row)[0]])
                    .mapToObj(rows::get)
                    .toList();
            DataSet data = DataSet.of(annotations.classCount(), annotations.annotatorCount(), bought, List.of());
            analysis = Crowdlab.analyze(data.slice().with(Column.DONE_LABELS, done.clone()), options);
            isAsking = false;
            for (int example = 0; example < exampleCount; example++) {
                boolean isDone = analysis.states().orElseThrow().state(example) == StopState.DONE;
                done[example] = isDone ? need[example] : 0;
                if (!isDone && need[example] < Math.min(10, annotations.size(example))) {
                    need[example]++;
                    isAsking = true;
                }
            }
        } while (isAsking);
        assertThat(night).isEqualTo(nights);
        assertThat(Arrays.stream(need).average().orElseThrow()).isCloseTo(labels, within(0.02));
        assertThat(published.accuracy(analysis.published())).isCloseTo(accuracy, within(0.005));
    }

    /** The order in which the labels of an example are bought. */
    private static int[] ranks(PublishedDataSet published) {
        GoldSample sample = new GoldSample("nights");
        Annotations annotations = published.data().annotations();
        List<int[]> rows = published.data().rows();
        long[] keys =
                rows.stream().mapToLong(row -> key(sample, published, row)).toArray();
        int[] ranks = new int[keys.length];
        for (int row = 0; row < keys.length; row++) {
            int example = rows.get(row)[0];
            for (int other = annotations.start(example); other < annotations.end(example); other++) {
                ranks[row] += Long.compareUnsigned(keys[other], keys[row]) < 0 ? 1 : 0;
            }
        }
        return ranks;
    }
}
