package dev.crowdlab.dataset;

import dev.crowdlab.dataset.rejection.RejectionReason;
import java.util.function.Supplier;

/** Checks the rows of one example and model. */
interface PredictionCheck {

    /** The reason for rejecting the rows and its description, which is computed only if one of them is kept. */
    record Rejection(RejectionReason reason, Supplier<String> detail) {}

    /** Whether the rows are one usable prediction. Fast, because nearly all are. */
    boolean isUsable(int[] rows, int from, int to);

    /**
     * Returns the first reason that applies to rows of an example and model, in the order of {@link #compareContent}.
     */
    Rejection rejection(int[] rows, int from, int to);

    /** Compares rows by their content. */
    int compareContent(int leftRow, int rightRow);
}
