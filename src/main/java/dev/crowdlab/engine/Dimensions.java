package dev.crowdlab.engine;

/**
 * The sizes that statistics are made for.
 *
 * @param annotatorCount annotators of the data set
 * @param classCount classes of the data set
 * @param modelCount models of the data set, 0 or more
 * @param largestSize most annotations of one example
 */
record Dimensions(int annotatorCount, int classCount, int modelCount, int largestSize) {

    static Dimensions of(Annotations annotations, Predictions predictions) {
        return new Dimensions(
                annotations.annotatorCount(),
                annotations.classCount(),
                predictions.modelCount(),
                annotations.largestSize());
    }
}
