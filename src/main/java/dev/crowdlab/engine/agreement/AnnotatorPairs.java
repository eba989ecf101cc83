package dev.crowdlab.engine.agreement;

import org.jspecify.annotations.Nullable;

/**
 * How often annotators agree in pairs: the pairs with a common example among the annotators with most labels, numbered
 * from 0 on, ascending by the first annotator, then by the second. A pair out of range is an {@link
 * IndexOutOfBoundsException}. Immutable; safe for use by many threads.
 */
public final class AnnotatorPairs {

    private final PairKappas kappas;
    private final int[] firsts;
    private final int[] seconds;
    private final int labelingCount;
    /** Of a scale: by the difference of two classes, and by its square. */
    private final @Nullable WeightedKappas linear;

    private final @Nullable WeightedKappas quadratic;

    /**
     * Takes the pairs with a common example.
     *
     * @param labelingCount how many annotators have labels
     */
    public AnnotatorPairs(PairKappas kappas, int labelingCount) {
        this(kappas, labelingCount, null, null);
    }

    /**
     * Takes the pairs with a common example, and how far apart their labels are.
     *
     * @param linear by the difference of two classes; null without a scale
     * @param quadratic by its square
     */
    public AnnotatorPairs(
            PairKappas kappas, int labelingCount, @Nullable WeightedKappas linear, @Nullable WeightedKappas quadratic) {
        this.kappas = kappas;
        this.labelingCount = labelingCount;
        this.linear = linear;
        this.quadratic = quadratic;
        PairLayout layout = kappas.layout();
        int count = 0;
        for (int pair = 0; pair < layout.pairCount(); pair++) {
            count += kappas.common(pair) > 0 ? 1 : 0;
        }
        firsts = new int[count];
        seconds = new int[count];
        int next = 0;
        for (int first = 0; first < layout.chosenCount(); first++) {
            for (int second = first + 1; second < layout.chosenCount(); second++) {
                if (kappas.common(layout.pair(first, second)) > 0) {
                    firsts[next] = first;
                    seconds[next++] = second;
                }
            }
        }
    }

    /** Returns the number of pairs. */
    public int size() {
        return firsts.length;
    }

    /** Returns the annotator with the lower number. */
    public int first(int pair) {
        return kappas.layout().annotator(firsts[pair]);
    }

    /** Returns the annotator with the higher number. */
    public int second(int pair) {
        return kappas.layout().annotator(seconds[pair]);
    }

    /** Returns how many examples both labeled, at least 1. */
    public long commonCount(int pair) {
        return kappas.common(cell(pair));
    }

    /** Returns how many of them both gave the same label. */
    public long agreedCount(int pair) {
        return kappas.agreed(cell(pair));
    }

    /** Returns Cohen's kappa, in [-1, 1]; NaN where both gave one and the same class throughout. */
    public double kappa(int pair) {
        return kappas.kappa(cell(pair));
    }

    /** Returns kappa weighted by the difference of two classes, in [-1, 1]; NaN without a scale, and where kappa is. */
    public double linearKappa(int pair) {
        return linear == null ? Double.NaN : linear.kappa(cell(pair));
    }

    /** Returns kappa weighted by the square of that difference; NaN likewise. */
    public double quadraticKappa(int pair) {
        return quadratic == null ? Double.NaN : quadratic.kappa(cell(pair));
    }

    /** Returns how many annotators were compared; fewer than have labels where these are too many. */
    public int comparedCount() {
        return kappas.layout().chosenCount();
    }

    /** Returns whether annotators with labels were left out. */
    public boolean isLimited() {
        return comparedCount() < labelingCount;
    }

    private int cell(int pair) {
        return kappas.layout().pair(firsts[pair], seconds[pair]);
    }
}
