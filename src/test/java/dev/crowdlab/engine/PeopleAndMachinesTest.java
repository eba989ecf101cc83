package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.machine.AlonePass;
import dev.crowdlab.engine.machine.AltVerdict;
import dev.crowdlab.engine.machine.Anchor;
import dev.crowdlab.engine.machine.LabelSource;
import dev.crowdlab.engine.machine.MachinePanel;
import dev.crowdlab.engine.machine.MachineSplit;
import dev.crowdlab.engine.machine.MachineStatus;
import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.engine.machine.PanelStatus;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Machines beside people: what the study says of special cases, and that bits depend on nothing but the data. */
class PeopleAndMachinesTest {

    private static final int PEOPLE = 5;
    private static final Options OPTIONS = Options.defaults().withConsensus(ConsensusMethod.COMMITTEE);

    /** Says what a machine answers; -1 for nothing. */
    private interface Answer {
        int of(int machine, int example, int truth);
    }

    private static int truth(int example, int classCount) {
        return (int) (SimulatedMachines.uniform(example, 1) * classCount);
    }

    /** Two to four of five people on the first examples, 80 % right; machines behind them. */
    private static DataSet data(int exampleCount, int peoplesCount, int classCount, int machineCount, Answer answer) {
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < exampleCount; example++) {
            int truth = truth(example, classCount);
            for (int person = 0; person < PEOPLE && example < peoplesCount; person++) {
                if ((example + person) % PEOPLE < 3) {
                    int wrong = (int) (SimulatedMachines.uniform(example, person, 7) * classCount);
                    boolean isRight = SimulatedMachines.uniform(example, person, 8) < 0.8;
                    rows.add(new int[] {example, person, isRight ? truth : wrong});
                }
            }
            for (int machine = 0; machine < machineCount; machine++) {
                int label = answer.of(machine, example, truth);
                if (label >= 0) {
                    rows.add(new int[] {example, PEOPLE + machine, label});
                }
            }
        }
        return DataSet.of(classCount, PEOPLE + machineCount, rows, List.of());
    }

    private static Answer good(int classCount) {
        return (machine, example, truth) -> SimulatedMachines.uniform(example, machine, 9) < 0.85
                ? truth
                : (int) (SimulatedMachines.uniform(example, machine, 10) * classCount);
    }

    private static Machines machines(int count) {
        return Machines.of(
                PEOPLE + count, IntStream.range(PEOPLE, PEOPLE + count).toArray());
    }

    private static MachineAnalysis analyze(DataSet data, int machineCount) {
        return PeopleAndMachines.analyze(data.slice(), machines(machineCount), OPTIONS.withThreads(2, 16));
    }

    private static List<Long> bits(MachineAnalysis analysis, int exampleCount) {
        List<Long> bits = new ArrayList<>();
        for (int example = 0; example < exampleCount; example++) {
            bits.add((long) analysis.label(example));
            bits.add(Double.doubleToRawLongBits(analysis.quality(example)));
            bits.add((long) analysis.source(example).ordinal());
        }
        return bits;
    }

    @Test
    void twoClassesAreNothingSpecial() {
        MachineAnalysis analysis = analyze(data(200, 150, 2, 3, good(2)), 3);
        assertThat(analysis.panel().status()).isEqualTo(PanelStatus.ANCHORED);
        assertThat(analysis.source(0)).isEqualTo(LabelSource.MIXED);
        assertThat(analysis.source(199)).isEqualTo(LabelSource.MACHINES);
        assertThat(analysis.quality(199)).isBetween(0.5, 1.0);
        long right = IntStream.range(0, 200)
                .filter(example -> analysis.label(example) == truth(example, 2))
                .count();
        assertThat(right).isGreaterThan(180);
    }

    @Test
    void moreThan64ClassesAreRefused() {
        MachineAnalysis analysis = analyze(data(120, 100, 65, 2, good(65)), 2);
        assertThat(analysis.panel().status()).isEqualTo(PanelStatus.TOO_MANY_CLASSES);
        assertThat(analysis.source(0)).isEqualTo(LabelSource.HUMANS);
        assertThat(analysis.label(119)).isEqualTo(-1);
        assertThat(analysis.source(119)).isEqualTo(LabelSource.NOBODY);
    }

    @Test
    void fewerThanFiftyExamplesOfTwoPeopleAnchorNothing() {
        DataSet data = data(200, 49, 3, 2, good(3));
        MachineAnalysis analysis = analyze(data, 2);
        assertThat(analysis.panel().status()).isEqualTo(PanelStatus.NO_ANCHOR);
        assertThat(analysis.panel().anchors()).isEqualTo(49);
        assertThat(analysis.label(100)).isEqualTo(-1);
        assertThat(analysis.quality(100)).isNaN();
        assertThat(analysis.panelWeight()).isNaN();
        Analysis people = Committee.analyze(
                data(49, 49, 3, 0, good(3)).annotations(),
                data(49, 49, 3, 0, good(3)).predictions(),
                OPTIONS);
        for (int example = 0; example < 49; example++) {
            assertThat(analysis.label(example)).isEqualTo(people.published().label(example));
            assertThat(analysis.quality(example)).isEqualTo(people.published().quality(example));
        }
        assertThat(analyze(data(200, 50, 3, 2, good(3)), 2).panel().status()).isEqualTo(PanelStatus.ANCHORED);
    }

    @Test
    void machinesWithoutPeopleHaveNoLabels() {
        MachineAnalysis analysis = analyze(data(80, 0, 3, 2, good(3)), 2);
        assertThat(analysis.panel().status()).isEqualTo(PanelStatus.NO_ANCHOR);
        assertThat(analysis.people()).isEmpty();
        assertThat(analysis.label(0)).isEqualTo(-1);
    }

    @Test
    void aMachineWithoutOverlapIsLeftOut() {
        Answer answer = (machine, example, truth) ->
                machine == 1 && example >= 29 && example < 150 ? -1 : good(3).of(machine, example, truth);
        MachineAnalysis analysis = analyze(data(200, 150, 3, 2, answer), 2);
        MachinePanel panel = analysis.panel();
        assertThat(panel.machines().get(0).status()).isEqualTo(MachineStatus.USED);
        assertThat(panel.machines().get(1).status()).isEqualTo(MachineStatus.NO_OVERLAP);
        assertThat(panel.machines().get(1).overlap()).isEqualTo(29);
        assertThat(panel.effectiveCount()).isEqualTo(1);
        Answer first = (machine, example, truth) -> machine == 1 ? -1 : answer.of(machine, example, truth);
        assertThat(bits(analysis, 200)).isEqualTo(bits(analyze(data(200, 150, 3, 2, first), 2), 200));
    }

    @Test
    void withoutAnyMachineOfEnoughOverlapPeopleAreAlone() {
        Answer answer = (machine, example, truth) -> example < 150 ? -1 : truth;
        MachineAnalysis analysis = analyze(data(200, 150, 3, 2, answer), 2);
        assertThat(analysis.panel().status()).isEqualTo(PanelStatus.NO_MACHINES);
        assertThat(analysis.panel().machines().get(0).test().verdict()).isEqualTo(AltVerdict.NO_OVERLAP);
        assertThat(analysis.source(0)).isEqualTo(LabelSource.HUMANS);
        assertThat(analysis.source(160)).isEqualTo(LabelSource.NOBODY);
    }

    @Test
    void identicalMachinesAreOne() {
        Answer same = (machine, example, truth) -> good(3).of(0, example, truth);
        MachinePanel panel = analyze(data(300, 200, 3, 4, same), 4).panel();
        assertThat(panel.rho()).isCloseTo(1, within(1e-12));
        assertThat(panel.effectiveCount()).isCloseTo(1, within(1e-12));
    }

    @Test
    void machinesThatAreNeverWrongHaveNoCorrelation() {
        DataSet data = data(200, 150, 3, 2, (machine, example, truth) -> truth);
        Analysis people = Committee.analyze(
                data(150, 150, 3, 0, good(3)).annotations(),
                data(150, 150, 3, 0, good(3)).predictions(),
                OPTIONS);
        Answer never =
                (machine, example, truth) -> example < 150 ? people.published().label(example) : truth;
        MachinePanel panel = analyze(data(200, 150, 3, 2, never), 2).panel();
        assertThat(panel.pairs().get(0).errorCorrelation()).isNaN();
        assertThat(panel.rho()).isEqualTo(1);
        assertThat(data.annotations().annotatorCount()).isEqualTo(PEOPLE + 2);
    }

    @Test
    void aMachineThatIsAlwaysOppositeIsTurnedRound() {
        DataSet data = data(300, 200, 2, 1, (machine, example, truth) -> 1 - truth);
        MachineAnalysis analysis = analyze(data, 1);
        long right = IntStream.range(200, 300)
                .filter(example -> analysis.label(example) == truth(example, 2))
                .count();
        assertThat(right).isEqualTo(100);
    }

    @Test
    void machinesThatGuessAddNothing() {
        Answer guess = (machine, example, truth) -> (int) (SimulatedMachines.uniform(example, machine, 11) * 3);
        assertThat(analyze(data(400, 400, 3, 3, guess), 3).panelWeight()).isLessThan(0.6);
    }

    @Test
    void examplesWithoutMachinesArePeoples() {
        Answer half = (machine, example, truth) -> example % 2 == 0 ? -1 : good(3).of(machine, example, truth);
        MachineAnalysis analysis = analyze(data(200, 200, 3, 3, half), 3);
        assertThat(analysis.source(0)).isEqualTo(LabelSource.HUMANS);
        assertThat(analysis.source(1)).isEqualTo(LabelSource.MIXED);
    }

    @Test
    void annotatorsArePeopleAlone() {
        Analysis people = analyze(data(200, 150, 3, 3, good(3)), 3).people().orElseThrow();
        assertThat(people.annotators().labelCount(PEOPLE - 1)).isPositive();
        assertThatThrownBy(() -> people.annotators().labelCount(PEOPLE)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void neitherThreadsNorBlocksNorOrderChangeABit() {
        for (ConsensusMethod method : ConsensusMethod.values()) {
            Options options = Options.defaults().withConsensus(method);
            DataSet data = data(230, 160, 3, 3, good(3));
            List<Long> expected =
                    bits(PeopleAndMachines.analyze(data.slice(), machines(3), options.withThreads(1, 4096)), 230);
            assertThat(bits(PeopleAndMachines.analyze(data.slice(), machines(3), options.withThreads(3, 7)), 230))
                    .isEqualTo(expected);
            int[] order = shuffled(230);
            MachineAnalysis other = PeopleAndMachines.analyze(
                    data.withExamples(order).slice(), machines(3), options.withThreads(2, 16));
            for (int example = 0; example < order.length; example++) {
                assertThat(Double.doubleToRawLongBits(other.quality(example)))
                        .isEqualTo(expected.get(3 * order[example] + 1));
                assertThat((long) other.label(example)).isEqualTo(expected.get(3 * order[example]));
            }
        }
    }

    private static int[] shuffled(int count) {
        int[] order = IntStream.range(0, count).toArray();
        SplittableRandom random = new SplittableRandom(5);
        for (int place = count - 1; place > 0; place--) {
            int other = random.nextInt(place + 1);
            int example = order[place];
            order[place] = order[other];
            order[other] = example;
        }
        return order;
    }

    @Test
    void aClusterComesToTheSameBits() {
        DataSet data = data(230, 160, 3, 3, good(3));
        MachineAnalysis expected = analyze(data, 3);
        List<Slice> people = new ArrayList<>();
        List<Slice> alone = new ArrayList<>();
        long[] keys = new long[] {0, 100, 230};
        for (int part = 0; part < 2; part++) {
            int from = (int) keys[part];
            DataSet slice = data.slice(from, (int) keys[part + 1]);
            long[] numbers = IntStream.range(from, (int) keys[part + 1])
                    .mapToLong(example -> example)
                    .toArray();
            MachineSplit split = MachineSplit.of(slice.slice().with(Column.EXAMPLE_KEY, numbers), machines(3));
            people.add(split.people());
            alone.add(split.alone());
        }
        SpreadPassRunner first = new SpreadPassRunner(people);
        Anchor anchor = Anchor.of(first, machines(3));
        assertThat(anchor.result()).isEqualTo(expected.panel());
        SpreadPassRunner second = new SpreadPassRunner(
                first.slices().stream().map(Anchor::withModels).toList());
        Crowdlab.estimate(second, OPTIONS);
        double[] qualities = second.slices().get(1).get(Column.quality(ConsensusMethod.COMMITTEE));
        assertThat(qualities[59]).isEqualTo(expected.quality(159));
        SpreadPassRunner third = new SpreadPassRunner(alone);
        assertThat(anchor.label(third).mean()).isEqualTo(expected.meanQualityAlone());
        assertThat(third.slices().get(1).get(AlonePass.QUALITY)[69]).isEqualTo(expected.quality(229));
    }
}
