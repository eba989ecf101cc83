package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.machine.LabelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
        SimulatedScene scene =
                SimulatedScene.of(cells[0], SimulatedMachines.Scene.valueOf(cells[1].toUpperCase(Locale.ROOT)));
        MachineAnalysis analysis = scene.analyze();
        assertThat(scene.machineAccuracy()).isCloseTo(numbers[2], within(SHARE));
        assertThat(scene.accuracyOfPeople()).isCloseTo(numbers[3], within(SHARE));
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
}
