package dev.crowdlab.engine.pass;

import java.io.Serializable;

/**
 * How large a data set is. This is known before the first pass, and determines the size of the statistics.
 *
 * @param exampleCount examples, labeled or not
 * @param annotationCount annotations of all examples
 * @param annotatorCount annotators of the data set
 * @param classCount classes of the data set
 * @param modelCount models of the data set, 0 or more
 * @param largestSize maximum number of annotations of an example; 0 if there are none
 */
public record Dimensions(
        long exampleCount, long annotationCount, int annotatorCount, int classCount, int modelCount, int largestSize)
        implements Serializable {

    /** Returns the dimensions of one slice. */
    public static Dimensions of(Slice slice) {
        return of(slice.annotations(), slice.predictions());
    }

    public static Dimensions of(Annotations annotations, Predictions predictions) {
        return new Dimensions(
                predictions.exampleCount(),
                annotations.annotationCount(),
                annotations.annotatorCount(),
                annotations.classCount(),
                predictions.modelCount(),
                annotations.largestSize());
    }

    /** Returns the dimensions of this slice and another with the same annotators, classes and models taken together. */
    public Dimensions plus(Dimensions other) {
        return new Dimensions(
                exampleCount + other.exampleCount,
                annotationCount + other.annotationCount,
                annotatorCount,
                classCount,
                modelCount,
                Math.max(largestSize, other.largestSize));
    }
}
