package dev.crowdlab.engine.annotator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.DataSet;
import dev.crowdlab.engine.LocalPassRunner;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.vote.VotePass;
import dev.crowdlab.engine.vote.Votes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfusionCountsTest {

    private static final int EXAMPLE_COUNT = 400;
    private static final int ANNOTATOR_COUNT = 6;

    /** Annotator 0 labels nothing, the last everything, the others more and more: some have lists, some have cells. */
    private static DataSet data(int classCount) {
        SplittableRandom random = new SplittableRandom(3);
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < EXAMPLE_COUNT; example++) {
            for (int annotator = 1; annotator < ANNOTATOR_COUNT; annotator++) {
                if (random.nextInt(ANNOTATOR_COUNT - 1) < annotator) {
                    rows.add(new int[] {example, annotator, random.nextInt(1 + random.nextInt(classCount))});
                }
            }
        }
        return DataSet.of(classCount, ANNOTATOR_COUNT, rows, List.of());
    }

    private static Votes votes(DataSet data) {
        try (LocalPassRunner passes = new LocalPassRunner(slice(data), 2, 64)) {
            return passes.run("votes", new VotePass());
        }
    }

    private static Slice slice(DataSet data) {
        return new Slice(data.annotations(), data.predictions());
    }

    /** Counts with two workers. */
    private static ConfusionCounts confusion(DataSet data, ConsensusLabels consensus) {
        ConfusionLayout layout =
                new ConfusionLayout(votes(data), data.annotations().classCount(), false);
        ConfusionTally[] tallies = {new ConfusionTally(layout), new ConfusionTally(layout)};
        for (int[] row : data.rows()) {
            tallies[row[0] & 1].addAnnotation(layout, row[1], consensus.label(row[0]), row[2]);
        }
        tallies[0].add(tallies[1]);
        Column<ConsensusLabels> column = Column.consensus(ConsensusMethod.MAJORITY_VOTE);
        return ConfusionCounts.of(layout, tallies[0], List.of(slice(data).with(column, consensus)), column);
    }

    private static ConsensusLabels consensus(int classCount) {
        SplittableRandom random = new SplittableRandom(4);
        ConsensusLabels consensus = new ConsensusLabels(EXAMPLE_COUNT);
        for (int example = 0; example < EXAMPLE_COUNT; example++) {
            consensus.decide(example, random.nextInt(classCount), TieBreak.NONE);
        }
        return consensus;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 12, 17, 300, Crowdlab.MAX_CLASSES})
    void cellsAndListsCountLikeMaps(int classCount) {
        DataSet data = data(classCount);
        ConsensusLabels consensus = consensus(classCount);
        Map<List<Integer>, Long> expected = new TreeMap<>(ConfusionCountsTest::compare);
        for (int[] row : data.rows()) {
            expected.merge(List.of(row[1], consensus.label(row[0]), row[2]), 1L, Long::sum);
        }
        ConfusionCounts counts = confusion(data, consensus);
        assertThat(counts.size()).isEqualTo(expected.size());
        int cell = 0;
        for (Map.Entry<List<Integer>, Long> entry : expected.entrySet()) {
            assertThat(List.of(counts.annotator(cell), counts.consensusClass(cell), counts.givenClass(cell)))
                    .isEqualTo(entry.getKey());
            assertThat(counts.count(cell)).isEqualTo(entry.getValue());
            cell += 1;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 12, 17, Crowdlab.MAX_CLASSES})
    void rangesOfAnnotatorsCountedFromPartsOfTheSlicesAreTheWhole(int classCount) {
        DataSet data = data(classCount);
        ConsensusLabels consensus = consensus(classCount);
        ConfusionLayout layout = new ConfusionLayout(votes(data), classCount, true);
        assertThat(layout.cellCount()).isZero();
        Column<ConsensusLabels> column = Column.consensus(ConsensusMethod.MAJORITY_VOTE);
        List<ConfusionCounts> slices = new ArrayList<>();
        for (int from = 0; from < EXAMPLE_COUNT; from += 100) {
            ConsensusLabels labels = new ConsensusLabels(100);
            for (int example = 0; example < 100; example++) {
                labels.decide(example, consensus.label(from + example), TieBreak.NONE);
            }
            Slice part = slice(data.slice(from, from + 100)).with(column, labels);
            slices.add(ConfusionCounts.listed(layout, part, column));
        }
        ConfusionCounts whole = confusion(data, consensus);
        List<ConfusionSummary> summaries = new ArrayList<>();
        for (int[] range : new int[][] {{3, ANNOTATOR_COUNT}, {0, 1}, {1, 3}, {1, 1}}) {
            ConfusionCounts counts = slices.stream()
                    .map(slice -> slice.range(range[0], range[1]))
                    .reduce(ConfusionCounts::plus)
                    .orElseThrow();
            assertThat(counts).usingRecursiveComparison().isEqualTo(whole.range(range[0], range[1]));
            summaries.add(ConfusionSummary.of(counts));
        }
        assertThat(ConfusionSummary.join(summaries)).usingRecursiveComparison().isEqualTo(ConfusionSummary.of(whole));
        assertThat(slices.stream().reduce(ConfusionCounts::plus).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(whole);
        assertThatThrownBy(() -> ConfusionSummary.join(summaries.subList(0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a range begins with annotator 3; expected 0");
    }

    @Test
    void aSummaryNamesTheClassGivenMostAndHowOftenItIsTheConsensus() {
        DataSet data = data(12);
        ConsensusLabels consensus = consensus(12);
        ConfusionSummary summary = ConfusionSummary.of(confusion(data, consensus));
        for (int annotator = 0; annotator < ANNOTATOR_COUNT; annotator++) {
            int[] given = new int[12];
            int[] expected = new int[12];
            for (int[] row : data.rows()) {
                given[row[2]] += row[1] == annotator ? 1 : 0;
                expected[consensus.label(row[0])] += row[1] == annotator ? 1 : 0;
            }
            int most = 0;
            for (int label = 1; label < 12; label++) {
                most = given[label] > given[most] ? label : most;
            }
            assertThat(summary.mostGivenClass(annotator)).isEqualTo(most);
            assertThat(summary.mostGivenCount(annotator)).isEqualTo(given[most]);
            assertThat(summary.mostGivenConsensusCount(annotator)).isEqualTo(expected[most]);
        }
    }

    private static int compare(List<Integer> cell, List<Integer> other) {
        for (int column = 0; column < cell.size(); column++) {
            int order = Integer.compare(cell.get(column), other.get(column));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Test
    void onlyAnnotatorsWithFewerLabelsThanPairsOfClassesHaveLists() {
        DataSet data = data(12);
        Votes votes = votes(data);
        ConfusionLayout layout = new ConfusionLayout(votes, 12, false);
        int listed = 0;
        for (int annotator = 0; annotator < ANNOTATOR_COUNT; annotator++) {
            assertThat(layout.isListed(annotator)).isEqualTo(votes.labelCount(annotator) < 144);
            listed += layout.isListed(annotator) ? (int) votes.labelCount(annotator) : 0;
        }
        assertThat(layout.listedCount()).isEqualTo(listed).isPositive();
        assertThat(layout.cellCount())
                .isPositive()
                .isLessThanOrEqualTo(data.annotations().annotationCount());
    }
}
