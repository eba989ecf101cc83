package dev.crowdlab.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.CommitteeTest;
import dev.crowdlab.engine.Consensus;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.DataSet;
import dev.crowdlab.engine.GoldenCase;
import dev.crowdlab.engine.NaiveCrowdlab;
import dev.crowdlab.engine.NaiveDawidSkene;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.RandomDataSets;
import dev.crowdlab.engine.SpreadDataSets;
import dev.crowdlab.engine.SpreadPassRunner;
import dev.crowdlab.engine.dawidskene.DawidSkeneModel;
import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The posterior of the published consensus; that of the committee is compared with the formulas in {@link CommitteeTest}. */
class PublishedPosteriorTest {

    private static final Offset<Double> CLOSE = within(1e-9);
    private static final Options OPTIONS = Options.defaults().withThreads(1, 7).withPosterior(true);

    private static Stream<DataSet> dataSets(int count) {
        return LongStream.range(0, count)
                .mapToObj(seed -> RandomDataSets.of(seed, 30, 9))
                .filter(data -> data.annotations().largestSize() > 1
                        || data.predictions().modelCount() > 0);
    }

    private static double[][] posteriors(Analysis analysis, DataSet data) {
        return posteriors(analysis.posterior().orElseThrow(), data.annotations());
    }

    private static double[][] posteriors(PosteriorReader reader, Annotations annotations) {
        double[][] posteriors = new double[annotations.exampleCount()][annotations.classCount()];
        for (int example = 0; example < posteriors.length; example++) {
            reader.fill(example, posteriors[example]);
        }
        return posteriors;
    }

    @ParameterizedTest
    @EnumSource(names = {"BEST_QUALITY", "MAJORITY_VOTE"})
    void thatOfCrowdlabIsTheEnsemble(ConsensusMethod method) {
        for (QualityMethod quality : QualityMethod.values()) {
            Options options = OPTIONS.withConsensus(method).withQuality(quality);
            dataSets(300).forEach(data -> {
                NaiveCrowdlab naive = new NaiveCrowdlab(data, method, quality);
                double[][] posteriors = posteriors(data.analyze(options), data);
                for (int example = 0; example < posteriors.length; example++) {
                    assertThat(posteriors[example]).containsExactly(naive.posterior[example], CLOSE);
                }
            });
        }
    }

    @Test
    void thatOfDawidAndSkeneIsTheirs() {
        int compared = 0;
        for (DataSet data : dataSets(200).toList()) {
            Annotations annotations = data.annotations();
            if (annotations.largestSize() < 2) {
                continue;
            }
            Analysis analysis = data.analyze(OPTIONS.withConsensus(ConsensusMethod.DAWID_SKENE));
            int[] size = {annotations.exampleCount(), annotations.annotatorCount(), annotations.classCount()};
            NaiveDawidSkene naive = new NaiveDawidSkene(size, data.rows(), DawidSkeneModel.SMOOTHING, data.gold());
            NaiveDawidSkene disturbed =
                    new NaiveDawidSkene(size, data.rows(), DawidSkeneModel.SMOOTHING * (1 + 1e-9), data.gold());
            boolean isStable = Arrays.deepEquals(rounded(naive.posterior), rounded(disturbed.posterior));
            if (isStable && analysis.dawidSkene().orElseThrow().roundCount() == naive.rounds) {
                double[][] posteriors = posteriors(analysis, data);
                for (int example = 0; example < posteriors.length; example++) {
                    assertThat(posteriors[example]).containsExactly(naive.posterior[example], within(1e-5));
                }
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    private static Long[][] rounded(double[][] posteriors) {
        return Arrays.stream(posteriors)
                .map(row -> Arrays.stream(row)
                        .mapToObj(value -> Math.round(value * 1e5))
                        .toArray(Long[]::new))
                .toArray(Long[][]::new);
    }

    @ParameterizedTest
    @EnumSource
    void itSumsToOneAndHasTheQualityOfEveryLabel(ConsensusMethod method) {
        for (GoldUse gold : List.of(GoldUse.NONE, GoldUse.FIX)) {
            Options options = OPTIONS.withConsensus(method).withGold(gold);
            dataSets(200).filter(data -> data.annotations().largestSize() > 1).forEach(data -> {
                DataSet known = gold == GoldUse.NONE ? data : data.withGold(5);
                Analysis analysis = known.analyze(options);
                assertQualities(analysis, known.annotations(), posteriors(analysis, known));
            });
        }
    }

    private static void assertQualities(Analysis analysis, Annotations annotations, double[][] posteriors) {
        for (int example = 0; example < posteriors.length; example++) {
            double[] posterior = posteriors[example];
            assertThat(Arrays.stream(posterior).min().orElseThrow()).isNotNegative();
            assertThat(Arrays.stream(posterior).max().orElseThrow()).isLessThanOrEqualTo(1);
            assertThat(Arrays.stream(posterior).sum()).isCloseTo(1, CLOSE);
            Consensus published = analysis.published();
            assertThat(posterior[published.label(example)]).isCloseTo(published.quality(example), CLOSE);
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                assertThat(posterior[annotations.label(position)])
                        .isCloseTo(analysis.annotationQuality(position), CLOSE);
            }
        }
    }

    /** The reference gives the posterior of every label that an annotator gave. */
    @Test
    void theGoldenCasesHaveIt() {
        int compared = 0;
        for (GoldenCase golden : GoldenCase.all()) {
            Options options = golden.options().withPosterior(true);
            if (options.labelQualityScore() == LabelQualityScore.SELF_CONFIDENCE
                    && !options.adjustPredictions()
                    && options.qualityMethod() == QualityMethod.CROWDLAB) {
                DataSet data = golden.dataSet();
                double[][] posteriors = posteriors(data.analyze(options), data);
                List<int[]> rows = data.rows();
                List<Integer> positions = golden.positions();
                for (int row = 0; row < positions.size(); row++) {
                    int[] annotation = rows.get(positions.get(row));
                    double expected = golden.json()
                            .get("expected")
                            .get("detailed_label_quality")
                            .get(row)
                            .asDouble();
                    assertThat(posteriors[annotation[0]][annotation[2]]).isCloseTo(expected, CLOSE);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource
    void itIsTheSameToTheLastBitWhateverTheThreadsAndTheOrder(ConsensusMethod method) {
        Options options = OPTIONS.withConsensus(method).withCalibration(true);
        dataSets(60).filter(data -> data.annotations().largestSize() > 1).forEach(data -> {
            double[][] expected = posteriors(data.analyze(options.withThreads(1, 4096)), data);
            int[] order = shuffled(expected.length);
            DataSet permuted = data.withExamples(order);
            double[][] others = posteriors(permuted.analyze(options.withThreads(3, 5)), permuted);
            for (int example = 0; example < order.length; example++) {
                assertThat(others[example]).containsExactly(expected[order[example]]);
            }
        });
    }

    private static int[] shuffled(int count) {
        SplittableRandom random = new SplittableRandom(3);
        int[] order = new int[count];
        for (int index = 1; index < count; index++) {
            int other = random.nextInt(index + 1);
            order[index] = order[other];
            order[other] = index;
        }
        return order;
    }

    @ParameterizedTest
    @EnumSource
    void soItIsWhereSlicesAreSpread(ConsensusMethod method) {
        Options options = OPTIONS.withConsensus(method);
        dataSets(40).filter(data -> data.annotations().largestSize() > 1).forEach(data -> {
            SpreadPassRunner passes = new SpreadPassRunner(SpreadDataSets.slices(data));
            PublishedPosterior published =
                    Crowdlab.estimate(passes, options).posterior().orElseThrow();
            List<double[]> spread = new ArrayList<>();
            for (Slice slice : passes.slices()) {
                spread.addAll(Arrays.asList(posteriors(published.on(slice), slice.annotations())));
            }
            assertThat(spread.toArray(double[][]::new)).isDeepEqualTo(posteriors(data.analyze(options), data));
        });
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsKeptUnlessItIsAskedFor(ConsensusMethod method) {
        DataSet data = RandomDataSets.of(1, 30, 9);
        Analysis analysis = data.analyze(OPTIONS.withConsensus(method).withPosterior(false));
        assertThat(analysis.posterior()).isEmpty();
    }
}
