package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The passes over slices that are data sets of their own, as a cluster would hold them, against the whole in memory.
 */
class SlicesTest {

    private static final int SLICE_SIZE = 13;

    @Test
    void slicesGiveTheBitsOfTheWhole() {
        for (long seed = 0; seed < 100; seed++) {
            DataSet data = RandomDataSets.of(seed, 80, 9);
            if (data.annotations().largestSize() > 1 && data.predictions().modelCount() > 0) {
                compare(data, null);
                compare(data, LabelQualityScore.NORMALIZED_MARGIN);
            }
        }
    }

    /** Compares with self-confidence, or with another score, adjusted. */
    private static void compare(DataSet data, @Nullable LabelQualityScore adjusted) {
        LabelQualityScore score = adjusted == null ? LabelQualityScore.SELF_CONFIDENCE : adjusted;
        Analysis whole = data.analyze(Options.defaults().withScore(score, adjusted != null));
        Dimensions shape = Dimensions.of(data.annotations(), data.predictions());
        List<Slice> slices = slices(data);
        VoteStatistics votes =
                sum(slices, () -> new VoteStatistics(shape), (slice, into) -> new VotePass(slice.majority)
                        .collect(slice.block(), into));
        votes.majority.add(
                sum(slices, () -> new ConsensusStatistics(shape), (slice, into) -> new TiePass(votes, slice.majority)
                        .resolve(slice.block(), into)));
        MutualAgreement agreement = new MutualAgreement(votes);
        Posterior first = new Posterior.Weighted(Weights.of(votes, agreement, votes.majority));
        ConsensusStatistics chosen =
                sum(slices, () -> new ConsensusStatistics(shape), (slice, into) -> new BestQualityPass(
                                first, slice.majority, slice.consensus)
                        .choose(slice.block(), into));
        chosen.add(votes.majority);
        Posterior second = new Posterior.Weighted(Weights.of(votes, agreement, chosen));
        ConfidenceStatistics confidences =
                sum(slices, () -> new ConfidenceStatistics(shape), (slice, into) -> new ConfidencePass(
                                second, slice.consensus)
                        .collect(slice.block(), into));
        LabelScoring scoring =
                new LabelScoring(second, score, adjusted == null ? null : new ConfidenceAdjustment(confidences));
        ExactMean quality =
                sum(slices, ExactMean::new, (slice, into) -> new ScorePass(scoring, slice.consensus, slice.qualities)
                        .score(slice.block(), into));
        assertThat(quality.mean()).isEqualTo(whole.published().meanQuality());
        for (int example = 0; example < data.annotations().exampleCount(); example++) {
            Slice slice = slices.get(example / SLICE_SIZE);
            int local = example % SLICE_SIZE;
            assertThat(slice.majority.label(local)).isEqualTo(whole.majorityVote()[example]);
            assertThat(slice.majority.rule(local)).isEqualTo(whole.majorityRule(example));
            assertThat(slice.consensus.label(local)).isEqualTo(whole.published().label(example));
            assertThat(slice.consensus.rule(local)).isEqualTo(whole.published().tieBreak(example));
            assertThat(slice.qualities[local]).isEqualTo(whole.published().quality(example));
        }
    }

    private static List<Slice> slices(DataSet data) {
        List<Slice> slices = new ArrayList<>();
        int exampleCount = data.annotations().exampleCount();
        for (int from = 0; from < exampleCount; from += SLICE_SIZE) {
            slices.add(new Slice(data.slice(from, Math.min(exampleCount, from + SLICE_SIZE))));
        }
        return slices;
    }

    private static <S extends Mergeable<S>> S sum(List<Slice> slices, Supplier<S> empty, BiConsumer<Slice, S> pass) {
        S sum = empty.get();
        for (Slice slice : slices) {
            S statistics = empty.get();
            pass.accept(slice, statistics);
            sum.add(statistics);
        }
        return sum;
    }

    private static final class Slice {

        private final DataSet data;
        private final ConsensusLabels majority;
        private final ConsensusLabels consensus;
        private final double[] qualities;

        private Slice(DataSet data) {
            this.data = data;
            int exampleCount = data.annotations().exampleCount();
            majority = new ConsensusLabels(exampleCount);
            consensus = new ConsensusLabels(exampleCount);
            qualities = new double[exampleCount];
        }

        private Block block() {
            return new Block(
                    data.annotations(),
                    data.predictions(),
                    0,
                    data.annotations().exampleCount());
        }
    }
}
