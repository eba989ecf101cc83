package dev.crowdlab.engine;

import dev.crowdlab.engine.numeric.Grid;

/**
 * Takes vote shares as the first posterior of every contested example, the same for all experts, and counts what does not change
 * from round to round: labels, and the examples with one candidate.
 */
final class CommitteeStartPass implements Pass<CommitteeStartPass.Counts> {

    private static final long serialVersionUID = 1L;

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
        Candidates candidates = block.input().get(CandidatePass.CANDIDATES);
        int[] posteriors = block.output().get(posterior(Expert.COIN_2));
        for (int example = block.from(); example < block.to(); example++) {
            counts.addLabels(layout, annotations, example);
            int count = candidates.count(example);
            if (count == 0) {
                counts.addUnanimous(layout, annotations, example);
            }
            for (int slot = candidates.start(example); slot < candidates.start(example) + count; slot++) {
                int label = candidates.label(slot);
                posteriors[slot] = (int) Grid.of(annotations.agreement(example, label));
                counts.addPosterior(layout, annotations, example, label, posteriors[slot]);
            }
        }
    }

    /** What does not change, and the sums of the first posteriors. */
    static final class Counts implements Mergeable<Counts> {

        private static final long serialVersionUID = 1L;

        /** [groups] labels. */
        final long[] labels;
        /** [annotators] labels that are their example's only one. */
        final long[] singles;
        /** [groups] labels of examples with one candidate and several annotations. */
        final long[] unanimous;
        /** [groups] labels of examples with one candidate and one annotation. */
        final long[] unanimousSingles;
        /** [classes] examples with one candidate. */
        final long[] unanimousByClass;
        /** [cells] sums of posteriors of contested examples, in units of 2^-30. */
        final long[] contested;

        Counts(CellLayout layout) {
            labels = new long[layout.groupCount()];
            singles = new long[layout.annotatorCount()];
            unanimous = new long[layout.groupCount()];
            unanimousSingles = new long[layout.groupCount()];
            unanimousByClass = new long[layout.classCount()];
            contested = new long[layout.cellCount()];
        }

        void addLabels(CellLayout layout, Annotations annotations, int example) {
            int start = annotations.start(example);
            for (int position = start; position < annotations.end(example); position++) {
                labels[layout.group(annotations.annotator(position), annotations.label(position))] += 1;
            }
            singles[annotations.annotator(start)] += annotations.size(example) == 1 ? 1 : 0;
        }

        void addUnanimous(CellLayout layout, Annotations annotations, int example) {
            int start = annotations.start(example);
            int label = annotations.label(start);
            long[] groups = annotations.size(example) == 1 ? unanimousSingles : unanimous;
            unanimousByClass[label] += 1;
            for (int position = start; position < annotations.end(example); position++) {
                groups[layout.group(annotations.annotator(position), label)] += 1;
            }
        }

        void addPosterior(CellLayout layout, Annotations annotations, int example, int label, int posterior) {
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                int group = layout.group(annotations.annotator(position), annotations.label(position));
                contested[layout.cell(group, label)] += posterior;
            }
        }

        @Override
        public void add(Counts other) {
            Mergeable.add(labels, other.labels);
            Mergeable.add(singles, other.singles);
            Mergeable.add(unanimous, other.unanimous);
            Mergeable.add(unanimousSingles, other.unanimousSingles);
            Mergeable.add(unanimousByClass, other.unanimousByClass);
            Mergeable.add(contested, other.contested);
        }
    }
}
