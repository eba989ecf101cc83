package dev.crowdlab.results;

import dev.crowdlab.dataset.id.IdList;
import java.sql.SQLException;

/** Receives what becomes of each example from a published run to the next, in code-point order of the ids. */
interface LabelComparison {

    /** An example of both runs; the reader is at it. */
    void common(int example, PublishedLabelReader previous) throws SQLException;

    /** An example that the published run does not have. */
    void added(int example) throws SQLException;

    /** An example that only the published run has; the reader is at it. */
    void gone(PublishedLabelReader previous) throws SQLException;

    /**
     * Merges examples with those of the published run.
     *
     * @param examples in code-point order
     * @param previous before its first row
     */
    default void compare(IdList examples, PublishedLabelReader previous) throws SQLException {
        int example = 0;
        while (previous.next()) {
            int order = -1;
            while (example < examples.size() && order < 0) {
                order = previous.compare(examples, example);
                if (order < 0) {
                    added(example++);
                }
            }
            if (order == 0) {
                common(example++, previous);
            } else {
                gone(previous);
            }
        }
        while (example < examples.size()) {
            added(example++);
        }
    }
}
