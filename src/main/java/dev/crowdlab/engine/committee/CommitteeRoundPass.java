package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;
import java.util.List;

/**
 * One round of some experts: the posteriors of every contested example under the parameters, and their sums, from which
 * the next parameters follow. The posteriors before the round are kept in a column of their own.
 */
public final class CommitteeRoundPass implements Pass<CommitteeRoundPass.Sums> {

    private final CellLayout layout;
    private final List<ExpertTable> tables;
    private final double dependence;

    /**
     * Prepares the pass.
     *
     * @param tables of the experts
     * @param dependence of annotations of one example; 0: they are independent
     */
    CommitteeRoundPass(CellLayout layout, List<ExpertTable> tables, double dependence) {
        this.layout = layout;
        this.tables = List.copyOf(tables);
        this.dependence = dependence;
    }

    /** Returns the column of the posteriors before the expert's last round: [slots] in units of 2^-30. */
    static Column<int[]> previous(Expert expert) {
        return new Column<>("committee_previous_" + expert.sqlName());
    }

    @Override
    public Sums newStatistics(Dimensions dimensions) {
        return new Sums(layout, tables.size());
    }

    @Override
    public Slice open(Slice slice) {
        Slice opened = slice;
        for (ExpertTable table : tables) {
            Column<int[]> posterior = CommitteeStartPass.posterior(table.expert);
            int[] posteriors = slice.get(posterior);
            opened = opened.with(previous(table.expert), posteriors).with(posterior, new int[posteriors.length]);
        }
        return opened;
    }

    @Override
    public void collect(Block block, Sums sums) {
        ContestedBatch.forEach(layout, block, batch -> {
            for (int place = 0; place < tables.size(); place++) {
                takeRound(block, batch, place, sums);
            }
        });
        if (block.predictions().modelCount() > 0) {
            sumUpSample(block, sums);
        }
    }

    private void takeRound(Block block, ContestedBatch batch, int place, Sums sums) {
        ExpertTable table = tables.get(place);
        Column<int[]> posterior = CommitteeStartPass.posterior(table.expert);
        int[] before = block.input().get(posterior);
        batch.weigh(table, before, dependence);
        sums.changes[place] +=
                batch.write(before, block.output().get(posterior), sums.cells[place], sums.byClass[place]);
    }

    /** Sums up the posteriors of the sample, and what the class terms expected. */
    private void sumUpSample(Block block, Sums sums) {
        CandidatePosteriors posteriors = new CandidatePosteriors(
                block.output(), tables.stream().map(table -> table.expert).toList());
        ModelLogs logs = new ModelLogs(layout.classCount(), block.predictions().modelCount());
        double[] expected = new double[layout.classCount()];
        int[] examples = block.input().get(CommitteeSample.EXAMPLES);
        int end = CommitteeSample.start(examples, block.to());
        for (int index = CommitteeSample.start(examples, block.from()); index < end; index++) {
            int example = examples[index];
            logs.open(block.predictions(), example);
            posteriors.open(example);
            for (int place = 0; place < tables.size(); place++) {
                posteriors.addTo(place, sums.sampled[place]);
                logs.predict(tables.get(place).term, expected);
                for (int label = 0; label < expected.length; label++) {
                    sums.expected[place][label] += Grid.of(expected[label]);
                }
            }
        }
    }

    /** Sums of the posteriors of contested examples, in units of 2^-30, by expert. */
    static final class Sums implements Mergeable<Sums> {

        /** [experts][cells] */
        final long[][] cells;
        /** [experts][classes] */
        final long[][] byClass;
        /** [experts] absolute changes against the round before. */
        final long[] changes;
        /** [experts][classes] over the sample, examples with one candidate included. */
        final long[][] sampled;
        /** [experts][classes] what the class terms expect, summed over the sample. */
        final long[][] expected;

        Sums(CellLayout layout, int expertCount) {
            cells = new long[expertCount][layout.cellCount()];
            byClass = new long[expertCount][layout.classCount()];
            changes = new long[expertCount];
            sampled = new long[expertCount][layout.classCount()];
            expected = new long[expertCount][layout.classCount()];
        }

        @Override
        public void add(Sums other) {
            for (int place = 0; place < changes.length; place++) {
                Mergeable.add(cells[place], other.cells[place]);
                Mergeable.add(byClass[place], other.byClass[place]);
                Mergeable.add(sampled[place], other.sampled[place]);
                Mergeable.add(expected[place], other.expected[place]);
            }
            Mergeable.add(changes, other.changes);
        }

        /** Returns the sum of absolute changes of the expert at the place. */
        double change(int place) {
            return changes[place] * Grid.UNIT;
        }
    }
}
