package dev.crowdlab.engine.pass;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Who was asked about which example and gave no label, in compressed sparse rows: those who abstained on an example are at {@code
 * offsets[example] .. offsets[example + 1] - 1}, ascending. Examples and annotators are numbered as in the {@link Annotations} of the
 * same examples, and nobody both labels an example and abstains on it.
 *
 * <p>Takes 4 bytes per abstention and per example. Immutable as long as the caller leaves the arrays alone; then safe for use by many
 * threads.
 */
public final class Abstentions implements Serializable {

    /** Nobody abstained, on however many examples. */
    public static final Abstentions NONE = new Abstentions(new int[1], new int[0]);

    private final int[] offsets;
    private final int[] annotators;

    /**
     * Takes ownership of the arrays, which are neither copied nor modified.
     *
     * @param offsets [examples + 1] first position of each example, then the number of abstentions
     * @param annotators [abstentions] annotator indices, strictly ascending within an example
     * @throws IllegalArgumentException if offsets do not begin with 0 and end with the number of abstentions
     */
    public Abstentions(int[] offsets, int[] annotators) {
        this.offsets = requireNonNull(offsets, "offsets");
        this.annotators = requireNonNull(annotators, "annotators");
        if (offsets.length == 0 || offsets[0] != 0 || offsets[offsets.length - 1] != annotators.length) {
            throw new IllegalArgumentException(
                    "offsets must begin with 0 and end with the number of abstentions, " + annotators.length);
        }
    }

    /** Returns how many there are. */
    public int count() {
        return annotators.length;
    }

    /** Returns how many annotators abstained on the example. */
    public int count(int example) {
        return annotators.length == 0 ? 0 : offsets[example + 1] - offsets[example];
    }

    /** Returns one of those who abstained on the example; they ascend. */
    public int annotator(int example, int index) {
        return annotators[offsets[example] + index];
    }

    /**
     * Returns the abstentions of some annotators, who have other numbers.
     *
     * @param numbers [annotators] the new number of each, ascending, -1 for those whose abstentions are left out; not modified
     */
    public Abstentions withAnnotators(int[] numbers) {
        int[] ends = new int[offsets.length];
        int[] who = new int[annotators.length];
        int next = 0;
        for (int example = 0; example < offsets.length - 1; example++) {
            for (int place = offsets[example]; place < offsets[example + 1]; place++) {
                if (numbers[annotators[place]] >= 0) {
                    who[next++] = numbers[annotators[place]];
                }
            }
            ends[example + 1] = next;
        }
        return new Abstentions(ends, Arrays.copyOf(who, next));
    }

    /**
     * Returns labels and abstentions together: annotations with one class more, the last, which stands for abstaining.
     *
     * @param labels of the same examples; not modified
     * @throws IllegalArgumentException if an annotator labels an example and abstains on it, or numbers do not ascend or are out of range
     */
    public Annotations answers(Annotations labels) {
        int[] ends = new int[labels.exampleCount() + 1];
        int[] who = new int[labels.annotationCount() + annotators.length];
        int[] what = new int[who.length];
        int next = 0;
        for (int example = 0; example < labels.exampleCount(); example++) {
            int left = 0;
            for (int position = labels.start(example); position < labels.end(example); position++) {
                for (; left < count(example) && annotator(example, left) < labels.annotator(position); left++) {
                    who[next] = annotator(example, left);
                    what[next++] = labels.classCount();
                }
                who[next] = labels.annotator(position);
                what[next++] = labels.label(position);
            }
            for (; left < count(example); left++) {
                who[next] = annotator(example, left);
                what[next++] = labels.classCount();
            }
            ends[example + 1] = next;
        }
        return new Annotations(labels.classCount() + 1, labels.annotatorCount(), ends, who, what);
    }
}
