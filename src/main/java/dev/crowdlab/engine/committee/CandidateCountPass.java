package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;

/**
 * Counts the {@link Candidates} of every example, so that the pass after it knows where to put them, and chooses the
 * sample that the weights of models are fitted on.
 */
final class CandidateCountPass implements Pass<CandidateCountPass.Chosen> {

    /** [examples] how many candidates, 0 in place of 1 where nobody abstains. */
    static final Column<int[]> COUNTS = new Column<>("committee_candidate_counts");

    private final CommitteeSample sample;

    CandidateCountPass(CommitteeSample sample) {
        this.sample = sample;
    }

    @Override
    public Chosen newStatistics(Dimensions dimensions) {
        return new Chosen();
    }

    @Override
    public Slice open(Slice slice) {
        Slice opened = slice.with(COUNTS, new int[slice.exampleCount()]);
        return slice.predictions().modelCount() == 0
                ? opened
                : opened.with(CommitteeSample.EXAMPLES, sample.choose(slice));
    }

    @Override
    public void collect(Block block, Chosen chosen) {
        int[] counts = block.output().get(COUNTS);
        Annotations annotations = block.annotations();
        Annotations answers = block.answers();
        CandidateSearch search = new CandidateSearch(block.input());
        for (int example = block.from(); example < block.to(); example++) {
            int count = search.open(example);
            boolean isUnanimous = count == 1 && answers.size(example) == annotations.size(example);
            counts[example] = isUnanimous ? 0 : count;
        }
        if (block.predictions().modelCount() > 0) {
            int[] examples = block.output().get(CommitteeSample.EXAMPLES);
            int start = CommitteeSample.start(examples, block.from());
            chosen.count[0] += CommitteeSample.start(examples, block.to()) - start;
        }
    }

    /** How many examples the sample has. */
    static final class Chosen implements Mergeable<Chosen> {

        private final long[] count = new long[1];

        @Override
        public void add(Chosen other) {
            Mergeable.add(count, other.count);
        }

        long count() {
            return count[0];
        }
    }
}
