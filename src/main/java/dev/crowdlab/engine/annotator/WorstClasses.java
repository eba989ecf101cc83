package dev.crowdlab.engine.annotator;

import java.io.Serializable;

/**
 * The class that each annotator is worst at. Of the classes that the annotator gave it is the one with
 *
 * <ol>
 *   <li>the lowest share of labels equal to the consensus;
 *   <li>of those, the most labels;
 *   <li>of those, the highest mean quality of the consensus of these examples, means within 1e-12 being equal;
 *   <li>of those, the lowest index.
 * </ol>
 *
 * <p>Classes that are equal by the first two are an annotator's candidates. Their quality is summed by a pass of its
 * own, {@link TiedQualityPass}: to sum it for all classes took a third of the pass that scores annotations. Immutable;
 * safe for use by many threads.
 */
public final class WorstClasses implements Serializable {

    private final int[] agreeingCounts;
    /** [annotators + 1] where the candidates of each begin: one if nothing is tied, none without labels. */
    private final int[] starts;
    /** Classes, ascending for an annotator. */
    private final int[] candidates;

    public WorstClasses(ConfusionSummary confusion) {
        agreeingCounts = confusion.agreeingCounts();
        starts = confusion.candidateStarts();
        candidates = confusion.candidates();
    }

    /** Returns how many of the annotator's labels are equal to the consensus. */
    public int agreeingCount(int annotator) {
        return agreeingCounts[annotator];
    }

    /** Returns whether several classes of an annotator are left for quality to decide. */
    public boolean areTied() {
        boolean areTied = false;
        for (int annotator = 0; annotator < agreeingCounts.length; annotator++) {
            areTied |= isTied(annotator);
        }
        return areTied;
    }

    private boolean isTied(int annotator) {
        return starts[annotator + 1] - starts[annotator] > 1;
    }

    /** Returns the number of candidates of all annotators. */
    int candidateCount() {
        return starts[agreeingCounts.length];
    }

    /** Returns the number of the candidate among all; -1 if nothing is tied for the annotator, or the class is none. */
    int tiedCandidate(int annotator, int label) {
        if (isTied(annotator)) {
            for (int candidate = starts[annotator]; candidate < starts[annotator + 1]; candidate++) {
                if (candidates[candidate] == label) {
                    return candidate;
                }
            }
        }
        return -1;
    }

    /** Returns the annotator's worst class; -1 without labels. */
    public int worstClass(int annotator, TiedQualityPass.Qualities qualities) {
        int worst = starts[annotator];
        for (int candidate = worst + 1; candidate < starts[annotator + 1]; candidate++) {
            worst = qualities.isHigher(candidate, worst) ? candidate : worst;
        }
        return worst < starts[annotator + 1] ? candidates[worst] : -1;
    }
}
