package dev.crowdlab.engine.annotator;

import dev.crowdlab.engine.pass.NotThreadSafe;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What follows from the {@link ConfusionCounts} of each annotator: how many labels are equal to the consensus, which
 * class was given most, and which classes are candidates for the worst, see {@link WorstClasses}. It takes some numbers
 * per annotator, and one per candidate, of which no annotator has more than there are classes. Where annotators are
 * counted in ranges, apart from each other, the summaries of the ranges make that of all. An annotator out of range is
 * an {@link IndexOutOfBoundsException}. Immutable; safe for use by many threads.
 */
public final class ConfusionSummary implements Serializable {

    private final int firstAnnotator;
    private final int[] agreeingCounts;
    private final int[] mostGivenClasses;
    private final int[] mostGivenCounts;
    /** [annotators] on how many examples the consensus is the class given most. */
    private final int[] consensusCounts;
    /** [annotators] the candidates: one if nothing is tied, none without labels. */
    private final int[] candidateCounts;
    /** Classes, ascending for an annotator, one annotator after another. */
    private final int[] candidates;

    private ConfusionSummary(Columns columns) {
        firstAnnotator = columns.firstAnnotator;
        agreeingCounts = columns.agreeingCounts;
        mostGivenClasses = columns.mostGivenClasses;
        mostGivenCounts = columns.mostGivenCounts;
        consensusCounts = columns.consensusCounts;
        candidateCounts = columns.candidateCounts;
        candidates = Arrays.copyOf(columns.candidates, columns.candidateCount);
    }

    /** Summarizes the counts of all annotators, or of a range. */
    public static ConfusionSummary of(ConfusionCounts confusion) {
        Columns columns = new Columns(confusion.firstAnnotator(), confusion.annotatorCount());
        int[] worst = new int[confusion.classCount()];
        GivenClassCounts counts = new GivenClassCounts(confusion.classCount());
        for (int place = 0; place < confusion.annotatorCount(); place++) {
            int annotator = confusion.firstAnnotator() + place;
            counts.clear();
            confusion.addTo(annotator, counts);
            columns.agreeingCounts[place] = counts.agreeingCount();
            int mostGiven = counts.mostGiven();
            columns.mostGivenClasses[place] = mostGiven;
            columns.mostGivenCounts[place] = counts.count(mostGiven);
            columns.consensusCounts[place] = confusion.consensusCount(annotator, mostGiven);
            columns.candidateCounts[place] = counts.findWorst(worst);
            columns.addCandidates(worst, columns.candidateCounts[place]);
        }
        return new ConfusionSummary(columns);
    }

    /**
     * Joins the summaries of ranges.
     *
     * @param ranges in any order; together they hold every annotator from 0 on once
     * @throws IllegalArgumentException if they do not
     */
    public static ConfusionSummary join(List<ConfusionSummary> ranges) {
        int annotatorCount =
                ranges.stream().mapToInt(ConfusionSummary::annotatorCount).sum();
        Columns columns = new Columns(0, annotatorCount);
        int next = 0;
        for (ConfusionSummary range : ordered(ranges)) {
            if (range.firstAnnotator != next) {
                throw new IllegalArgumentException(
                        "a range begins with annotator " + range.firstAnnotator + "; expected " + next);
            }
            int count = range.annotatorCount();
            System.arraycopy(range.agreeingCounts, 0, columns.agreeingCounts, next, count);
            System.arraycopy(range.mostGivenClasses, 0, columns.mostGivenClasses, next, count);
            System.arraycopy(range.mostGivenCounts, 0, columns.mostGivenCounts, next, count);
            System.arraycopy(range.consensusCounts, 0, columns.consensusCounts, next, count);
            System.arraycopy(range.candidateCounts, 0, columns.candidateCounts, next, count);
            columns.addCandidates(range.candidates, range.candidates.length);
            next += count;
        }
        return new ConfusionSummary(columns);
    }

    /** A range without annotators begins where the next one does, so it comes first. */
    private static List<ConfusionSummary> ordered(List<ConfusionSummary> ranges) {
        return ranges.stream()
                .sorted(Comparator.<ConfusionSummary>comparingInt(range -> range.firstAnnotator)
                        .thenComparingInt(ConfusionSummary::annotatorCount))
                .toList();
    }

    /** What is being filled in. */
    @NotThreadSafe
    private static final class Columns {

        private final int firstAnnotator;
        private final int[] agreeingCounts;
        private final int[] mostGivenClasses;
        private final int[] mostGivenCounts;
        private final int[] consensusCounts;
        private final int[] candidateCounts;
        private int[] candidates;
        private int candidateCount;

        Columns(int firstAnnotator, int annotatorCount) {
            this.firstAnnotator = firstAnnotator;
            agreeingCounts = new int[annotatorCount];
            mostGivenClasses = new int[annotatorCount];
            mostGivenCounts = new int[annotatorCount];
            consensusCounts = new int[annotatorCount];
            candidateCounts = new int[annotatorCount];
            candidates = new int[annotatorCount];
        }

        void addCandidates(int[] added, int count) {
            int end = candidateCount + count;
            if (end > candidates.length) {
                candidates = Arrays.copyOf(candidates, Math.max(end, 2 * candidates.length));
            }
            System.arraycopy(added, 0, candidates, candidateCount, count);
            candidateCount = end;
        }
    }

    /** Returns the number of annotators, those without labels included. */
    public int annotatorCount() {
        return agreeingCounts.length;
    }

    /** Returns how many of the annotator's labels are equal to the consensus. */
    public int agreeingCount(int annotator) {
        return agreeingCounts[annotator - firstAnnotator];
    }

    /** Returns the class that the annotator gave most, of several the first; 0 without labels. */
    public int mostGivenClass(int annotator) {
        return mostGivenClasses[annotator - firstAnnotator];
    }

    /** Returns how often the annotator gave it. */
    public int mostGivenCount(int annotator) {
        return mostGivenCounts[annotator - firstAnnotator];
    }

    /** Returns on how many of the examples that the annotator labeled the consensus is that class. */
    public int mostGivenConsensusCount(int annotator) {
        return consensusCounts[annotator - firstAnnotator];
    }

    /** Returns [annotators + 1] where the candidates of each begin, in an array of the caller's own. */
    int[] candidateStarts() {
        int[] starts = new int[candidateCounts.length + 1];
        for (int place = 0; place < candidateCounts.length; place++) {
            starts[place + 1] = starts[place] + candidateCounts[place];
        }
        return starts;
    }

    /** Returns the candidates themselves, not to be modified. */
    int[] candidates() {
        return candidates;
    }

    /** Returns [annotators] {@link #agreeingCount} itself, not to be modified. */
    int[] agreeingCounts() {
        return agreeingCounts;
    }
}
