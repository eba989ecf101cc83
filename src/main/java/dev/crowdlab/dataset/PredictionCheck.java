package dev.crowdlab.dataset;

import java.util.function.Supplier;

/** Looks at the rows of one example and model. */
interface PredictionCheck {

    /** What is wrong with the rows, and how to say it, which is asked for only if one of them is kept. */
    record Finding(RejectionReason reason, Supplier<String> detail) {}

    /** Whether the rows are one usable prediction; fast, since nearly all are. */
    boolean isUsable(int[] rows, int from, int to);

    /** The first reason that applies to rows that are not usable, given in the order of {@link #compareContent}. */
    Finding finding(int[] rows, int from, int to);

    /** An order of rows by their content. */
    int compareContent(int leftRow, int rightRow);
}
