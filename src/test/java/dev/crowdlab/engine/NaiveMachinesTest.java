package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.machine.LabelSource;
import dev.crowdlab.engine.machine.MachineEstimate;
import dev.crowdlab.engine.machine.MachinePair;
import dev.crowdlab.engine.machine.MachinePanel;
import dev.crowdlab.engine.machine.MachineStatus;
import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.engine.machine.PanelStatus;
import dev.crowdlab.engine.numeric.BetaDistribution;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.testing.Slow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Machines beside people against the plain calculation, on small random data sets, and the same bits whatever the order. */
class NaiveMachinesTest {

    private static final int DATA_SETS = Slow.cases(50, 200);
    private static final Offset<Double> CLOSE = within(1e-6);
    private static final Options OPTIONS =
            Options.defaults().withConsensus(ConsensusMethod.COMMITTEE).withThreads(1, 7);

    /** People and machines, the latter anywhere among the annotators. */
    private record Mixed(DataSet data, Machines machines) {

        /** Two to six classes, three to seven people, one to six machines, up to two models; some machines are bad or copies. */
        static Mixed of(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            int classCount = random.nextInt(2, 7);
            int annotatorCount = random.nextInt(4, 14);
            int[] machines = random.ints(0, annotatorCount)
                    .limit(random.nextInt(1, 7))
                    .distinct()
                    .filter(annotator -> annotator > 2)
                    .sorted()
                    .toArray();
            Machines declared = Machines.of(annotatorCount, machines)
                    .withTolerance(random.nextInt(3) == 0 ? Machines.SKILLED : Machines.CROWD);
            int exampleCount = random.nextInt(70, 160);
            double peoplesShare = 0.7 + 0.3 * random.nextDouble();
            double density = 0.3 + 0.6 * random.nextDouble();
            double[] skills = random.doubles(annotatorCount, 0.4, 0.95).toArray();
            List<int[]> rows = new ArrayList<>();
            for (int example = 0; example < exampleCount; example++) {
                int truth = random.nextInt(classCount);
                int shared = random.nextInt(3) == 0 ? random.nextInt(classCount) : truth;
                boolean isAlone = machines.length > 0 && random.nextDouble() > peoplesShare;
                int before = rows.size();
                for (int annotator = 0; annotator < annotatorCount; annotator++) {
                    boolean isMachine = declared.isMachine(annotator);
                    double chance = !isMachine ? density : annotator % 5 == 0 ? 0.3 : 0.95;
                    if ((isMachine || !isAlone) && random.nextDouble() < chance) {
                        int belief = isMachine && annotator % 3 > 0 ? shared : truth;
                        boolean isRight = random.nextDouble() < skills[annotator];
                        rows.add(new int[] {example, annotator, isRight ? belief : random.nextInt(classCount)});
                    }
                }
                if (rows.size() == before) {
                    rows.add(new int[] {example, isAlone ? machines[0] : 0, truth});
                }
            }
            List<double[]> models = new ArrayList<>();
            for (int model = random.nextInt(3); model > 0; model--) {
                models.add(probabilities(random, exampleCount, classCount));
            }
            return new Mixed(DataSet.of(classCount, annotatorCount, rows, models), declared);
        }

        private static double[] probabilities(SplittableRandom random, int exampleCount, int classCount) {
            double[] probabilities = new double[exampleCount * classCount];
            for (int example = 0; example < exampleCount; example++) {
                double[] own = random.doubles(classCount).map(p -> p * p).toArray();
                double sum = Arrays.stream(own).sum();
                for (int label = 0; label < classCount; label++) {
                    probabilities[example * classCount + label] = own[label] / sum;
                }
            }
            return probabilities;
        }

        /** The people's labels of the examples that have some. */
        DataSet people() {
            List<int[]> rows = new ArrayList<>();
            int example = -1;
            int last = -1;
            for (int[] row : data.rows()) {
                if (!machines.isMachine(row[1])) {
                    example += row[0] == last ? 0 : 1;
                    last = row[0];
                    int person = (int) IntStream.range(0, row[1])
                            .filter(other -> !machines.isMachine(other))
                            .count();
                    rows.add(new int[] {example, person, row[2]});
                }
            }
            return DataSet.of(data.annotations().classCount(), machines.personCount(), rows, List.of());
        }

        MachineAnalysis analyze(Options options) {
            return PeopleAndMachines.analyze(data.slice(), machines, options);
        }
    }

    @Test
    void bothGiveTheSame() {
        int anchored = 0;
        int machinesOnly = 0;
        int leftOut = 0;
        int judged = 0;
        int machines = 0;
        for (long seed = 0; seed < DATA_SETS; seed++) {
            Mixed mixed = Mixed.of(seed);
            MachineAnalysis found = mixed.analyze(OPTIONS);
            if (found.panel().status() != PanelStatus.ANCHORED) {
                continue;
            }
            Analysis people = mixed.people().analyze(OPTIONS);
            NaiveMachines naive = new NaiveMachines(mixed.data, mixed.machines, people.majorityVote());
            anchored++;
            judged += comparePanels(found.panel(), naive);
            machines += found.panel().machines().size();
            leftOut += (int) found.panel().machines().stream()
                    .filter(machine -> machine.status() != MachineStatus.USED)
                    .count();
            assertThat(found.panelWeight()).as("seed %d", seed).isCloseTo(naive.weight(), CLOSE);
            machinesOnly += compareLabels(found, naive, mixed.data.annotations().exampleCount());
        }
        assertThat(anchored).isGreaterThan(DATA_SETS * 3 / 4);
        assertThat(machinesOnly).isGreaterThan(DATA_SETS * 5);
        assertThat(leftOut).isGreaterThan(DATA_SETS / 10);
        assertThat(judged).isBetween(DATA_SETS / 2, machines - DATA_SETS / 4);
    }

    /** Returns how many machines had a verdict. */
    private static int comparePanels(MachinePanel panel, NaiveMachines naive) {
        int judged = 0;
        for (MachinePair pair : panel.pairs()) {
            double phi = naive.correlations[pair.first()][pair.second()];
            if (Double.isNaN(phi)) {
                assertThat(pair.errorCorrelation()).isNaN();
            } else {
                assertThat(pair.errorCorrelation()).isCloseTo(phi, CLOSE);
            }
        }
        for (int machine = 0; machine < panel.machines().size(); machine++) {
            MachineEstimate estimate = panel.machines().get(machine);
            assertThat(estimate.overlap()).isEqualTo(naive.overlaps[machine]);
            assertThat(estimate.status() == MachineStatus.USED).isEqualTo(naive.isUsed[machine]);
            assertThat(estimate.test().verdict()).isEqualTo(naive.verdicts[machine]);
            if (!Double.isNaN(naive.tests[machine][0])) {
                assertThat(estimate.test().omega()).isCloseTo(naive.tests[machine][0], CLOSE);
                assertThat(estimate.test().advantage()).isCloseTo(naive.tests[machine][1], CLOSE);
                judged++;
            }
            double mean = naive.accuracies[machine][0];
            BetaDistribution beta =
                    BetaDistribution.of(mean, Math.max(1, mean * (1 - mean) / naive.accuracies[machine][1] - 1));
            assertThat(estimate.accuracy()).isCloseTo(mean, CLOSE);
            assertThat(estimate.interval().lower()).isCloseTo(beta.quantile(0.05), CLOSE);
            assertThat(estimate.interval().upper()).isCloseTo(beta.quantile(0.95), CLOSE);
        }
        assertThat(panel.rho()).isCloseTo(naive.rho, CLOSE);
        assertThat(panel.effectiveCount()).isCloseTo(naive.effectiveCount(), CLOSE);
        assertThat(panel.confidence().offset()).isCloseTo(naive.confidence[0], CLOSE);
        assertThat(panel.confidence().slope()).isCloseTo(naive.confidence[1], CLOSE);
        return judged;
    }

    /** Returns how many examples only machines labeled. */
    private static int compareLabels(MachineAnalysis found, NaiveMachines naive, int exampleCount) {
        int alone = 0;
        for (int example = 0; example < exampleCount; example++) {
            int place = naive.places[example];
            assertThat(found.place(example) >= 0).isEqualTo(place >= 0);
            if (place < 0 && naive.panelSizes[example] > 0) {
                alone++;
                assertThat(found.source(example)).isEqualTo(LabelSource.MACHINES);
                assertThat(found.label(example)).isEqualTo(naive.top(example));
                assertThat(found.quality(example)).isCloseTo(naive.right(example), CLOSE);
            } else if (place < 0) {
                assertThat(found.source(example)).isEqualTo(LabelSource.NOBODY);
                assertThat(found.quality(example)).isNaN();
            } else if (!naive.mixed.areLabelsClose[place]) {
                assertThat(found.source(example))
                        .isEqualTo(naive.panelSizes[example] > 0 ? LabelSource.MIXED : LabelSource.HUMANS);
                assertThat(found.label(example)).isEqualTo(naive.mixed.labels[place]);
                assertThat(found.quality(example)).isCloseTo(naive.mixed.probabilities[place], CLOSE);
            }
        }
        return alone;
    }

    @Test
    void neitherOrderNorThreadsNorBlocksChangeABit() {
        for (long seed = 0; seed < DATA_SETS; seed++) {
            Mixed mixed = Mixed.of(seed);
            int exampleCount = mixed.data.annotations().exampleCount();
            MachineAnalysis expected = mixed.analyze(OPTIONS);
            MachineAnalysis blocks = mixed.analyze(OPTIONS.withThreads(3, 1 + (int) (seed % 50)));
            int[] order = shuffled(exampleCount, seed);
            MachineAnalysis shuffled =
                    new Mixed(mixed.data.withExamples(order), mixed.machines).analyze(OPTIONS.withThreads(2, 4096));
            assertThat(blocks.panel()).isEqualTo(expected.panel());
            assertThat(shuffled.panel()).isEqualTo(expected.panel());
            assertSame(blocks.panelWeight(), expected.panelWeight());
            assertSame(shuffled.panelWeight(), expected.panelWeight());
            assertSame(shuffled.meanQualityAlone(), expected.meanQualityAlone());
            for (int example = 0; example < exampleCount; example++) {
                assertThat(blocks.label(example)).isEqualTo(expected.label(example));
                assertSame(blocks.quality(example), expected.quality(example));
                assertThat(shuffled.label(example)).isEqualTo(expected.label(order[example]));
                assertSame(shuffled.quality(example), expected.quality(order[example]));
            }
        }
    }

    /** Takes NaN for the same as NaN. */
    private static void assertSame(double value, double expected) {
        assertThat(Double.doubleToRawLongBits(value)).isEqualTo(Double.doubleToRawLongBits(expected));
    }

    private static int[] shuffled(int count, long seed) {
        int[] order = IntStream.range(0, count).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        for (int place = count - 1; place > 0; place--) {
            int other = random.nextInt(place + 1);
            int example = order[place];
            order[place] = order[other];
            order[other] = example;
        }
        return order;
    }
}
