package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;

/**
 * Writes the {@link Candidates} of every example, and finds the cells that occur in annotators' sparse confusion
 * matrices.
 */
final class CandidatePass implements Pass<CellKeys> {

    static final Column<Candidates> CANDIDATES = new Column<>("committee_candidates");

    private final int answerKinds;
    private final boolean[] isDense;

    /**
     * Prepares the pass.
     *
     * @param answerKinds the classes, and abstaining if anybody does
     * @param isDense [annotators] whether all cells of the annotator's matrix are kept; not modified
     */
    CandidatePass(int answerKinds, boolean[] isDense) {
        this.answerKinds = answerKinds;
        this.isDense = isDense;
    }

    @Override
    public CellKeys newStatistics(Dimensions dimensions) {
        return new CellKeys(answerKinds, dimensions.classCount());
    }

    @Override
    public Slice open(Slice slice) {
        return slice.without(CandidateCountPass.COUNTS)
                .with(CANDIDATES, new Candidates(slice.get(CandidateCountPass.COUNTS)));
    }

    @Override
    public void collect(Block block, CellKeys keys) {
        Annotations answers = block.answers();
        Candidates candidates = block.output().get(CANDIDATES);
        CandidateSearch search = new CandidateSearch(block.input());
        for (int example = block.from(); example < block.to(); example++) {
            int count = search.open(example);
            if (candidates.count(example) > 0) {
                int start = candidates.start(example);
                for (int index = 0; index < count; index++) {
                    candidates.set(start + index, search.label(index));
                }
            }
            for (int position = answers.start(example); position < answers.end(example); position++) {
                if (!isDense[answers.annotator(position)]) {
                    addCells(answers, position, search, count, keys);
                }
            }
        }
    }

    private static void addCells(Annotations answers, int position, CandidateSearch search, int count, CellKeys keys) {
        for (int index = 0; index < count; index++) {
            keys.add(answers.annotator(position), answers.label(position), search.label(index));
        }
    }
}
