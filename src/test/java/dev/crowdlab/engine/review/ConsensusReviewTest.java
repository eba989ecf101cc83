package dev.crowdlab.engine.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.DataSet;
import dev.crowdlab.engine.NaiveCrowdlab;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.RandomDataSets;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.quality.QualityMethod;
import dev.crowdlab.testing.Slow;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The review against plain counts over dense matrices, on many small random data sets. */
class ConsensusReviewTest {

    private static final int DATA_SETS = Slow.cases(100, 600);

    private long unvoted;
    private long overruling;
    private long vanished;

    @Test
    void everyCountIsWhatItSays() {
        for (long seed = 0; seed < DATA_SETS; seed++) {
            DataSet data = RandomDataSets.of(seed, 60, 9);
            for (ConsensusMethod method : List.of(ConsensusMethod.BEST_QUALITY, ConsensusMethod.MAJORITY_VOTE)) {
                if (data.annotations().largestSize() > 1) {
                    compare(
                            data,
                            Options.defaults()
                                    .withConsensus(method)
                                    .withQuality(QualityMethod.CROWDLAB)
                                    .withThreads(3, 7),
                            "seed " + seed);
                }
            }
        }
        assertThat(unvoted).as("labels that nobody gave").isGreaterThan(overruling);
        assertThat(overruling).isPositive();
        assertThat(vanished).isPositive();
    }

    private void compare(DataSet data, Options options, String name) {
        NaiveCrowdlab naive = new NaiveCrowdlab(data, options.consensusMethods().get(0), options.qualityMethod());
        Analysis analysis = data.analyze(options);
        ConsensusReview review = analysis.review();
        for (TieBreak rule : TieBreak.values()) {
            assertThat(review.tieCount(rule))
                    .as(name + rule)
                    .isEqualTo(
                            Arrays.stream(naive.tieBreaks).filter(rule::equals).count());
        }
        for (int label = 0; label < naive.classCount; label++) {
            compareClass(review, naive, label, name);
        }
        assertThat(review.unvotedCount()).as(name).isEqualTo(unvoted(naive).count());
        assertThat(review.overrulingCount())
                .as(name)
                .isEqualTo(unvoted(naive)
                        .filter(example -> naive.size(example) >= 3
                                && labels(naive, example).distinct().count() == 1)
                        .count());
        assertThat(review.overlapCount()).as(name).isEqualTo(overlaps(naive).count());
        assertThat(review.agreeingPairCount())
                .as(name)
                .isEqualTo(overlaps(naive)
                        .mapToLong(example -> agreeingPairs(naive, example))
                        .sum());
        assertThat(analysis.flooredModelCount()).as(name).isEqualTo((int) Arrays.stream(naive.modelWeights)
                .filter(weight -> weight < 1e-5)
                .count());
        unvoted += review.unvotedCount();
        overruling += review.overrulingCount();
    }

    private void compareClass(ConsensusReview review, NaiveCrowdlab naive, int label, String name) {
        long votes = IntStream.range(0, naive.exampleCount)
                .flatMap(example -> labels(naive, example))
                .filter(given -> given == label)
                .count();
        boolean isConsensus = Arrays.stream(naive.consensus).anyMatch(chosen -> chosen == label);
        assertThat(review.isVanished(label)).as(name).isEqualTo(votes > 0 && !isConsensus);
        vanished += review.isVanished(label) ? 1 : 0;
    }

    private static IntStream labels(NaiveCrowdlab naive, int example) {
        return Arrays.stream(naive.given[example]).filter(label -> label != NaiveCrowdlab.NO_LABEL);
    }

    private static IntStream unvoted(NaiveCrowdlab naive) {
        return IntStream.range(0, naive.exampleCount)
                .filter(example -> labels(naive, example).noneMatch(label -> label == naive.consensus[example]));
    }

    private static IntStream overlaps(NaiveCrowdlab naive) {
        return IntStream.range(0, naive.exampleCount).filter(example -> naive.size(example) > 1);
    }

    private static long agreeingPairs(NaiveCrowdlab naive, int example) {
        int[] labels = labels(naive, example).toArray();
        long pairs = 0;
        for (int first = 0; first < labels.length; first++) {
            for (int second = first + 1; second < labels.length; second++) {
                pairs += labels[first] == labels[second] ? 1 : 0;
            }
        }
        return pairs;
    }
}
