package dev.crowdlab.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.DataSet;
import dev.crowdlab.engine.LocalPassRunner;
import dev.crowdlab.engine.RandomDataSets;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.vote.MutualAgreement;
import dev.crowdlab.engine.vote.TiePass;
import dev.crowdlab.engine.vote.VotePass;
import dev.crowdlab.engine.vote.Votes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PosteriorTest {

    @Test
    void rowsSumToOne() {
        for (long seed = 0; seed < 2_000; seed++) {
            DataSet data = RandomDataSets.of(seed, 20, 9);
            Slice slice = new Slice(data.annotations(), data.predictions());
            Block block = new Block(slice, slice, 0, slice.exampleCount());
            Votes votes;
            try (LocalPassRunner passes = new LocalPassRunner(slice, 1, 16)) {
                votes = passes.run("votes", new VotePass());
                votes.majority.add(passes.run("ties", new TiePass(votes)));
            }
            if (votes.multiExampleCount() > 0) {
                Weights weights = Weights.of(votes, new MutualAgreement(votes), votes.majority);
                assertRowsSumToOne(new Posterior.Weighted(weights), block);
                assertRowsSumToOne(new Posterior.VoteShares(), block);
                assertClearlyBestIsHighest(new Posterior.Weighted(weights), block);
            }
        }
    }

    private static void assertRowsSumToOne(Posterior posterior, Block block) {
        double[] posteriors = new double[block.annotations().classCount()];
        for (int example = block.from(); example < block.to(); example++) {
            posterior.fill(block, example, posteriors);
            assertThat(Arrays.stream(posteriors).sum()).isCloseTo(1, within(1e-12));
        }
    }

    private static void assertClearlyBestIsHighest(Posterior posterior, Block block) {
        double[] posteriors = new double[block.annotations().classCount()];
        double[] memory = new double[posteriors.length];
        for (int example = block.from(); example < block.to(); example++) {
            posterior.fill(block, example, posteriors);
            double[] sorted = posteriors.clone();
            Arrays.sort(sorted);
            double second = sorted[sorted.length - 2];
            for (int label = 0; label < posteriors.length; label++) {
                double lead = posteriors[label] - second;
                if (Math.abs(lead - 2 * Posterior.SHARED_WITHIN) > 1e-14) { // where rounding decides nothing
                    assertThat(posterior.isClearlyBest(block, example, label, memory))
                            .isEqualTo(lead > 2 * Posterior.SHARED_WITHIN);
                }
            }
        }
    }
}
