package dev.crowdlab.report.figures;

import dev.crowdlab.report.figures.AnnotatorFigures.Size;
import java.util.List;
import java.util.Optional;

/**
 * Who agrees with whom.
 *
 * @param annotators the annotators with most labels, the best quality first, at most {@value #MAX_ANNOTATORS}
 * @param pairs their pairs with common examples
 * @param opposite who seems to give opposite labels, by the pair that agrees least; empty: nobody
 * @param oneClass those who gave one class nearly always, most labels first, at most {@value #MAX_ONE_CLASS}
 * @param oneClassSize how many such annotators there are, and how many labels they gave
 */
public record PairFigures(
        List<String> annotators,
        List<Pair> pairs,
        Optional<Opposite> opposite,
        List<OneClass> oneClass,
        Size oneClassSize) {

    /** More would neither print nor fit the page. */
    public static final int MAX_ANNOTATORS = 16;

    public static final int MAX_ONE_CLASS = 300;

    /** Without pairs. */
    public static final PairFigures NONE =
            new PairFigures(List.of(), List.of(), Optional.empty(), List.of(), new Size(0, 0));

    /** Two annotators, their common examples, and those of them to which both gave the same label. */
    public record Pair(String first, String second, long common, long agreed) {}

    /** The pair, who seems to give opposite labels first; and the share that both would agree on by guessing. */
    public record Opposite(Pair pair, double chance) {}

    /** An annotator, the class given nearly always, how often, and the number of all labels of the annotator. */
    public record OneClass(String annotator, String label, long given, long labels) {}
}
