package dev.crowdlab.engine;

/** Exact sums of how probable the posterior finds the labels given, by class. */
final class ConfidenceStatistics implements Statistics<ConfidenceStatistics> {

    /** One set of rows, all examples: by consensus class. */
    final ConfusionTable consensus;
    /** A set for each annotator: by the class given. */
    final ConfusionTable annotators;

    ConfidenceStatistics(Shape shape) {
        consensus = new ConfusionTable(1, shape.classCount());
        annotators = new ConfusionTable(shape.annotatorCount(), shape.classCount());
    }

    @Override
    public void add(ConfidenceStatistics other) {
        consensus.add(other.consensus);
        annotators.add(other.annotators);
    }
}
