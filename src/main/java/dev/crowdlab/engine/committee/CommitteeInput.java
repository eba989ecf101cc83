package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.Committee;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.vote.Votes;
import java.io.Serializable;

/**
 * What {@link Committee} knows of the annotators before the first round, the same for all experts. Immutable; safe for
 * use by many threads.
 */
final class CommitteeInput implements Serializable {

    /** What an annotator's own accuracy and habits are shrunk by, in labels. */
    static final double SHRINKAGE = 8;

    final Dimensions dimensions;
    final CellLayout layout;
    final PooledLayout pooledLayout;
    /** [annotators] answers that carry information about the annotator. */
    final double[] labelCounts;
    /** [groups] how often the annotator gives the answer, whatever is true. */
    final double[] habits;
    /** [rows] the same for the class of the row. */
    final double[] rowHabits;
    /** [annotators] sum over the classes of habit × share of the class in labels. */
    private final CommitteeStartPass.Counts counts;

    private final double[] totals;
    private final double[] shares;

    /**
     * Prepares what stays.
     *
     * @param votes counts of votes
     * @param counts of the same examples
     */
    CommitteeInput(Dimensions dimensions, CellLayout layout, Votes votes, CommitteeStartPass.Counts counts) {
        this.dimensions = dimensions;
        this.layout = layout;
        this.counts = counts;
        pooledLayout = new PooledLayout(layout);
        shares = new double[layout.answerKinds()];
        double answerCount = dimensions.annotationCount() + votes.abstentionCount();
        for (int given = 0; given < shares.length; given++) {
            boolean isLabel = given < votes.votesByClass.length;
            shares[given] = (isLabel ? votes.votesByClass[given] : votes.abstentionCount()) / answerCount;
        }
        totals = new double[layout.annotatorCount()];
        labelCounts = new double[totals.length];
        for (int annotator = 0; annotator < totals.length; annotator++) {
            totals[annotator] = votes.answerCount(annotator);
            labelCounts[annotator] = totals[annotator] - (hasModels() ? 0 : counts.singles[annotator]);
        }
        habits = new double[layout.groupCount()];
        rowHabits = new double[layout.rowCount()];
        fillHabits();
    }

    private void fillHabits() {
        for (int annotator = 0; annotator < totals.length; annotator++) {
            for (int group = layout.firstGroup(annotator); group < layout.firstGroup(annotator + 1); group++) {
                habits[group] = habit(annotator, counts.labels[group], layout.given(group));
            }
            for (int row = layout.firstRow(annotator); row < layout.firstRow(annotator + 1); row++) {
                int group = layout.group(annotator, layout.rowLabel(row));
                rowHabits[row] = habit(annotator, group < 0 ? 0 : counts.labels[group], layout.rowLabel(row));
            }
        }
    }

    private double habit(int annotator, long labels, int given) {
        return (labels + SHRINKAGE * shares[given]) / (totals[annotator] + SHRINKAGE);
    }

    /** Returns the sum over all classes of the annotator's habit × the weight of the class. */
    double weightedHabit(int annotator, double[] weights, double weightedShare) {
        double sum = 0;
        for (int group = layout.firstGroup(annotator); group < layout.firstGroup(annotator + 1); group++) {
            int given = layout.given(group);
            sum += given < weights.length ? counts.labels[group] * weights[given] : 0;
        }
        return (sum + SHRINKAGE * weightedShare) / (totals[annotator] + SHRINKAGE);
    }

    /** Returns [answer kinds] the share of each in the answers, the classes first; not to be modified. */
    double[] shares() {
        return shares;
    }

    boolean hasModels() {
        return dimensions.modelCount() > 0;
    }

    /**
     * Returns how many labels of the group are on examples with one candidate and carry information about the
     * annotator.
     */
    long unanimous(int group) {
        return counts.unanimous[group]
                + counts.fixedSingles[group]
                + (hasModels() ? counts.unanimousSingles[group] : 0);
    }

    /** Returns how many labels of the group are on examples with one candidate and several annotations. */
    long unanimousMulti(int group) {
        return counts.unanimous[group];
    }

    /** Returns how many examples have the class as their one candidate. */
    long unanimousExamples(int label) {
        return counts.unanimousByClass[label];
    }
}
