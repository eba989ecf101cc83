package dev.crowdlab.engine;

import dev.crowdlab.engine.correction.GoldCorrection;
import dev.crowdlab.engine.machine.LabelSource;
import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * The examples of a published data set where the truth is known, with simulated machines.
 *
 * @param truth [examples]
 * @param labels [machines][examples]
 * @param people without machines
 * @param data with machines, and without people for about 30 % of the examples
 */
@SuppressWarnings("ArrayRecordComponent")
record SimulatedScene(int[] truth, int[][] labels, DataSet people, DataSet data) {

    private static final Options OPTIONS =
            Options.defaults().withConsensus(ConsensusMethod.COMMITTEE).withThreads(2, 500);

    static SimulatedScene of(String name, SimulatedMachines.Scene scene) throws IOException {
        PublishedDataSet published = PublishedDataSet.read(name);
        int[] known = IntStream.range(0, published.truth().length)
                .filter(example -> published.truth()[example] >= 0)
                .toArray();
        DataSet people = published.withModels(0).withExamples(known);
        int[] truth =
                Arrays.stream(known).map(example -> published.truth()[example]).toArray();
        double single = people.rows().stream()
                .mapToInt(row -> row[2] == truth[row[0]] ? 1 : 0)
                .average()
                .orElseThrow();
        int[][] labels = SimulatedMachines.labels(truth, people.annotations().classCount(), single, scene);
        return new SimulatedScene(truth, labels, people, SimulatedMachines.mixed(people, labels));
    }

    private Machines machines() {
        int count = data.annotations().annotatorCount();
        return Machines.of(
                count, IntStream.range(count - SimulatedMachines.COUNT, count).toArray());
    }

    MachineAnalysis analyze() {
        return PeopleAndMachines.analyze(data.slice(), machines(), OPTIONS);
    }

    /** The same without anything that people said. */
    SimulatedScene withoutPeople() {
        Machines machines = machines();
        List<int[]> rows =
                data.rows().stream().filter(row -> machines.isMachine(row[1])).toList();
        return new SimulatedScene(
                truth,
                labels,
                people,
                DataSet.of(data.annotations().classCount(), data.annotations().annotatorCount(), rows, List.of()));
    }

    /** Draws gold at random. */
    int[] gold(int draw, int count) {
        int[] gold = new int[truth.length];
        Arrays.fill(gold, -1);
        IntStream.range(0, truth.length)
                .boxed()
                .sorted(Comparator.comparingDouble(example -> SimulatedMachines.uniform(example, 77, draw)))
                .limit(count)
                .forEach(example -> gold[example] = truth[example]);
        return gold;
    }

    MachineAnalysis correct(int[] gold) {
        long[] orders = new long[truth.length];
        Arrays.setAll(orders, example -> {
            CRC32 crc = new CRC32();
            crc.update(Integer.toString(example).getBytes(StandardCharsets.UTF_8));
            return (crc.getValue() << Integer.SIZE) + example;
        });
        Slice slice = data.slice().with(Column.GOLD, gold).with(Column.GOLD_ORDER, orders);
        return PeopleAndMachines.analyze(slice, machines(), OPTIONS.withCorrection(GoldCorrection.DEFAULT_MINIMUM));
    }

    double machineAccuracy() {
        return Arrays.stream(labels)
                .mapToDouble(own -> IntStream.range(0, truth.length)
                        .mapToDouble(example -> own[example] == truth[example] ? 1 : 0)
                        .average()
                        .orElseThrow())
                .average()
                .orElseThrow();
    }

    /** The accuracy of the people's committee where it has labels. */
    double accuracyOfPeople() {
        List<int[]> rows = new ArrayList<>();
        List<Integer> examples = new ArrayList<>();
        for (int[] row : people.rows()) {
            if (!SimulatedMachines.isAlone(row[0])) {
                if (examples.isEmpty() || examples.get(examples.size() - 1) != row[0]) {
                    examples.add(row[0]);
                }
                rows.add(new int[] {examples.size() - 1, row[1], row[2]});
            }
        }
        int annotatorCount = people.annotations().annotatorCount();
        Analysis found = DataSet.of(people.annotations().classCount(), annotatorCount, rows, List.of())
                .analyze(OPTIONS);
        return IntStream.range(0, examples.size())
                .mapToDouble(place -> found.published().label(place) == truth[examples.get(place)] ? 1 : 0)
                .average()
                .orElseThrow();
    }

    double accuracy(MachineAnalysis analysis, LabelSource source) {
        return accuracy(analysis, examples(analysis, source));
    }

    double accuracy(MachineAnalysis analysis, IntStream examples) {
        return examples.mapToDouble(example -> analysis.label(example) == truth[example] ? 1 : 0)
                .average()
                .orElseThrow();
    }

    double says(MachineAnalysis analysis, LabelSource source) {
        return examples(analysis, source)
                .mapToDouble(analysis::quality)
                .average()
                .orElseThrow();
    }

    private IntStream examples(MachineAnalysis analysis, LabelSource source) {
        return IntStream.range(0, truth.length).filter(example -> analysis.source(example) == source);
    }
}
