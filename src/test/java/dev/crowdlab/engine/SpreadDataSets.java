package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Data sets in slices, and whether what passes wrote into them is what the whole gives. */
public final class SpreadDataSets {

    private static final int SLICE_SIZE = 13;

    /** Nothing but the order of the classes decides here. */
    private static final DataSet SYMMETRIC = DataSet.of(
            2,
            2,
            List.of(new int[] {0, 0, 0}, new int[] {0, 1, 1}, new int[] {1, 0, 1}, new int[] {1, 1, 0}),
            List.of(new double[] {0.5, 0.5, 0.5, 0.5}));

    /** The third example is decided by who was right on the first two. */
    private static final DataSet SKILLED = DataSet.of(
            2,
            3,
            List.of(
                    new int[] {0, 0, 0},
                    new int[] {0, 1, 1},
                    new int[] {0, 2, 0},
                    new int[] {1, 0, 1},
                    new int[] {1, 1, 0},
                    new int[] {1, 2, 1},
                    new int[] {2, 0, 0},
                    new int[] {2, 1, 1}),
            List.of(new double[] {0.5, 0.5, 0.5, 0.5, 0.5, 0.5}));

    /** The data sets: all with models, and together they reach every pass and every tie rule. */
    static Stream<DataSet> dataSets() {
        Stream<DataSet> random = LongStream.range(0, 40)
                .mapToObj(seed -> RandomDataSets.of(seed, 80, 9))
                .filter(data -> data.predictions().modelCount() > 0);
        return Stream.concat(Stream.of(SYMMETRIC, SKILLED), random);
    }

    /** The examples of a data set in their order, in slices that are data sets of their own. */
    public static List<Slice> slices(DataSet data) {
        List<Slice> slices = new ArrayList<>();
        int exampleCount = data.annotations().exampleCount();
        for (int from = 0; from < exampleCount; from += SLICE_SIZE) {
            DataSet part = data.slice(from, Math.min(exampleCount, from + SLICE_SIZE));
            slices.add(part.slice());
        }
        return slices;
    }

    /**
     * Compares every number.
     *
     * @param elsewhere fields of the estimates that are not compared
     */
    static void assertSame(Analysis whole, Estimates estimates, List<Slice> slices, String... elsewhere) {
        assertThat(estimates)
                .usingRecursiveComparison()
                .ignoringFields(elsewhere)
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(whole.estimates());
        int example = 0;
        int position = 0;
        for (Slice slice : slices) {
            for (int local = 0; local < slice.exampleCount(); local++, example++) {
                ConsensusLabels majority = slice.get(Column.MAJORITY);
                assertThat(majority.label(local)).isEqualTo(whole.majorityVote()[example]);
                assertThat(majority.rule(local)).isEqualTo(whole.majorityRule(example));
                compare(slice, local, whole.published(), example);
                for (Consensus alternative : whole.alternatives()) {
                    compare(slice, local, alternative, example);
                }
            }
            for (double quality : slice.get(Column.ANNOTATION_QUALITY)) {
                assertThat(quality).isEqualTo(whole.annotationQuality(position++));
            }
        }
        assertThat(example).isEqualTo(whole.majorityVote().length);
        assertThat(position)
                .isEqualTo(slices.stream()
                        .mapToInt(slice -> slice.annotations().annotationCount())
                        .sum());
    }

    private static void compare(Slice slice, int local, Consensus expected, int example) {
        ConsensusLabels labels = slice.get(Column.consensus(expected.method()));
        assertThat(labels.label(local)).isEqualTo(expected.label(example));
        assertThat(labels.rule(local)).isEqualTo(expected.tieBreak(example));
        assertThat(slice.get(Column.quality(expected.method()))[local]).isEqualTo(expected.quality(example));
    }
}
