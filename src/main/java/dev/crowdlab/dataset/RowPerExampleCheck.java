package dev.crowdlab.dataset;

import dev.crowdlab.dataset.rejection.RejectionReason;

/** Checks predictions that come as one array of probabilities per example and model. */
final class RowPerExampleCheck implements PredictionCheck {

    private final PredictionRows rows;
    private final Classes classes;

    RowPerExampleCheck(PredictionRows rows, Classes classes) {
        this.rows = rows;
        this.classes = classes;
    }

    @Override
    public boolean isUsable(int[] grouped, int from, int to) {
        return to - from == 1
                && rows.probabilities.length(grouped[from]) == classes.count()
                && badElement(grouped[from]) < 0
                && Probabilities.isSumUsable(sum(grouped[from]));
    }

    @Override
    public Rejection rejection(int[] grouped, int from, int to) {
        for (int place = from; place < to; place++) {
            int bad = badElement(grouped[place]);
            if (rows.probabilities.length(grouped[place]) < 0) {
                return new Rejection(RejectionReason.BAD_PROBABILITY, () -> "probabilities is null");
            }
            if (bad >= 0) {
                double value = rows.probabilities.get(grouped[place], bad);
                return new Rejection(
                        RejectionReason.BAD_PROBABILITY,
                        () -> "probabilities[" + (bad + 1) + "] is " + Probabilities.text(value)
                                + ", not between 0 and 1");
            }
        }
        int first = grouped[from];
        int length = rows.probabilities.length(first);
        if (to - from > 1) {
            return new Rejection(
                    RejectionReason.DUPLICATE_PREDICTION,
                    () -> (to - from) + " rows for one example and model"
                            + (rows.models.size() > 1
                                    ? ""
                                    : "; if they are from several models, let the query return a column model"));
        }
        if (length != classes.count()) {
            return new Rejection(
                    RejectionReason.INCOMPLETE_PREDICTION,
                    () -> "probabilities has " + length + " elements, the dataset has " + classes.count() + " classes");
        }
        return new Rejection(
                RejectionReason.PROBABILITY_SUM, () -> "the probabilities sum to " + sum(first) + ", not to 1");
    }

    @Override
    public int compareContent(int leftRow, int rightRow) {
        int leftLength = rows.probabilities.length(leftRow);
        int rightLength = rows.probabilities.length(rightRow);
        if (leftLength <= 0 || rightLength <= 0) {
            return Integer.compare(leftLength, rightLength);
        }
        for (int element = 0; element < Math.min(leftLength, rightLength); element++) {
            int comparison = Probabilities.compare(
                    rows.probabilities.get(leftRow, element), rows.probabilities.get(rightRow, element));
            if (comparison != 0) {
                return comparison;
            }
        }
        return Integer.compare(leftLength, rightLength);
    }

    /** Index of the row's first element that is not a probability, or -1. */
    private int badElement(int row) {
        double[] array = rows.probabilities.array(row);
        int from = rows.probabilities.start(row);
        int length = rows.probabilities.length(row);
        for (int element = 0; element < length; element++) {
            if (!Probabilities.isInRange(array[from + element])) {
                return element;
            }
        }
        return -1;
    }

    private double sum(int row) {
        double[] array = rows.probabilities.array(row);
        int from = rows.probabilities.start(row);
        double sum = 0;
        for (int element = 0; element < classes.count(); element++) {
            sum += Probabilities.clamp(array[from + element]);
        }
        return sum;
    }
}
