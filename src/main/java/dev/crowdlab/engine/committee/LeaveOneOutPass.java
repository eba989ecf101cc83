package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import java.util.List;

/**
 * How well each expert predicts every annotation from the others of its example: sums of logarithms over contested
 * examples. Writes nothing.
 */
final class LeaveOneOutPass implements Pass<LeaveOneOutPass.Scores> {

    private final CellLayout layout;
    private final List<ExpertTable> tables;
    private final double dependence;

    /**
     * Prepares the pass.
     *
     * @param tables of the experts, as in the last round of each
     * @param dependence of annotations of one example
     */
    LeaveOneOutPass(CellLayout layout, List<ExpertTable> tables, double dependence) {
        this.layout = layout;
        this.tables = List.copyOf(tables);
        this.dependence = dependence;
    }

    @Override
    public Scores newStatistics(Dimensions dimensions) {
        return new Scores(tables.size());
    }

    @Override
    public void collect(Block block, Scores scores) {
        ContestedBatch.forEach(layout, block, batch -> {
            for (int place = 0; place < tables.size(); place++) {
                score(block, batch, place, scores);
            }
        });
    }

    private void score(Block block, ContestedBatch batch, int place, Scores scores) {
        ExpertTable table = tables.get(place);
        int[] before = block.input().get(CommitteeRoundPass.previous(table.expert));
        batch.weigh(table, before, dependence);
        batch.leaveOneOut(table, dependence, before, scores.sums, 2 * place);
    }

    /** Exact sums, by expert. */
    static final class Scores implements Mergeable<Scores> {

        /** [experts] in two parts each. */
        final long[] sums;

        Scores(int expertCount) {
            sums = new long[2 * expertCount];
        }

        @Override
        public void add(Scores other) {
            Mergeable.add(sums, other.sums);
        }
    }
}
