package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.machine.LabelSource;
import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.engine.pass.ConsensusMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Simulated machines beside the people of published data sets, which are not part of this project, against the figures of the
 * study: src/test/resources/machines/expected.csv has its table. Run with {@code -Prealdata}; see {@code RealDataIT}.
 */
@Tag("realdata")
class MachineRealDataIT {

    private static final double SHARE = 0.003;
    private static final double WEIGHT = 0.011;

    static List<String> expected() throws IOException {
        return Files.readAllLines(Path.of("src", "test", "resources", "machines", "expected.csv")).stream()
                .skip(1)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("expected")
    void theFiguresAreThoseOfTheStudy(String line) throws IOException {
        String[] cells = line.split(",", -1);
        double[] numbers = Arrays.stream(cells)
                .mapToDouble(cell -> cell.matches("[0-9.]+") ? Double.parseDouble(cell) : Double.NaN)
                .toArray();
        Scene scene = new Scene(cells[0], SimulatedMachines.Scene.valueOf(cells[1].toUpperCase(Locale.ROOT)));
        MachineAnalysis analysis = scene.analyze(2, 500);
        assertThat(scene.machineAccuracy()).isCloseTo(numbers[2], within(SHARE));
        assertThat(scene.accuracy(analysis, LabelSource.MIXED)).isCloseTo(numbers[4], within(SHARE));
        assertThat(scene.says(analysis, LabelSource.MIXED)).isCloseTo(numbers[5], within(SHARE));
        assertThat(scene.accuracy(analysis, LabelSource.MACHINES)).isCloseTo(numbers[6], within(SHARE));
        assertThat(scene.says(analysis, LabelSource.MACHINES)).isCloseTo(numbers[7], within(SHARE));
        assertThat(analysis.panel().effectiveCount()).isCloseTo(numbers[8], within(WEIGHT));
        assertThat(analysis.panelWeight()).isCloseTo(numbers[9], within(WEIGHT));
        assertThat(analysis.panel().machines().stream()
                        .map(machine -> machine.test().verdict().name().substring(0, 1))
                        .collect(Collectors.joining("/")))
                .isEqualTo(cells[10]);
    }

    /** A data set where the truth is known, with simulated machines. */
    private static final class Scene {

        private final int[] truth;
        private final int[][] labels;
        private final DataSet data;

        Scene(String name, SimulatedMachines.Scene scene) throws IOException {
            PublishedDataSet published = PublishedDataSet.read(name);
            int[] known = IntStream.range(0, published.truth().length)
                    .filter(example -> published.truth()[example] >= 0)
                    .toArray();
            DataSet people = published.data().withExamples(known);
            truth = Arrays.stream(known)
                    .map(example -> published.truth()[example])
                    .toArray();
            double single = people.rows().stream()
                    .mapToInt(row -> row[2] == truth[row[0]] ? 1 : 0)
                    .average()
                    .orElseThrow();
            labels = SimulatedMachines.labels(truth, people.annotations().classCount(), single, scene);
            data = SimulatedMachines.mixed(people, labels);
        }

        MachineAnalysis analyze(int threads, int blockSize) {
            int count = data.annotations().annotatorCount();
            Machines machines = Machines.of(
                    count,
                    IntStream.range(count - SimulatedMachines.COUNT, count).toArray());
            Options options =
                    Options.defaults().withConsensus(ConsensusMethod.COMMITTEE).withThreads(threads, blockSize);
            return PeopleAndMachines.analyze(data.slice(), machines, options);
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

        double accuracy(MachineAnalysis analysis, LabelSource source) {
            return examples(analysis, source)
                    .mapToDouble(example -> analysis.label(example) == truth[example] ? 1 : 0)
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
}
