package dev.crowdlab.engine.annotator;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.TieBreak;

/**
 * Counts who gave which label where most votes are for which class, over the examples with several annotations; writes
 * nothing.
 */
public final class MajorityConfusionPass implements Pass<MajorityConfusionPass.Counts> {

    @Override
    public Counts newStatistics(Dimensions dimensions) {
        return new Counts(dimensions);
    }

    @Override
    public void collect(Block block, Counts counts) {
        Annotations annotations = block.annotations();
        ConsensusLabels majority = block.input().get(Column.MAJORITY);
        FixedLabels fixed = FixedLabels.of(block.input());
        for (int example = block.from(); example < block.to(); example++) {
            if (isClear(annotations, majority, fixed, example)) {
                int most = majority.label(example);
                for (int position = annotations.start(example); position < annotations.end(example); position++) {
                    counts.labels[counts.cell(annotations.annotator(position), most, annotations.label(position))] += 1;
                }
            }
        }
    }

    /** Returns whether one class has more votes than any other, from several annotators. */
    public static boolean isClear(Annotations annotations, ConsensusLabels majority, FixedLabels fixed, int example) {
        return annotations.size(example) > 1
                && majority.rule(example) == TieBreak.VOTES
                && fixed.label(example) == FixedLabels.FREE;
    }

    /** The labels by annotator, class with most votes and class given. */
    public static final class Counts implements Mergeable<Counts> {

        public final int classCount;
        /** [annotators × classes × classes] */
        public final long[] labels;

        Counts(Dimensions dimensions) {
            classCount = dimensions.classCount();
            labels = new long[dimensions.annotatorCount() * classCount * classCount];
        }

        public int cell(int annotator, int most, int label) {
            return (annotator * classCount + most) * classCount + label;
        }

        @Override
        public void add(Counts other) {
            Mergeable.add(labels, other.labels);
        }
    }
}
