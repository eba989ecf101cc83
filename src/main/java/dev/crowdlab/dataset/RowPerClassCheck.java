package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.dataset.rejection.IncompletePrediction;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.LabelHints;
import dev.crowdlab.dataset.rejection.RejectionReason;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** Checks predictions that come as one row per class. Not thread-safe, because it has scratch space. */
final class RowPerClassCheck implements PredictionCheck {

    /** Marks a class without a probability in the scratch space; never a valid probability. */
    private static final double NONE = Double.NEGATIVE_INFINITY;

    private final PredictionRows rows;
    private final Classes classes;
    private final boolean isSpread;
    private final LabelHints hints;
    private final double[] byClass;

    RowPerClassCheck(PredictionRows rows, Classes classes, IncompletePrediction incomplete) {
        this.rows = rows;
        this.classes = classes;
        isSpread = incomplete == IncompletePrediction.SPREAD;
        hints = new LabelHints(classes.ids());
        byClass = new double[classes.count()];
    }

    @Override
    public boolean isUsable(int[] grouped, int from, int to) {
        if (to - from != byClass.length && !(isSpread && to - from < byClass.length)) {
            return false;
        }
        Arrays.fill(byClass, NONE);
        for (int place = from; place < to; place++) {
            int row = grouped[place];
            double probability = rows.probabilities.get(row, 0);
            int label = classOf(row);
            if (label == Classes.UNKNOWN || !Probabilities.isInRange(probability) || byClass[label] != NONE) {
                return false;
            }
            byClass[label] = probability;
        }
        return to - from < byClass.length ? Probabilities.isShareUsable(sum()) : Probabilities.isSumUsable(sum());
    }

    @Override
    public Rejection rejection(int[] grouped, int from, int to) {
        int found = first(grouped, from, to, this::isLabelLong);
        if (found >= 0) {
            int length = TextColumn.lengthBeforeCut(rows.labels, rows.label.get(found));
            return new Rejection(
                    RejectionReason.TOO_LONG,
                    () -> "label has " + length + " bytes, at most " + InputRules.MAX_LABEL_BYTES + " are allowed");
        }
        found = first(grouped, from, to, row -> rows.label.get(row) == PredictionRows.NO_LABEL);
        if (found >= 0) {
            return new Rejection(RejectionReason.MISSING_LABEL, () -> "label is missing");
        }
        found = first(grouped, from, to, row -> classOf(row) == Classes.UNKNOWN);
        if (found >= 0) {
            String label = label(found);
            return new Rejection(RejectionReason.UNKNOWN_LABEL, () -> hints.sentence(label));
        }
        found = first(grouped, from, to, row -> !Probabilities.isInRange(rows.probabilities.get(row, 0)));
        if (found >= 0) {
            String label = label(found);
            double value = rows.probabilities.get(found, 0);
            return new Rejection(
                    RejectionReason.BAD_PROBABILITY,
                    () -> "probability of class '" + label + "' is " + Probabilities.text(value)
                            + ", not between 0 and 1");
        }
        return rejectionOfTheWhole(grouped, from, to);
    }

    private Rejection rejectionOfTheWhole(int[] grouped, int from, int to) {
        Arrays.fill(byClass, NONE);
        for (int place = from; place < to; place++) {
            int label = classOf(grouped[place]);
            if (byClass[label] != NONE) {
                double other = byClass[label];
                double value = rows.probabilities.get(grouped[place], 0);
                return new Rejection(RejectionReason.DUPLICATE_PREDICTION, () -> duplicate(label, other, value));
            }
            byClass[label] = rows.probabilities.get(grouped[place], 0);
        }
        for (int label = 0; label < byClass.length; label++) {
            if (byClass[label] == NONE && !isSpread) {
                int missing = label;
                String only = to - from == 1 ? classes.ids().text(classOf(grouped[from])) : "";
                return new Rejection(RejectionReason.INCOMPLETE_PREDICTION, () -> incomplete(missing, only));
            }
        }
        double sum = sum();
        return new Rejection(RejectionReason.PROBABILITY_SUM, () -> "the probabilities sum to " + sum + ", not to 1");
    }

    private String duplicate(int label, double one, double other) {
        String sentence = "class '" + classes.ids().text(label) + "' has more than one probability, "
                + Probabilities.text(one) + " and " + Probabilities.text(other);
        return one == other || rows.models.size() > 1
                ? sentence
                : sentence + "; if they are from several models, let the query return a column model";
    }

    /** @param only the class that alone has a probability; empty if there are several */
    private String incomplete(int missing, String only) {
        return only.isEmpty()
                ? "class '" + classes.ids().text(missing) + "' has no probability"
                : "only class '" + only + "' of " + classes.count()
                        + " has a probability; on-incomplete-prediction: spread would take the others to be equally"
                        + " likely";
    }

    @Override
    public int compareContent(int leftRow, int rightRow) {
        int byLabel = Integer.compare(classOf(leftRow), classOf(rightRow));
        if (byLabel != 0) {
            return byLabel;
        }
        int left = rows.label.get(leftRow);
        int right = rows.label.get(rightRow);
        if (left != right && left != PredictionRows.NO_LABEL && right != PredictionRows.NO_LABEL) {
            return rows.labels.compare(left, right);
        }
        return left != right
                ? Boolean.compare(left == PredictionRows.NO_LABEL, right == PredictionRows.NO_LABEL)
                : Probabilities.compare(rows.probabilities.get(leftRow, 0), rows.probabilities.get(rightRow, 0));
    }

    private int first(int[] grouped, int from, int to, IntPredicate predicate) {
        for (int place = from; place < to; place++) {
            if (predicate.test(grouped[place])) {
                return grouped[place];
            }
        }
        return -1;
    }

    private boolean isLabelLong(int row) {
        int label = rows.label.get(row);
        return label != PredictionRows.NO_LABEL && rows.labels.length(label) > InputRules.MAX_LABEL_BYTES;
    }

    private int classOf(int row) {
        int label = rows.label.get(row);
        return label == PredictionRows.NO_LABEL ? Classes.UNKNOWN : classes.ofPredictionLabel(label);
    }

    private String label(int row) {
        return rows.labels.text(rows.label.get(row));
    }

    private double sum() {
        double sum = 0;
        for (double probability : byClass) {
            sum += Probabilities.clamp(probability);
        }
        return sum;
    }
}
