package dev.crowdlab.report.figures;

import java.util.List;
import java.util.Optional;

/**
 * Who agrees with whom.
 *
 * @param annotators the annotators with most labels, the best quality first, at most {@value #MOST_ANNOTATORS}
 * @param pairs their pairs with common examples
 * @param opposite the pair that agrees least of those that agree less than guessing gives, if one does: who seems to give opposite
 *     labels first
 */
public record PairFigures(List<String> annotators, List<Pair> pairs, Optional<Pair> opposite) {

    /** More would neither print nor fit the page. */
    public static final int MOST_ANNOTATORS = 16;

    /** Without pairs. */
    public static final PairFigures NONE = new PairFigures(List.of(), List.of(), Optional.empty());

    /** Two annotators, their common examples, and those of them to which both gave the same label. */
    public record Pair(String first, String second, long common, long agreed) {}
}
