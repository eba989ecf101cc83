package dev.crowdlab.run;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.engine.annotator.ConfusionSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * Annotators of {@value #MIN_LABELS} labels or more who gave one class in {@value #GIVEN_PERCENT} % or more of them,
 * while it is the consensus of less than {@value #CONSENSUS_PERCENT} % of the same examples. Immutable; safe for use by
 * many threads.
 */
final class OneClassAnnotators {

    static final int MIN_LABELS = 30;
    static final int GIVEN_PERCENT = 95;
    static final int CONSENSUS_PERCENT = 80;

    private static final int HUNDRED = 100;

    private final List<OneClassAnnotator> found = new ArrayList<>();

    /**
     * @param labelCounts [annotators] the labels of each
     */
    OneClassAnnotators(DatasetNames names, ConfusionSummary confusion, IntToLongFunction labelCounts) {
        for (int annotator = 0; annotator < names.annotators().size(); annotator++) {
            long total = labelCounts.applyAsLong(annotator);
            long given = confusion.mostGivenCount(annotator);
            long consensus = confusion.mostGivenConsensusCount(annotator);
            if (isFound(given, consensus, total)) {
                found.add(new OneClassAnnotator(
                        names.annotators().text(annotator),
                        names.classes().text(confusion.mostGivenClass(annotator)),
                        given,
                        consensus,
                        total));
            }
        }
    }

    private static boolean isFound(long given, long consensus, long total) {
        return total >= MIN_LABELS
                && HUNDRED * given >= GIVEN_PERCENT * total
                && HUNDRED * consensus < CONSENSUS_PERCENT * total;
    }

    /** Most labels first. */
    List<OneClassAnnotator> byLabels() {
        return found.stream()
                .sorted(Comparator.comparingLong(OneClassAnnotator::labelCount).reversed())
                .toList();
    }
}
