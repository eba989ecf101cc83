package dev.crowdlab.engine.annotator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.DataSet;
import dev.crowdlab.engine.LocalPassRunner;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.vote.VotePass;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorstClassesTest {

    private static final Column<ConsensusLabels> CONSENSUS = Column.consensus(ConsensusMethod.MAJORITY_VOTE);
    private static final Column<double[]> QUALITY = Column.quality(ConsensusMethod.MAJORITY_VOTE);

    /** Three classes with one of two labels right. */
    private static GivenClassCounts counts() {
        GivenClassCounts counts = new GivenClassCounts(3);
        for (int given = 0; given < 3; given++) {
            counts.add(given, 1, true);
            counts.add(given, 1, false);
        }
        return counts;
    }

    private static int[] worst(GivenClassCounts counts) {
        int[] worst = new int[3];
        return Arrays.copyOf(worst, counts.findWorst(worst));
    }

    @Test
    void shareThenNumberNameTheCandidates() {
        assertThat(worst(new GivenClassCounts(3))).isEmpty();
        GivenClassCounts counts = counts();
        assertThat(worst(counts)).as("equal").containsExactly(0, 1, 2);
        counts.add(1, 2, true);
        counts.add(1, 2, false);
        assertThat(worst(counts)).as("most labels").containsExactly(1);
        counts.add(0, 1, false);
        assertThat(worst(counts)).as("lowest share").containsExactly(0);
        assertThat(counts.agreeingCount()).isEqualTo(5);
        assertThat(counts.mostGiven()).isEqualTo(1);
        assertThat(counts.count(1)).isEqualTo(6);
        counts.clear();
        assertThat(worst(counts)).isEmpty();
    }

    @Test
    void qualityDecidesBetweenCandidatesThenTheLowestIndex() {
        DataSet data = DataSet.of(
                3,
                2,
                List.of(new int[] {0, 1, 2}, new int[] {1, 1, 1}, new int[] {2, 1, 0}, new int[] {3, 0, 1}),
                List.of());
        ConsensusLabels consensus = new ConsensusLabels(4); // class 0 everywhere
        Slice slice = new Slice(data.annotations(), data.predictions()).with(CONSENSUS, consensus);
        WorstClasses classes;
        try (LocalPassRunner passes = new LocalPassRunner(slice, 1, 4)) {
            ConfusionLayout layout =
                    new ConfusionLayout(passes.run("votes", new VotePass()), 3, false); // all are listed
            classes = new WorstClasses(passes.confusion(layout, new ConfusionTally(layout), CONSENSUS)
                    .summary());
        }
        assertThat(classes.areTied()).isTrue();
        assertThat(classes.agreeingCount(1)).isEqualTo(1);
        assertThat(worstClass(classes, slice, 0.5, 0.5)).isEqualTo(1);
        assertThat(worstClass(classes, slice, 0.5 + 2e-12, 0.5)).isEqualTo(2);
        assertThat(worstClass(classes, slice, 0.5, 0.5 + 2e-12)).isEqualTo(1);
        assertThat(worstClass(classes, slice, Math.nextUp(0.5), 0.5))
                .as("rounding")
                .isEqualTo(1);
    }

    /** Returns the worst class of annotator 1, who is wrong about the first two examples. */
    private static int worstClass(WorstClasses classes, Slice slice, double quality, double otherQuality) {
        Slice scored = slice.with(QUALITY, new double[] {quality, otherQuality, 1, 1});
        TiedQualityPass.Qualities qualities = new TiedQualityPass.Qualities(classes);
        new TiedQualityPass(classes, QUALITY).collect(new Block(scored, scored, 0, 4), qualities);
        assertThat(classes.worstClass(0, qualities)).isEqualTo(1);
        return classes.worstClass(1, qualities);
    }

    /** Annotator 0 gives class 0 where quality is 2/3 and 1/3, class 2 where it is 1/2 twice: the means are equal, rounded sums are not. */
    @Test
    void meansThatAreEqualBeforeRoundingGoToTheLowestClass() {
        DataSet data = DataSet.of(
                3,
                3,
                List.of(
                        new int[] {0, 0, 2},
                        new int[] {0, 1, 0},
                        new int[] {1, 0, 0},
                        new int[] {1, 1, 2},
                        new int[] {1, 2, 2},
                        new int[] {2, 0, 0},
                        new int[] {2, 1, 2},
                        new int[] {2, 2, 1},
                        new int[] {3, 0, 2},
                        new int[] {3, 1, 1}),
                List.of());
        Analysis analysis = data.analyze(Options.defaults());
        assertThat(analysis.annotators().worstClass(0)).isZero();
    }
}
