package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.annotator.ConfusionCounts;
import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.committee.ExpertEstimate;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.quality.QualityMethod;
import dev.crowdlab.testing.Slow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may not change a single bit of a result, and what may change the last ones. */
class SameBitsTest {

    private static final int DATA_SETS = Slow.cases(24, 60);
    private static final double ROUNDING = 1e-12;

    private static Options options(QualityMethod method, int threads, int blockSize) {
        return Options.defaults()
                .withConsensus(ConsensusMethod.BEST_QUALITY, ConsensusMethod.MAJORITY_VOTE, ConsensusMethod.DAWID_SKENE)
                .withQuality(method)
                .withThreads(threads, blockSize);
    }

    private static List<DataSet> dataSets(int largestExampleCount, int largestSize) {
        return LongStream.range(0, DATA_SETS)
                .mapToObj(seed -> RandomDataSets.of(seed, largestExampleCount, largestSize))
                .filter(data -> data.annotations().largestSize() > 1)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void threadsAndBlocksDoNotMatter(QualityMethod method) {
        for (DataSet data : dataSets(200, 9)) {
            List<Long> expected = bits(data, data.analyze(options(method, 1, 4096)));
            for (int threads : new int[] {1, 2, 5}) {
                for (int blockSize : new int[] {1, 7, 64, 4096}) {
                    assertThat(bits(data, data.analyze(options(method, threads, blockSize))))
                            .isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DAWID_SKENE", "COMMITTEE"})
    void neitherDoTheyNorTheOrderOfExamplesToOtherMethods(ConsensusMethod method) {
        for (DataSet labels : dataSets(200, 9).subList(0, DATA_SETS / 2)) {
            DataSet data = labels.withAbstentions(labels.annotations().exampleCount() % 2 * 0.3, 6);
            Options options = Options.defaults().withConsensus(method);
            Analysis analysis = data.analyze(options.withThreads(1, 4096));
            assertThat(bits(data, data.analyze(options.withThreads(3, 5)))).isEqualTo(bits(data, analysis));
            int[] order = shuffled(data.annotations().exampleCount(), 3);
            Analysis permuted = data.withExamples(order).analyze(options.withThreads(2, 16));
            for (int example = 0; example < order.length; example++) {
                assertThat(exampleBits(permuted, example)).isEqualTo(exampleBits(analysis, order[example]));
            }
            assertThat(globalBits(permuted)).isEqualTo(globalBits(analysis));
            assertThat(annotatorBits(permuted)).isEqualTo(annotatorBits(analysis));
        }
    }

    @Test
    void chunksDoNotMatter() {
        Options options = options(QualityMethod.CROWDLAB, 2, 16);
        for (DataSet data : dataSets(60, 9)) {
            DataSet chunked = new DataSet(
                    data.annotations(),
                    inChunks(data.predictions(), data.predictions().exampleCount() % 5));
            assertThat(bits(data, chunked.analyze(options))).isEqualTo(bits(data, data.analyze(options)));
            if (data.predictions().modelCount() > 0) {
                Options calibrated = options.withCalibration(true);
                assertThat(bits(data, chunked.analyze(calibrated))).isEqualTo(bits(data, data.analyze(calibrated)));
                ActiveLabScores expected = ActiveLab.score(
                        data.annotations(),
                        data.predictions(),
                        data.slice(0, data.annotations().exampleCount() / 2).predictions(),
                        options);
                Predictions pool = inChunks(
                        data.slice(0, data.annotations().exampleCount() / 2).predictions(), 3);
                assertThat(ActiveLab.score(chunked.annotations(), chunked.predictions(), pool, options))
                        .usingRecursiveComparison()
                        .isEqualTo(expected);
            }
        }
    }

    private static Predictions inChunks(Predictions predictions, int chunkBits) {
        int rows = 1 << chunkBits;
        List<double[][]> models = new ArrayList<>();
        for (int model = 0; model < predictions.modelCount(); model++) {
            double[][] chunks = new double[predictions.exampleCount() / rows + 1][rows * predictions.classCount()];
            for (int example = 0; example < predictions.exampleCount(); example++) {
                for (int label = 0; label < predictions.classCount(); label++) {
                    chunks[example / rows][example % rows * predictions.classCount() + label] =
                            predictions.probability(model, example, label);
                }
            }
            models.add(chunks);
        }
        return Predictions.ofChunks(predictions.exampleCount(), predictions.classCount(), chunkBits, models);
    }

    @ParameterizedTest
    @EnumSource
    void theOrderOfExamplesDoesNotMatter(QualityMethod method) {
        for (DataSet data : dataSets(60, 9)) {
            int[] order = shuffled(data.annotations().exampleCount(), 3);
            Analysis analysis = data.analyze(options(method, 1, 16));
            Analysis permuted = data.withExamples(order).analyze(options(method, 1, 16));
            for (int example = 0; example < order.length; example++) {
                assertThat(exampleBits(permuted, example)).isEqualTo(exampleBits(analysis, order[example]));
            }
            assertThat(globalBits(permuted)).isEqualTo(globalBits(analysis));
            assertThat(annotatorBits(permuted)).isEqualTo(annotatorBits(analysis));
        }
    }

    /**
     * With two annotations an example, sums of two, nothing about examples or weights depends on the order of
     * annotators, unless an agreement is imputed; the quality does in its last bits, as all weights are summed for
     * it.
     */
    @Test
    void theOrderOfAnnotatorsMattersOnlyToLongerSums() {
        for (DataSet data : dataSets(60, 2)) {
            int[] ranks = shuffled(data.annotations().annotatorCount(), 5);
            Analysis analysis = data.analyze(options(QualityMethod.CROWDLAB, 1, 16));
            Analysis permuted = data.withAnnotators(ranks).analyze(options(QualityMethod.CROWDLAB, 1, 16));
            AnnotatorStatistics annotators = analysis.annotators();
            boolean isAnyImputed = false;
            for (int annotator = 0; annotator < ranks.length; annotator++) {
                isAnyImputed |= annotators.agreementImputed(annotator);
            }
            if (!isAnyImputed) {
                for (int example = 0; example < data.annotations().exampleCount(); example++) {
                    assertThat(exampleBits(permuted, example)).isEqualTo(exampleBits(analysis, example));
                }
                assertThat(globalBits(permuted)).isEqualTo(globalBits(analysis));
                for (int annotator = 0; annotator < ranks.length; annotator++) {
                    assertThat(Double.doubleToRawLongBits(permuted.annotators().weight(ranks[annotator])))
                            .isEqualTo(Double.doubleToRawLongBits(annotators.weight(annotator)));
                }
            }
            for (int annotator = 0; annotator < ranks.length; annotator++) {
                assertClose(permuted.annotators().quality(ranks[annotator]), annotators.quality(annotator));
            }
        }
    }

    @Test
    void theOrderOfAnnotatorsChangesScoresByRoundingAlone() {
        for (DataSet data : dataSets(60, 9)) {
            int[] ranks = shuffled(data.annotations().annotatorCount(), 7);
            Analysis analysis = data.analyze(options(QualityMethod.CROWDLAB, 1, 16));
            Analysis permuted = data.withAnnotators(ranks).analyze(options(QualityMethod.CROWDLAB, 1, 16));
            for (int example = 0; example < data.annotations().exampleCount(); example++) {
                assertThat(permuted.published().label(example))
                        .isEqualTo(analysis.published().label(example));
                assertClose(
                        permuted.published().quality(example),
                        analysis.published().quality(example));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAlternativeIsWhatItWouldBeIfPublished(ConsensusMethod method) {
        ConsensusMethod other =
                method == ConsensusMethod.BEST_QUALITY ? ConsensusMethod.MAJORITY_VOTE : ConsensusMethod.BEST_QUALITY;
        for (DataSet data : dataSets(40, 9)) {
            Options both = Options.defaults().withConsensus(other, method).withThreads(1, 16);
            Options alone = Options.defaults().withConsensus(method).withThreads(1, 16);
            Consensus alternative = data.analyze(both).alternatives().get(0);
            Consensus published = data.analyze(alone).published();
            assertThat(alternative.method()).isEqualTo(published.method()).isEqualTo(method);
            assertThat(alternative.meanQuality()).isEqualTo(published.meanQuality());
            for (int example = 0; example < data.annotations().exampleCount(); example++) {
                assertThat(consensusBits(alternative, example)).isEqualTo(consensusBits(published, example));
            }
        }
    }

    private static int[] shuffled(int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = new int[length];
        for (int index = 0; index < length; index++) {
            int other = random.nextInt(index + 1);
            order[index] = order[other];
            order[other] = index;
        }
        return order;
    }

    private static List<Long> bits(DataSet data, Analysis analysis) {
        List<Long> bits = new ArrayList<>(globalBits(analysis));
        for (int example = 0; example < data.annotations().exampleCount(); example++) {
            bits.addAll(exampleBits(analysis, example));
            for (Consensus alternative : analysis.alternatives()) {
                bits.addAll(consensusBits(alternative, example));
            }
        }
        for (int position = 0; position < data.annotations().annotationCount(); position++) {
            bits.add(Double.doubleToLongBits(analysis.annotationQuality(position)));
        }
        bits.addAll(annotatorBits(analysis));
        return bits;
    }

    private static List<Long> globalBits(Analysis analysis) {
        List<Long> bits =
                bits(analysis.consensusLikelihood(), analysis.published().meanQuality());
        for (int model = 0; model < analysis.modelCount(); model++) {
            bits.addAll(bits(analysis.modelWeight(model)));
        }
        analysis.committee().ifPresent(committee -> bits.addAll(committeeBits(committee)));
        bits.add((long) analysis.changedAgainstMajority());
        bits.add((long) analysis.flooredAnnotatorCount());
        bits.add(analysis.review().unvotedCount());
        bits.add(analysis.review().overrulingCount());
        for (TieBreak rule : TieBreak.values()) {
            bits.add(analysis.review().tieCount(rule));
        }
        return bits;
    }

    private static List<Long> committeeBits(CommitteeEstimates committee) {
        List<Long> bits =
                bits(committee.accuracy(), committee.accuracyInterval().lower());
        for (ExpertEstimate expert : committee.experts()) {
            bits.addAll(bits(expert.weight(), expert.looScore(), expert.roundCount()));
            for (int model = 0; model < committee.modelCount(); model++) {
                bits.addAll(bits(expert.modelWeight(model)));
            }
        }
        return bits;
    }

    private static List<Long> exampleBits(Analysis analysis, int example) {
        List<Long> bits = consensusBits(analysis.published(), example);
        bits.add((long) analysis.majorityVote()[example]);
        bits.add((long) analysis.majorityRule(example).code());
        return bits;
    }

    private static List<Long> consensusBits(Consensus consensus, int example) {
        List<Long> bits = bits(consensus.quality(example), consensus.agreement(example));
        bits.add((long) consensus.label(example));
        bits.add((long) consensus.tieBreak(example).code());
        return bits;
    }

    private static List<Long> annotatorBits(Analysis analysis) {
        List<Long> bits = new ArrayList<>();
        AnnotatorStatistics annotators = analysis.annotators();
        for (int annotator = 0; annotator < annotators.annotatorCount(); annotator++) {
            bits.addAll(bits(
                    annotators.quality(annotator),
                    annotators.weight(annotator),
                    annotators.agreementWithAnnotators(annotator),
                    annotators.agreementWithConsensus(annotator),
                    annotators.qualityInterval(annotator).lower(),
                    annotators.qualityInterval(annotator).upper()));
            bits.add((long) annotators.worstClass(annotator));
            bits.add((long) annotators.labelCount(annotator));
        }
        ConfusionCounts confusion = analysis.confusion();
        for (int cell = 0; cell < confusion.size(); cell++) {
            bits.add((long) confusion.annotator(cell));
            bits.add((long) confusion.consensusClass(cell));
            bits.add((long) confusion.givenClass(cell));
            bits.add(confusion.count(cell));
        }
        return bits;
    }

    private static List<Long> bits(double... values) {
        return new ArrayList<>(Arrays.stream(values)
                .mapToLong(Double::doubleToLongBits)
                .boxed()
                .toList());
    }

    private static void assertClose(double actual, double expected) {
        if (Double.isNaN(expected)) {
            assertThat(actual).isNaN();
        } else {
            assertThat(actual).isCloseTo(expected, within(ROUNDING));
        }
    }
}
