package dev.crowdlab.dataset;

/** Which of several annotations of one example by one annotator counts when their labels differ. */
public enum DuplicateAnnotation {
    /** The one with the greatest annotated_at. */
    LATEST,
    /** The one with the least annotated_at. */
    FIRST,
    /** None: the dataset fails. */
    FAIL
}
