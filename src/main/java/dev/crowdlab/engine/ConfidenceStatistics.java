package dev.crowdlab.engine;

/** Exact sums of how probable the posterior finds the labels given, by class. */
final class ConfidenceStatistics implements Mergeable<ConfidenceStatistics> {

    /** One set of rows, all examples: by consensus class. */
    final ClassSums consensus;
    /** A set for each annotator: by the class given. */
    final ClassSums annotators;

    ConfidenceStatistics(Dimensions shape) {
        consensus = new ClassSums(1, shape.classCount());
        annotators = new ClassSums(shape.annotatorCount(), shape.classCount());
    }

    @Override
    public void add(ConfidenceStatistics other) {
        consensus.add(other.consensus);
        annotators.add(other.annotators);
    }
}
