package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.correction.CorrectionStatus;
import dev.crowdlab.engine.correction.GoldCorrection;
import dev.crowdlab.engine.correction.GoldExample;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.quality.PosteriorReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gold that corrects on published data sets, which are not part of this project, twenty samples of each size, against the
 * figures of the study: src/test/resources/machines/gold.csv has its table. Run with {@code -Prealdata}; see {@code RealDataIT}.
 */
@Tag("realdata")
class CorrectionRealDataIT {

    private static final double SHARE = 0.003;
    private static final int DRAWS = 20;

    static List<String> expected() throws IOException {
        return Files.readAllLines(Path.of("src", "test", "resources", "machines", "gold.csv")).stream()
                .skip(1)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("expected")
    void theFiguresAreThoseOfTheStudy(String line) throws IOException {
        String[] cells = line.split(",", -1);
        double[] expected = Arrays.stream(cells)
                .mapToDouble(cell -> cell.matches("-?[0-9.]+") ? Double.parseDouble(cell) : Double.NaN)
                .toArray();
        Known known = new Known(cells[0]);
        assertThat(known.examples.length).isEqualTo((int) expected[1]);
        double[] sums = new double[6];
        double worst = 1;
        for (int draw = 0; draw < DRAWS; draw++) {
            double[] found = known.draw(draw, (int) expected[3]);
            Arrays.setAll(sums, place -> sums[place] + found[place] / DRAWS);
            worst = Math.min(worst, found[1]);
        }
        assertThat(sums[0]).isCloseTo(expected[4], within(SHARE));
        assertThat(sums[1]).isCloseTo(expected[5], within(SHARE));
        assertThat(worst).isCloseTo(expected[6], within(SHARE));
        assertThat(sums[2]).isCloseTo(expected[7], within(SHARE));
        assertThat(sums[3]).isCloseTo(expected[8], within(SHARE));
        assertThat(sums[4]).isCloseTo(expected[9], within(SHARE));
        assertThat(sums[5]).isCloseTo(expected[10], within(SHARE));
    }

    /** The examples whose class is known, with people's consensus of all examples. */
    private static final class Known {

        private final GoldExample[] examples;
        private final GoldCorrection.Size size;

        Known(String name) throws IOException {
            PublishedDataSet published = PublishedDataSet.read(name);
            DataSet data = published.withModels(0);
            Annotations annotations = data.annotations();
            List<GoldExample> known = new ArrayList<>();
            try (LocalPassRunner passes = new LocalPassRunner(data.slice(), 2, 500)) {
                Options options = Options.defaults()
                        .withConsensus(ConsensusMethod.COMMITTEE)
                        .withPosterior(true);
                Estimates estimates = Crowdlab.estimate(passes, options);
                PosteriorReader reader = estimates
                        .committee()
                        .orElseThrow()
                        .openPosterior()
                        .orElseThrow()
                        .on(passes.slice());
                ConsensusLabels labels = passes.slice().get(Column.consensus(ConsensusMethod.COMMITTEE));
                for (int example = 0; example < annotations.exampleCount(); example++) {
                    if (published.truth()[example] >= 0) {
                        double[] posterior = new double[annotations.classCount()];
                        reader.fill(example, posterior);
                        int from = annotations.start(example);
                        int to = annotations.end(example);
                        known.add(new GoldExample(
                                order(known.size()),
                                published.truth()[example],
                                labels.label(example),
                                posterior,
                                IntStream.range(from, to)
                                        .map(annotations::annotator)
                                        .toArray(),
                                IntStream.range(from, to)
                                        .map(annotations::label)
                                        .toArray()));
                    }
                }
            }
            examples = known.toArray(GoldExample[]::new);
            size = new GoldCorrection.Size(examples.length, annotations.classCount(), annotations.annotatorCount());
        }

        private static long order(int number) {
            CRC32 crc = new CRC32();
            crc.update(Integer.toString(number).getBytes(StandardCharsets.UTF_8));
            return (crc.getValue() << Integer.SIZE) + number;
        }

        /** Returns accuracy, gain, whether labels changed, how far the estimate is off, its bias, whether it is covered. */
        double[] draw(int draw, int count) {
            int[] order = IntStream.range(0, examples.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(example -> SimulatedMachines.uniform(example, 77, draw)))
                    .mapToInt(Integer::intValue)
                    .toArray();
            List<GoldExample> gold = Arrays.stream(order)
                    .limit(count)
                    .mapToObj(place -> examples[place])
                    .toList();
            GoldCorrection correction = GoldCorrection.of(gold, size, 50);
            double right = 0;
            double before = 0;
            for (int place = count; place < order.length; place++) {
                GoldExample example = examples[order[place]];
                int label = correction.correct(
                        example.label(),
                        example.posterior().clone(),
                        example.annotators(),
                        example.labels(),
                        example.labels().length);
                right += label == example.truth() ? 1 : 0;
                before += example.label() == example.truth() ? 1 : 0;
            }
            double accuracy = right / (order.length - count);
            double off = correction.estimates().accuracy() - accuracy;
            boolean isCovered = correction.estimates().interval().lower() <= accuracy
                    && accuracy <= correction.estimates().interval().upper();
            return new double[] {
                accuracy,
                accuracy - before / (order.length - count),
                correction.status() == CorrectionStatus.CHANGED ? 1 : 0,
                Math.abs(off),
                off,
                isCovered ? 1 : 0
            };
        }
    }
}
