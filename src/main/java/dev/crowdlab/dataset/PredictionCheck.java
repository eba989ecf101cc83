package dev.crowdlab.dataset;

/** Looks at the rows of one example and model. */
interface PredictionCheck {

    /** What is wrong with the rows. */
    record Finding(Reason reason, String detail) {}

    /** Whether the rows are one usable prediction; fast, since nearly all are. */
    boolean isUsable(int[] rows, int from, int to);

    /** The first reason that applies to rows that are not usable, given in the order of {@link #compareContent}. */
    Finding finding(int[] rows, int from, int to);

    /** An order of rows by their content. */
    int compareContent(int leftRow, int rightRow);
}
