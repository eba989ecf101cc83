package dev.crowdlab.engine.pass;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Who gave which label to which example, in compressed sparse rows. Examples, annotators and classes are
 * numbered from 0; their names stay with the caller. The annotations of an example are at the positions {@code
 * start(example) .. end(example) - 1}, annotators strictly ascending, so that there is at most one per example and
 * annotator; positions ascend with the examples. Every example has at least one annotation; an annotator may have none.
 *
 * <p>Both orders matter if nothing else decides: a tie goes to the class with the lowest number, and sums run over
 * annotators in the order of their numbers. For reproducible bits, number both in a fixed order, as the job
 * does: annotators by their ids in code-point order.
 *
 * <p>Takes 8 bytes per annotation and 4 per example. Indices are not checked beyond what arrays do. Immutable as long
 * as the caller leaves the arrays alone; then safe for use by many threads.
 */
public final class Annotations implements Serializable {

    private final int classCount;
    private final int annotatorCount;
    private final int[] offsets;
    private final int[] annotators;
    private final int[] labels;
    private final int largestSize;

    /**
     * Checks and takes ownership of the arrays, which are neither copied nor modified.
     *
     * @param classCount number of classes
     * @param annotatorCount number of annotators
     * @param offsets [examples + 1] first position of each example, then the number of annotations
     * @param annotators [annotations] annotator indices, in {@code 0 .. annotatorCount - 1}
     * @param labels [annotations] class indices, in {@code 0 .. classCount - 1}
     * @throws IllegalArgumentException if shapes, ranges or orders are not as described
     */
    public Annotations(int classCount, int annotatorCount, int[] offsets, int[] annotators, int[] labels) {
        this.classCount = classCount;
        this.annotatorCount = annotatorCount;
        this.offsets = requireNonNull(offsets, "offsets");
        this.annotators = requireNonNull(annotators, "annotators");
        this.labels = requireNonNull(labels, "labels");
        checkShape();
        int largest = 0;
        for (int example = 0; example < exampleCount(); example++) {
            checkExample(example);
            largest = Math.max(largest, size(example));
        }
        largestSize = largest;
    }

    /**
     * Returns the annotations of the rows, which may be in any order. The position of a row in the result is {@link
     * #position}.
     *
     * @param classCount number of classes
     * @param annotatorCount number of annotators
     * @param rows [annotations × 3] example, annotator and class of each, numbered from 0 on; every example up to the
     *     greatest has a row, and none has two of the same annotator; neither kept nor modified
     * @throws IllegalArgumentException if a number is out of range, an example has no row, or an annotator two for one
     */
    public static Annotations of(int classCount, int annotatorCount, int[][] rows) {
        AnnotationRowSorter sorted = new AnnotationRowSorter(new int[] {rows.length, annotatorCount, classCount}, rows);
        return new Annotations(classCount, annotatorCount, sorted.offsets(), sorted.annotators(), sorted.labels());
    }

    /**
     * Returns the same annotations by annotators with other numbers, as in a data set that has more of them.
     *
     * @param otherCount number of annotators
     * @param numbers [annotators] the new number of each, ascending; not modified
     * @throws IllegalArgumentException if a number is out of range, or they do not ascend
     */
    public Annotations withAnnotators(int otherCount, int[] numbers) {
        int[] renumbered = new int[annotators.length];
        for (int position = 0; position < renumbered.length; position++) {
            renumbered[position] = numbers[annotators[position]];
        }
        return new Annotations(classCount, otherCount, offsets, renumbered, labels);
    }

    /** Returns the same annotations among more classes. */
    public Annotations withClasses(int otherCount) {
        return new Annotations(otherCount, annotatorCount, offsets, annotators, labels);
    }

    /**
     * Returns annotations without examples, for a data set in which nothing is labeled yet.
     *
     * @throws IllegalArgumentException if the number of classes is negative
     */
    public static Annotations none(int classCount) {
        return new Annotations(classCount, 0, new int[1], new int[0], new int[0]);
    }

    private void checkShape() {
        if (classCount < 0 || annotatorCount < 0) {
            throw new IllegalArgumentException("classCount is " + classCount + " and annotatorCount " + annotatorCount
                    + "; neither may be negative");
        }
        if (annotators.length != labels.length) {
            throw new IllegalArgumentException("annotators has length " + annotators.length + " but labels has length "
                    + labels.length + "; they must be as long");
        }
        if (offsets.length == 0) {
            throw new IllegalArgumentException(
                    "offsets is empty; it must have one number more than there are examples");
        }
        if (offsets[0] != 0 || offsets[offsets.length - 1] != labels.length) {
            throw new IllegalArgumentException("offsets begins with " + offsets[0] + " and ends with "
                    + offsets[offsets.length - 1] + "; it must begin with 0 and end with the number of annotations, "
                    + labels.length);
        }
    }

    private void checkExample(int example) {
        int start = offsets[example];
        int end = offsets[example + 1];
        if (start >= end || end > labels.length) {
            throw new IllegalArgumentException("offsets goes from " + start + " to " + end + " at example " + example
                    + "; it must ascend strictly and stay within " + labels.length);
        }
        int previous = -1;
        for (int position = start; position < end; position++) {
            int annotator = annotators[position];
            if (annotator <= previous || annotator >= annotatorCount) {
                throw new IllegalArgumentException("annotators holds " + annotator + " after " + previous
                        + " at example " + example + ", position " + position
                        + "; within an example they must ascend strictly and stay below " + annotatorCount);
            }
            previous = annotator;
            if (labels[position] < 0 || labels[position] >= classCount) {
                throw new IllegalArgumentException("labels holds " + labels[position] + " at example " + example
                        + ", position " + position + "; it must be in 0 .. " + (classCount - 1));
            }
        }
    }

    /** Returns the number of examples. */
    public int exampleCount() {
        return offsets.length - 1;
    }

    /** Returns the number of annotations of all examples. */
    public int annotationCount() {
        return labels.length;
    }

    /** Returns the number of annotators, those without an annotation included. */
    public int annotatorCount() {
        return annotatorCount;
    }

    /** Returns the number of classes, including those that are not used. */
    public int classCount() {
        return classCount;
    }

    /** Returns the first position of the example's annotations. */
    public int start(int example) {
        return offsets[example];
    }

    /** Returns the position after the last of the example's annotations. */
    public int end(int example) {
        return offsets[example + 1];
    }

    /** Returns the number of annotations of the example, at least 1. */
    public int size(int example) {
        return offsets[example + 1] - offsets[example];
    }

    /** Returns the maximum number of annotations of an example; 0 without examples. */
    public int largestSize() {
        return largestSize;
    }

    /** Returns the position of the annotator's label of the example; -1 if the annotator did not label it. */
    public int position(int example, int annotator) {
        return Math.max(-1, Arrays.binarySearch(annotators, start(example), end(example), annotator));
    }

    /** Returns the example that the position belongs to. */
    public int example(int position) {
        int found = Arrays.binarySearch(offsets, position);
        return found >= 0 ? found : -2 - found;
    }

    /** Returns the annotator at the position. */
    public int annotator(int position) {
        return annotators[position];
    }

    /** Returns the class given at the position. */
    public int label(int position) {
        return labels[position];
    }

    /** Returns how many annotations of the example are equal to the label. */
    public int votes(int example, int label) {
        int votes = 0;
        for (int position = start(example); position < end(example); position++) {
            votes += labels[position] == label ? 1 : 0;
        }
        return votes;
    }

    /** Returns the share of the example's annotations that are equal to the label. */
    public double agreement(int example, int label) {
        return (double) votes(example, label) / size(example);
    }
}
