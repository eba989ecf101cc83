package dev.crowdlab.dataset.rejection;

/** Which of an annotator's differing labels of one example counts. */
public enum DuplicateAnnotation {
    /** The one with the greatest annotated_at. */
    LATEST,
    /** The one with the smallest annotated_at. */
    FIRST,
    /** None: the dataset fails. */
    FAIL
}
