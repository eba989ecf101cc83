package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.correction.CorrectionEstimates;
import dev.crowdlab.engine.correction.CorrectionStatus;
import dev.crowdlab.engine.correction.CorrectionWeight;
import dev.crowdlab.engine.correction.GoldCorrection;
import dev.crowdlab.engine.correction.GoldSource;
import dev.crowdlab.engine.machine.AlonePass;
import dev.crowdlab.engine.machine.Anchor;
import dev.crowdlab.engine.machine.LabelSource;
import dev.crowdlab.engine.machine.MachineSplit;
import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.engine.machine.PanelStatus;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.engine.quality.WilsonInterval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gold that corrects labels to which machines contribute, and those of machines alone. The study's reference computed
 * src/test/resources/machines/mixed-gold.csv from the same numbers.
 */
class MachineGoldTest {

    private static final int PEOPLE = 5;
    private static final int MACHINES = 4;
    private static final double CLOSE = 1e-6;
    /** The reference takes 1.645 for the 95th percentile. */
    private static final double QUANTILE = 1e-5;

    private static final Options OPTIONS = Options.defaults()
            .withConsensus(ConsensusMethod.COMMITTEE)
            .withCorrection(GoldCorrection.DEFAULT_MINIMUM)
            .withThreads(2, 16);

    /**
     * 400 examples of three classes, some by three of five people, all by most of four machines. All are right in four
     * cases of five; if misled, all but the first of each kind mostly take the last class for the first.
     */
    private record Scene(int seed, boolean isMisled, int peoplesCount) {

        static final int EXAMPLES = 400;
        static final int CLASSES = 3;

        int truth(int example) {
            return (int) (SimulatedMachines.uniform(example, seed, 1) * CLASSES);
        }

        private int answer(int example, int who) {
            boolean isGood = who == 0 || who == PEOPLE;
            if (isMisled
                    && !isGood
                    && truth(example) == CLASSES - 1
                    && SimulatedMachines.uniform(example, seed, who, 9) < 0.9) {
                return 0;
            }
            return SimulatedMachines.uniform(example, seed, who, 8) < 0.8
                    ? truth(example)
                    : (int) (SimulatedMachines.uniform(example, seed, who, 7) * CLASSES);
        }

        DataSet data(int machineCount) {
            List<int[]> rows = new ArrayList<>();
            for (int example = 0; example < EXAMPLES; example++) {
                for (int who = 0; who < PEOPLE + machineCount; who++) {
                    boolean isGiven = who < PEOPLE
                            ? (example + who) % PEOPLE < 3 && example < peoplesCount
                            : SimulatedMachines.uniform(example, seed, who, 10) < 0.9;
                    if (isGiven) {
                        rows.add(new int[] {example, who, answer(example, who)});
                    }
                }
            }
            return DataSet.of(CLASSES, PEOPLE + machineCount, rows, List.of());
        }

        /** With a gold label for about two examples of five of the first. */
        Slice slice(int goldUntil) {
            return slice(data(MACHINES), goldUntil);
        }

        Slice slice(DataSet data, int goldUntil) {
            int[] gold = new int[EXAMPLES];
            Arrays.setAll(
                    gold,
                    example -> example < goldUntil && SimulatedMachines.uniform(example, seed, 11) < 0.4
                            ? truth(example)
                            : -1);
            return data.slice().with(Column.GOLD, gold).with(Column.GOLD_ORDER, orders(EXAMPLES));
        }

        MachineAnalysis analyze(int goldUntil) {
            return PeopleAndMachines.analyze(slice(goldUntil), machines(MACHINES), OPTIONS);
        }
    }

    private static long[] orders(int count) {
        long[] orders = new long[count];
        Arrays.setAll(orders, example -> {
            CRC32 crc = new CRC32();
            crc.update(Integer.toString(example).getBytes(StandardCharsets.UTF_8));
            return (crc.getValue() << Integer.SIZE) + example;
        });
        return orders;
    }

    private static Machines machines(int count) {
        return Machines.of(
                PEOPLE + count, IntStream.range(PEOPLE, PEOPLE + count).toArray());
    }

    private static GoldCorrection correction(MachineAnalysis found) {
        return found.all()
                .or(found::people)
                .orElseThrow()
                .estimates()
                .correction()
                .orElseThrow();
    }

    static List<String> expected() throws IOException {
        return Files.readAllLines(Path.of("src", "test", "resources", "machines", "mixed-gold.csv")).stream()
                .skip(1)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("expected")
    void theFiguresAreThoseOfTheReference(String line) {
        String[] cells = line.split(",", -1);
        Scene scene = new Scene(Integer.parseInt(cells[1]), cells[2].equals("1"), Integer.parseInt(cells[3]));
        MachineAnalysis found = scene.analyze(Scene.EXAMPLES);
        GoldCorrection correction = correction(found);
        CorrectionEstimates estimates = correction.estimates();
        assertThat(estimates.goldCount()).isEqualTo(Integer.parseInt(cells[5]));
        assertThat(correction.status()).isEqualTo(CorrectionStatus.valueOf(cells[6]));
        assertThat(Double.isInfinite(estimates.strength()) ? "" : Double.toString(estimates.strength()))
                .isEqualTo(cells[7]);
        assertThat(estimates.wins()).isEqualTo(Integer.parseInt(cells[8]));
        assertThat(estimates.losses()).isEqualTo(Integer.parseInt(cells[9]));
        assertThat(estimates.accuracy()).isCloseTo(Double.parseDouble(cells[10]), within(1e-8));
        assertThat(estimates.interval().lower()).isCloseTo(Double.parseDouble(cells[11]), within(QUANTILE));
        assertThat(estimates.interval().upper()).isCloseTo(Double.parseDouble(cells[12]), within(QUANTILE));
        int[] gold = scene.slice(Scene.EXAMPLES).get(Column.GOLD);
        int[] free = IntStream.range(0, Scene.EXAMPLES)
                .filter(example -> gold[example] < 0)
                .toArray();
        assertThat(Arrays.stream(free)
                        .map(example -> found.label(example) == scene.truth(example) ? 1 : 0)
                        .average())
                .hasValueCloseTo(Double.parseDouble(cells[14]), within(CLOSE));
        assertThat(Arrays.stream(free).mapToDouble(found::quality).average())
                .hasValueCloseTo(Double.parseDouble(cells[15]), within(CLOSE));
        double[] weights = correction.weights().stream()
                .mapToDouble(CorrectionWeight::weight)
                .toArray();
        double[] wanted = Arrays.stream(cells[16].split(" "))
                .filter(cell -> !cell.isEmpty())
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(weights).containsExactly(wanted, within(1e-5));
        if (wanted.length > 0) {
            assertThat(correction.weights().stream()
                            .filter(weight -> weight.feature() == CorrectionWeight.Feature.ANNOTATOR)
                            .map(weight -> Integer.toString(weight.number())))
                    .containsExactly(cells[17].split(" "));
        }
    }

    @Test
    void goldOfMachinesAloneAndOfPeoplesExamplesTeachTogether() {
        Scene scene = new Scene(1, true, 300);
        MachineAnalysis found = scene.analyze(Scene.EXAMPLES);
        int[] gold = scene.slice(Scene.EXAMPLES).get(Column.GOLD);
        for (int example = 0; example < gold.length; example++) {
            if (gold[example] >= 0) {
                assertThat(found.label(example)).isEqualTo(gold[example]);
                assertThat(found.quality(example)).isEqualTo(1);
            }
        }
        assertThat(found.panel().status()).isEqualTo(PanelStatus.ANCHORED);
        assertThat(found.source(0)).isEqualTo(LabelSource.MIXED);
        assertThat(found.source(399)).isEqualTo(LabelSource.MACHINES);
        MachineAnalysis fewer = scene.analyze(299);
        assertThat(correction(fewer).estimates().goldCount())
                .isLessThan(correction(found).estimates().goldCount());
    }

    @Test
    void machinesThatNobodyCanJudgeAreMeasuredByTwentyGoldLabels() {
        Scene scene = new Scene(2, true, 49);
        assertThat(scene.analyze(Scene.EXAMPLES).panel().status()).isEqualTo(PanelStatus.BY_GOLD);
        int[] twenty = IntStream.range(0, 100)
                .filter(until -> goldCount(scene.slice(until)) == 20)
                .toArray();
        assertThat(scene.analyze(twenty[0]).panel().status()).isEqualTo(PanelStatus.BY_GOLD);
        MachineAnalysis fewer = scene.analyze(twenty[0] - 1);
        assertThat(fewer.panel().status()).isEqualTo(PanelStatus.NO_ANCHOR);
        assertThat(correction(fewer).status()).isEqualTo(CorrectionStatus.TOO_LITTLE_GOLD);
        assertThat(fewer.source(0)).isEqualTo(LabelSource.HUMANS);
        assertThat(fewer.source(399)).isEqualTo(LabelSource.NOBODY);
        assertThat(new Scene(2, true, 50).analyze(Scene.EXAMPLES).panel().status())
                .isEqualTo(PanelStatus.ANCHORED);
    }

    private static long goldCount(Slice slice) {
        return Arrays.stream(slice.get(Column.GOLD)).filter(label -> label >= 0).count();
    }

    @Test
    void tooLittleGoldLeavesEverythingAsItIs() {
        Scene scene = new Scene(3, true, 300);
        MachineAnalysis found = scene.analyze(30);
        MachineAnalysis without = PeopleAndMachines.analyze(
                scene.slice(0), machines(MACHINES), Options.defaults().withConsensus(ConsensusMethod.COMMITTEE));
        assertThat(correction(found).status()).isEqualTo(CorrectionStatus.TOO_LITTLE_GOLD);
        for (int example = 30; example < Scene.EXAMPLES; example++) {
            assertThat(found.label(example)).isEqualTo(without.label(example));
            assertThat(found.quality(example)).isEqualTo(without.quality(example));
        }
    }

    @Test
    void oneMachineWithoutPeopleHasNothingToBeComparedWith() {
        Scene scene = new Scene(1, false, 0);
        List<int[]> rows = IntStream.range(0, Scene.EXAMPLES)
                .mapToObj(example -> new int[] {example, PEOPLE, example % 2})
                .toList();
        Slice slice = scene.slice(DataSet.of(Scene.CLASSES, PEOPLE + 1, rows, List.of()), Scene.EXAMPLES);
        assertThatThrownBy(() -> PeopleAndMachines.analyze(slice, machines(1), OPTIONS))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("No example has two annotations");
    }

    @Test
    void whereAllExamplesHaveGoldTheIntervalIsThatOfAllOfThem() {
        Scene scene = new Scene(1, true, 300);
        int[] gold = IntStream.range(0, Scene.EXAMPLES).map(scene::truth).toArray();
        MachineAnalysis found =
                PeopleAndMachines.analyze(scene.slice(0).with(Column.GOLD, gold), machines(MACHINES), OPTIONS);
        assertThat(correction(found).estimates().goldCount()).isEqualTo(Scene.EXAMPLES);
        double accuracy = correction(found).estimates().accuracy();
        WilsonInterval all = WilsonInterval.ofEffective(accuracy, Scene.EXAMPLES, WilsonInterval.QUANTILE);
        assertThat(correction(found).estimates().interval().lower()).isEqualTo(all.lower());
        assertThat(IntStream.range(0, Scene.EXAMPLES).map(found::label).toArray())
                .isEqualTo(gold);
    }

    @Test
    void goldOfOneClassMeasuresAndChangesNothing() {
        for (int peoplesCount : new int[] {300, 0}) {
            Scene scene = new Scene(1, true, peoplesCount);
            int[] gold = IntStream.range(0, Scene.EXAMPLES)
                    .map(example -> scene.truth(example) == 2 ? 2 : -1)
                    .toArray();
            MachineAnalysis found =
                    PeopleAndMachines.analyze(scene.slice(0).with(Column.GOLD, gold), machines(MACHINES), OPTIONS);
            assertThat(correction(found).status()).isEqualTo(CorrectionStatus.KEPT);
            assertThat(correction(found).estimates().isTried()).isFalse();
            assertThat(correction(found).estimates().accuracy()).isLessThan(0.6);
        }
    }

    /** A machine that labeled what nobody else did, and too little of what people did. */
    @Test
    void examplesWithoutALabelThatCountsAreInNoSum() {
        Scene scene = new Scene(1, true, 300);
        List<int[]> rows = new ArrayList<>(scene.data(MACHINES).rows());
        IntStream.range(Scene.EXAMPLES, 450)
                .mapToObj(example -> new int[] {example, PEOPLE + MACHINES, 0})
                .forEach(rows::add);
        DataSet more = DataSet.of(Scene.CLASSES, PEOPLE + MACHINES + 1, rows, List.of());
        int[] gold = Arrays.copyOf(scene.slice(Scene.EXAMPLES).get(Column.GOLD), 450);
        Arrays.fill(gold, Scene.EXAMPLES, 440, -1);
        Arrays.fill(gold, 440, 450, 1);
        Slice slice = more.slice().with(Column.GOLD, gold).with(Column.GOLD_ORDER, orders(450));
        MachineAnalysis found = PeopleAndMachines.analyze(slice, machines(MACHINES + 1), OPTIONS);
        assertThat(correction(found).estimates())
                .isEqualTo(correction(scene.analyze(Scene.EXAMPLES)).estimates());
        assertThat(found.source(420)).isEqualTo(LabelSource.NOBODY);
        assertThat(correction(found).weights()).noneMatch(weight -> weight.number() == PEOPLE + MACHINES);
    }

    @Test
    void moreThanSixtyFourClassesAreRefused() {
        for (int peoplesCount : new int[] {300, 0}) {
            Scene scene = new Scene(1, false, peoplesCount);
            DataSet data =
                    DataSet.of(65, PEOPLE + MACHINES, scene.data(MACHINES).rows(), List.of());
            Slice slice = scene.slice(data, Scene.EXAMPLES);
            assertThatThrownBy(() -> PeopleAndMachines.analyze(slice, machines(MACHINES), OPTIONS))
                    .isInstanceOf(UnusableInputException.class)
                    .hasMessageContaining("There are 65 classes, and gold corrects the labels of at most 64");
        }
    }

    @Test
    void machinesThatDeclareNobodyLeaveThePeoplesCorrection() {
        Scene scene = new Scene(2, true, 400);
        Slice slice = scene.slice(scene.data(0), Scene.EXAMPLES);
        MachineAnalysis found = PeopleAndMachines.analyze(slice, machines(0), OPTIONS);
        Analysis people = Crowdlab.analyze(slice, OPTIONS);
        assertThat(correction(found).status()).isEqualTo(CorrectionStatus.CHANGED);
        for (int example = 0; example < Scene.EXAMPLES; example++) {
            assertThat(found.label(example)).isEqualTo(people.published().label(example));
            assertThat(found.quality(example)).isEqualTo(people.published().quality(example));
            assertThat(found.source(example)).isEqualTo(LabelSource.HUMANS);
        }
    }

    @Test
    void neitherThreadsNorBlocksNorOrderChangeABit() {
        for (int peoplesCount : new int[] {300, 0}) {
            Scene scene = new Scene(1, true, peoplesCount);
            MachineAnalysis expected = scene.analyze(Scene.EXAMPLES);
            MachineAnalysis others = PeopleAndMachines.analyze(
                    scene.slice(Scene.EXAMPLES), machines(MACHINES), OPTIONS.withThreads(3, 7));
            int[] order = IntStream.range(0, Scene.EXAMPLES)
                    .map(example -> example * 77 % Scene.EXAMPLES)
                    .toArray();
            DataSet shuffled = scene.data(MACHINES).withExamples(order);
            int[] gold = scene.slice(Scene.EXAMPLES).get(Column.GOLD);
            long[] orders = orders(Scene.EXAMPLES);
            MachineAnalysis turned = PeopleAndMachines.analyze(
                    shuffled.slice()
                            .with(
                                    Column.GOLD,
                                    Arrays.stream(order)
                                            .map(example -> gold[example])
                                            .toArray())
                            .with(
                                    Column.GOLD_ORDER,
                                    Arrays.stream(order)
                                            .mapToLong(example -> orders[example])
                                            .toArray()),
                    machines(MACHINES),
                    OPTIONS.withThreads(1, 4096));
            assertThat(correction(expected).status()).isEqualTo(CorrectionStatus.CHANGED);
            for (int example = 0; example < Scene.EXAMPLES; example++) {
                assertThat(others.label(example)).isEqualTo(expected.label(example));
                assertThat(others.quality(example)).isEqualTo(expected.quality(example));
                assertThat(turned.label(example)).isEqualTo(expected.label(order[example]));
                assertThat(turned.quality(example)).isEqualTo(expected.quality(order[example]));
            }
        }
    }

    @Test
    void aClusterComesToTheSameBits() {
        Scene scene = new Scene(1, true, 300);
        MachineAnalysis expected = scene.analyze(Scene.EXAMPLES);
        List<Slice> people = new ArrayList<>();
        List<Slice> alone = new ArrayList<>();
        int[] ends = {0, 130, 290, Scene.EXAMPLES};
        int[] gold = scene.slice(Scene.EXAMPLES).get(Column.GOLD);
        long[] orders = orders(Scene.EXAMPLES);
        for (int part = 1; part < ends.length; part++) {
            int from = ends[part - 1];
            int to = ends[part];
            Slice slice = scene.data(MACHINES)
                    .slice(from, to)
                    .slice()
                    .with(Column.GOLD, Arrays.copyOfRange(gold, from, to))
                    .with(Column.GOLD_ORDER, Arrays.copyOfRange(orders, from, to))
                    .with(
                            Column.EXAMPLE_KEY,
                            IntStream.range(from, to)
                                    .mapToLong(example -> example)
                                    .toArray());
            MachineSplit split = MachineSplit.of(slice, machines(MACHINES));
            people.add(split.people());
            alone.add(split.alone());
        }
        SpreadPassRunner first = new SpreadPassRunner(people);
        Anchor anchor = Anchor.of(first, machines(MACHINES));
        SpreadPassRunner second = new SpreadPassRunner(
                first.slices().stream().map(Anchor::withModels).toList());
        SpreadPassRunner third = new SpreadPassRunner(alone);
        long labeled = anchor.label(third).count();
        GoldSource source = anchor.goldSource(third, machines(MACHINES), labeled);
        GoldCorrection correction =
                Crowdlab.estimate(second, OPTIONS, source).correction().orElseThrow();
        assertThat(anchor.correct(third, correction, source.voters()).mean()).isEqualTo(expected.meanQualityAlone());
        assertThat(correction.estimates()).isEqualTo(correction(expected).estimates());
        assertThat(correction.weights()).isEqualTo(correction(expected).weights());
        assertThat(second.slices().get(1).get(Column.quality(ConsensusMethod.COMMITTEE))[20])
                .isEqualTo(expected.quality(150));
        assertThat(third.slices().get(2).get(AlonePass.QUALITY)[60]).isEqualTo(expected.quality(360));
    }
}
