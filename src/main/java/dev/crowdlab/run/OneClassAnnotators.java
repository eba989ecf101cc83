package dev.crowdlab.run;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.engine.ConfusionCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Annotators of {@value #LEAST_LABELS} labels or more who gave one class in {@value #GIVEN_PERCENT} % or more of them, while it
 * is the consensus of less than {@value #CONSENSUS_PERCENT} % of the same examples. Immutable; safe for use by many threads.
 */
final class OneClassAnnotators {

    static final int LEAST_LABELS = 30;
    static final int GIVEN_PERCENT = 95;
    static final int CONSENSUS_PERCENT = 80;

    private static final int HUNDRED = 100;

    private final List<OneClassAnnotator> found = new ArrayList<>();
    /** [annotators] the place of each among those found; -1: not there. */
    private final int[] places;

    OneClassAnnotators(DatasetNames names, ConfusionCounts counts) {
        places = new int[names.annotators().size()];
        Arrays.fill(places, -1);
        long[] given = new long[names.classes().size()];
        long[] consensus = new long[given.length];
        for (int from = 0, to; from < counts.size(); from = to) {
            to = from;
            long total = 0;
            while (to < counts.size() && counts.annotator(to) == counts.annotator(from)) {
                given[counts.givenClass(to)] += counts.count(to);
                consensus[counts.consensusClass(to)] += counts.count(to);
                total += counts.count(to++);
            }
            for (int cell = from; cell < to; cell++) {
                int label = counts.givenClass(cell);
                if (isFound(given[label], consensus[label], total)) {
                    places[counts.annotator(cell)] = found.size();
                    found.add(new OneClassAnnotator(
                            names.annotators().text(counts.annotator(cell)),
                            names.classes().text(label),
                            given[label],
                            consensus[label],
                            total));
                }
                given[label] = 0; // not found twice
            }
            for (int cell = from; cell < to; cell++) {
                consensus[counts.consensusClass(cell)] = 0;
            }
        }
    }

    private static boolean isFound(long given, long consensus, long total) {
        return total >= LEAST_LABELS
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
