package dev.crowdlab.dataset;

import dev.crowdlab.dataset.rejection.DuplicateAnnotation;
import it.unimi.dsi.fastutil.ints.IntArrays;

/**
 * Which of several answers of one annotator to one example count, by their times.
 *
 * @param rows that have the times
 * @param policy which time decides
 */
record DecidingTime(AnnotationRows rows, DuplicateAnnotation policy) {

    /** Returns the annotated_at whose labels count; NO_TIME if any is missing. */
    long time(int[] grouped, int from, int to) {
        long deciding = rows.annotatedAt(grouped[from]);
        for (int place = from; place < to; place++) {
            long time = rows.annotatedAt(grouped[place]);
            if (time == AnnotationBlock.NO_TIME) {
                return AnnotationBlock.NO_TIME;
            }
            deciding = policy == DuplicateAnnotation.LATEST ? Math.max(deciding, time) : Math.min(deciding, time);
        }
        return deciding;
    }

    /**
     * Where the row stands whose time counts for all of these, which give the same label: one with a time if there is
     * one.
     */
    int place(int[] grouped, int from, int to) {
        int deciding = from;
        for (int place = from + 1; place < to; place++) {
            long time = rows.annotatedAt(grouped[place]);
            long before = rows.annotatedAt(grouped[deciding]);
            boolean isLater = policy == DuplicateAnnotation.FIRST ? time < before : time > before;
            boolean isOnlyOne = before == AnnotationBlock.NO_TIME;
            if (time != AnnotationBlock.NO_TIME && (isLater || isOnlyOne)) {
                deciding = place;
            }
        }
        return deciding;
    }

    /** Moves the rows with the given time to the end of the range and returns their first position. */
    int moveToEnd(int[] grouped, int from, int to, long time) {
        int start = to;
        for (int place = to - 1; place >= from; place--) {
            if (rows.annotatedAt(grouped[place]) == time) {
                IntArrays.swap(grouped, place, --start);
            }
        }
        return start;
    }
}
