package dev.crowdlab.run;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.engine.ConfusionSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
    /** [annotators] the place of each among those found; -1: not there. */
    private final int[] places;

    /**
     * @param labelCounts [annotators] the labels of each
     */
    OneClassAnnotators(DatasetNames names, ConfusionSummary confusion, IntToLongFunction labelCounts) {
        places = new int[names.annotators().size()];
        Arrays.fill(places, -1);
        for (int annotator = 0; annotator < places.length; annotator++) {
            long total = labelCounts.applyAsLong(annotator);
            long given = confusion.mostGivenCount(annotator);
            long consensus = confusion.mostGivenConsensusCount(annotator);
            if (isFound(given, consensus, total)) {
                places[annotator] = found.size();
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

    /** What is known of an annotator; empty: the annotator is not one of these. */
    Optional<OneClassAnnotator> of(int annotator) {
        return places[annotator] < 0 ? Optional.empty() : Optional.of(found.get(places[annotator]));
    }
}
