package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;

/**
 * Takes vote shares as the first posterior of every contested example that is not fixed, the same for all experts, and
 * counts what does not change from round to round: labels, and the examples with one candidate.
 */
final class CommitteeStartPass implements Pass<CommitteeStartPass.Counts> {

    private final CellLayout layout;

    CommitteeStartPass(CellLayout layout) {
        this.layout = layout;
    }

    /** Returns the column of the expert's posteriors: [slots] in units of 2^-30. */
    static Column<int[]> posterior(Expert expert) {
        return new Column<>("committee_posterior_" + expert.sqlName());
    }

    @Override
    public Counts newStatistics(Dimensions dimensions) {
        return new Counts(layout);
    }

    @Override
    public Slice open(Slice slice) {
        int[] posteriors = new int[slice.get(CandidatePass.CANDIDATES).slotCount()];
        Slice opened = slice;
        for (Expert expert : Expert.values()) {
            opened = opened.with(posterior(expert), posteriors);
        }
        return opened;
    }

    @Override
    public void collect(Block block, Counts counts) {
        Annotations annotations = block.annotations();
        Annotations answers = block.answers();
        Candidates candidates = block.input().get(CandidatePass.CANDIDATES);
        int[] posteriors = block.output().get(posterior(Expert.COIN_2));
        FixedLabels fixed = FixedLabels.of(block.input());
        for (int example = block.from(); example < block.to(); example++) {
            boolean isFixed = fixed.label(example) != FixedLabels.FREE;
            counts.addAnswers(layout, answers, example, isFixed);
            int count = candidates.count(example);
            if (count == 0) {
                counts.addUnanimous(layout, annotations, example, isFixed);
            }
            for (int slot = candidates.start(example); slot < candidates.start(example) + count; slot++) {
                int label = candidates.label(slot);
                double certain = label == fixed.label(example) ? 1 : 0;
                posteriors[slot] = (int) Grid.of(isFixed ? certain : annotations.agreement(example, label));
                counts.addPosterior(layout, answers, example, label, posteriors[slot]);
            }
        }
    }

    /** What does not change, and the sums of the first posteriors. */
    static final class Counts implements Mergeable<Counts> {

        /** [groups] answers. */
        public final long[] labels;
        /** [annotators] labels that are their example's only answer, where that is not fixed. */
        final long[] singles;
        /** [groups] labels of examples with one candidate and several annotations. */
        final long[] unanimous;
        /** [groups] labels of examples with one candidate and one annotation that are not fixed. */
        final long[] unanimousSingles;
        /** [groups] labels of those that are fixed, which carry information about the annotator. */
        final long[] fixedSingles;
        /** [classes] examples with one candidate. */
        final long[] unanimousByClass;
        /** [cells] sums of posteriors of contested examples, in units of 2^-30. */
        final long[] contested;

        Counts(CellLayout layout) {
            labels = new long[layout.groupCount()];
            singles = new long[layout.annotatorCount()];
            unanimous = new long[layout.groupCount()];
            unanimousSingles = new long[layout.groupCount()];
            fixedSingles = new long[layout.groupCount()];
            unanimousByClass = new long[layout.classCount()];
            contested = new long[layout.cellCount()];
        }

        void addAnswers(CellLayout layout, Annotations answers, int example, boolean isFixed) {
            int start = answers.start(example);
            for (int position = start; position < answers.end(example); position++) {
                labels[layout.group(answers.annotator(position), answers.label(position))] += 1;
            }
            singles[answers.annotator(start)] += answers.size(example) == 1 && !isFixed ? 1 : 0;
        }

        void addUnanimous(CellLayout layout, Annotations annotations, int example, boolean isFixed) {
            int start = annotations.start(example);
            int label = annotations.label(start);
            long[] alone = isFixed ? fixedSingles : unanimousSingles;
            long[] groups = annotations.size(example) == 1 ? alone : unanimous;
            unanimousByClass[label] += 1;
            for (int position = start; position < annotations.end(example); position++) {
                groups[layout.group(annotations.annotator(position), label)] += 1;
            }
        }

        void addPosterior(CellLayout layout, Annotations answers, int example, int label, int posterior) {
            for (int position = answers.start(example); position < answers.end(example); position++) {
                int group = layout.group(answers.annotator(position), answers.label(position));
                contested[layout.cell(group, label)] += posterior;
            }
        }

        @Override
        public void add(Counts other) {
            Mergeable.add(labels, other.labels);
            Mergeable.add(singles, other.singles);
            Mergeable.add(unanimous, other.unanimous);
            Mergeable.add(unanimousSingles, other.unanimousSingles);
            Mergeable.add(fixedSingles, other.fixedSingles);
            Mergeable.add(unanimousByClass, other.unanimousByClass);
            Mergeable.add(contested, other.contested);
        }
    }
}
