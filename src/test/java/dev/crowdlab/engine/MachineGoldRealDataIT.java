package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.correction.CorrectionStatus;
import dev.crowdlab.engine.correction.GoldCorrection;
import dev.crowdlab.engine.machine.PanelStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A hundred gold labels that correct people with simulated machines beside them, and machines alone, on published data sets,
 * which are not part of this project, four samples each, against what the study's reference computes:
 * src/test/resources/machines/mixed-gold-realdata.csv. Run with {@code -Prealdata}; see {@code RealDataIT}.
 */
@Tag("realdata")
class MachineGoldRealDataIT {

    private static final double SHARE = 0.003;
    private static final int DRAWS = 4;

    static List<String> expected() throws IOException {
        return Files.readAllLines(Path.of("src", "test", "resources", "machines", "mixed-gold-realdata.csv")).stream()
                .skip(1)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("expected")
    void theFiguresAreThoseOfTheReference(String line) throws IOException {
        String[] cells = line.split(",", -1);
        double[] numbers = Arrays.stream(cells)
                .mapToDouble(cell -> cell.matches("[0-9.]+") ? Double.parseDouble(cell) : Double.NaN)
                .toArray();
        SimulatedScene mixed =
                SimulatedScene.of(cells[0], SimulatedMachines.Scene.valueOf(cells[1].toUpperCase(Locale.ROOT)));
        boolean hasPeople = numbers[2] == 1;
        SimulatedScene scene = hasPeople ? mixed : mixed.withoutPeople();
        assertThat(scene.truth().length).isEqualTo((int) numbers[3]);
        double accuracy = 0;
        double changed = 0;
        double estimate = 0;
        double says = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            int[] gold = scene.gold(draw, 100);
            MachineAnalysis found = scene.correct(gold);
            assertThat(found.panel().status()).isEqualTo(hasPeople ? PanelStatus.ANCHORED : PanelStatus.BY_GOLD);
            GoldCorrection correction = found.all()
                    .or(found::people)
                    .orElseThrow()
                    .estimates()
                    .correction()
                    .orElseThrow();
            int[] free = IntStream.range(0, gold.length)
                    .filter(example -> gold[example] < 0)
                    .toArray();
            accuracy += scene.accuracy(found, Arrays.stream(free)) / DRAWS;
            changed += (correction.status() == CorrectionStatus.CHANGED ? 1.0 : 0) / DRAWS;
            estimate += correction.estimates().accuracy() / DRAWS;
            says += Arrays.stream(free).mapToDouble(found::quality).average().orElseThrow() / DRAWS;
        }
        assertThat(accuracy).isCloseTo(numbers[5], within(SHARE));
        assertThat(changed).isEqualTo(numbers[6]);
        assertThat(estimate).isCloseTo(numbers[7], within(SHARE));
        assertThat(says).isCloseTo(numbers[8], within(SHARE));
    }
}
