package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.machine.AltVerdict;
import dev.crowdlab.engine.machine.AlternativeTest;
import dev.crowdlab.engine.machine.LabelSource;
import dev.crowdlab.engine.machine.MachineStatus;
import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.engine.machine.PanelStatus;
import dev.crowdlab.engine.pass.ConsensusMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which machines are used, and which of them may replace people: the numbers at which that changes. */
class MachineGateTest {

    private static final Options OPTIONS =
            Options.defaults().withConsensus(ConsensusMethod.COMMITTEE).withThreads(2, 64);

    /** Says what somebody answers; -1 for nothing. */
    private interface Answer {
        int of(int who, int example);
    }

    private static MachineAnalysis analyze(
            int exampleCount, int classCount, int personCount, int machineCount, Answer answer) {
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < exampleCount; example++) {
            for (int who = 0; who < personCount + machineCount; who++) {
                int label = answer.of(who, example);
                if (label >= 0) {
                    rows.add(new int[] {example, who, label});
                }
            }
        }
        int count = personCount + machineCount;
        Machines machines =
                Machines.of(count, IntStream.range(personCount, count).toArray());
        return PeopleAndMachines.analyze(
                DataSet.of(classCount, count, rows, List.of()).slice(), machines, OPTIONS);
    }

    private static AlternativeTest test(MachineAnalysis found, int machine) {
        return found.panel().machines().get(machine).test();
    }

    private static int truth(int example, int classCount) {
        return (int) (SimulatedMachines.uniform(example, 1) * classCount);
    }

    private static int drawn(int who, int example, int classCount, double accuracy) {
        boolean isRight = SimulatedMachines.uniform(example, who, 2) < accuracy;
        int wrong = 1 + (int) (SimulatedMachines.uniform(example, who, 3) * (classCount - 1));
        return (truth(example, classCount) + (isRight ? 0 : wrong)) % classCount;
    }

    /**
     * Four people who are right in 87 % of the examples, the numbers from 1 on, and of six machines, right in 80 %, five that err
     * mostly where people do: the study's reference says 0.75 and 0.9 of them, 0 and 0.8 of the sixth.
     */
    @Test
    void aMachineThatErrsWherePeopleDoMayReplaceThreeOfFour() {
        Answer answer = (who, place) -> {
            int example = place + 1;
            boolean isPerson = who < 4;
            if (isPerson && (example > 200 || example % 4 == who)) {
                return -1;
            }
            boolean isWrong =
                    isPerson ? (example * 7 + (who + 1) * 3) % 10 == 0 : (example / 2 + (who == 9 ? 2 : 0)) % 5 == 0;
            return (example % 2 == 0) != isWrong ? 0 : 1;
        };
        MachineAnalysis found = analyze(400, 2, 4, 6, answer);
        for (int machine = 0; machine < 5; machine++) {
            assertThat(test(found, machine).verdict()).isEqualTo(AltVerdict.PASS);
            assertThat(test(found, machine).omega()).isEqualTo(0.75);
            assertThat(test(found, machine).advantage()).isCloseTo(0.9, within(1e-12));
        }
        assertThat(test(found, 5).verdict()).isEqualTo(AltVerdict.FAIL);
        assertThat(test(found, 5).omega()).isZero();
        assertThat(test(found, 5).advantage()).isCloseTo(0.8, within(1e-12));
        assertThat(found.panel().effectiveCount()).isCloseTo(1.5319148936170213, within(1e-9));
        assertThat(found.panelWeight()).isCloseTo(1.3149189943927322, within(1e-6));
    }

    @Test
    void aMachineThatErrsOftenerThanPeopleOnItsOwnMayReplaceNobody() {
        MachineAnalysis found = analyze(1000, 2, 4, 1, (who, example) -> drawn(who, example, 2, who < 4 ? 0.9 : 0.8));
        assertThat(test(found, 0).verdict()).isEqualTo(AltVerdict.FAIL);
        assertThat(test(found, 0).omega()).isZero();
        assertThat(test(found, 0).advantage()).isBetween(0.75, 0.9);
    }

    @Test
    void aMachineAsGoodAsPeopleMayReplaceThem() {
        MachineAnalysis found = analyze(1000, 2, 4, 1, (who, example) -> drawn(who, example, 2, 0.9));
        assertThat(test(found, 0).verdict()).isEqualTo(AltVerdict.PASS);
        assertThat(test(found, 0).omega()).isEqualTo(1);
    }

    @Test
    void threePeopleWithThirtyLabelsAreNeededForAVerdict() {
        for (int shared : new int[] {29, 30}) {
            MachineAnalysis found = analyze(
                    100, 2, 3, 1, (who, example) -> who == 2 && example >= shared ? -1 : drawn(who, example, 2, 0.9));
            assertThat(test(found, 0).verdict() == AltVerdict.TOO_FEW_HUMANS).isEqualTo(shared < 30);
            assertThat(Double.isNaN(test(found, 0).omega())).isEqualTo(shared < 30);
        }
    }

    @Test
    void thirtySharedExamplesAreNeededToBeUsed() {
        for (int shared : new int[] {29, 30}) {
            MachineAnalysis found = analyze(
                    200,
                    3,
                    3,
                    2,
                    (who, example) -> who == 4 && example >= shared && example < 199 || who < 3 && example >= 150
                            ? -1
                            : drawn(who, example, 3, 0.9));
            assertThat(found.panel().machines().get(1).overlap()).isEqualTo(shared);
            assertThat(found.panel().machines().get(1).status())
                    .isEqualTo(shared < 30 ? MachineStatus.NO_OVERLAP : MachineStatus.USED);
            assertThat(found.panel().effectiveCount() == 1).isEqualTo(shared < 30);
        }
    }

    @Test
    void tenSharedExamplesAreNeededForACorrelation() {
        for (int shared : new int[] {9, 10}) {
            MachineAnalysis found = analyze(
                    100,
                    2,
                    3,
                    2,
                    (who, example) -> who == 3 && example >= 50 || who == 4 && example < 50 - shared
                            ? -1
                            : drawn(who, example, 2, who < 3 ? 0.95 : 0.5));
            assertThat(found.panel().pairs().get(0).commonCount()).isEqualTo(shared);
            assertThat(Double.isNaN(found.panel().pairs().get(0).errorCorrelation()))
                    .isEqualTo(shared < 10);
        }
    }

    @Test
    void seventeenAndSixtyFourClassesAreTaken() {
        for (int classCount : new int[] {17, 64}) {
            MachineAnalysis found = analyze(
                    400,
                    classCount,
                    3,
                    3,
                    (who, example) -> who < 3 && example >= 300 ? -1 : drawn(who, example, classCount, 0.85));
            assertThat(found.panel().status()).isEqualTo(PanelStatus.ANCHORED);
            long right = IntStream.range(300, 400)
                    .filter(example -> found.source(example) == LabelSource.MACHINES)
                    .filter(example -> found.label(example) == truth(example, classCount))
                    .count();
            assertThat(right).isGreaterThan(80);
        }
    }

    @Test
    void machinesWorseThanChanceCountForLittle() {
        MachineAnalysis found = analyze(600, 4, 3, 3, (who, example) -> drawn(who, example, 4, who < 3 ? 0.85 : 0.2));
        assertThat(found.panelWeight()).isLessThan(0.6);
        long right = IntStream.range(0, 600)
                .filter(example -> found.label(example) == truth(example, 4))
                .count();
        MachineAnalysis people = analyze(600, 4, 3, 0, (who, example) -> drawn(who, example, 4, 0.85));
        long rightOfPeople = IntStream.range(0, 600)
                .filter(example -> people.label(example) == truth(example, 4))
                .count();
        assertThat(right).isGreaterThan(rightOfPeople - 6);
    }
}
