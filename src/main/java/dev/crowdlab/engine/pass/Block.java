package dev.crowdlab.engine.pass;

/**
 * Some consecutive examples of a slice, which one thread takes through a pass. Examples and positions are numbered as
 * in the slice. Immutable.
 */
public final class Block {

    private final Slice input;
    private final Slice output;
    private final Annotations annotations;
    private final Predictions predictions;
    private final int from;
    private final int to;

    /**
     * Creates the block.
     *
     * @param input what earlier passes wrote
     * @param output what {@link Pass#open} made of the input
     * @param from first example
     * @param to example after the last
     */
    public Block(Slice input, Slice output, int from, int to) {
        this.input = input;
        this.output = output;
        this.annotations = input.annotations();
        this.predictions = input.predictions();
        this.from = from;
        this.to = to;
    }

    /** Returns the same slices with other examples. */
    public Block part(int first, int end) {
        return new Block(input, output, first, end);
    }

    /** Returns the slice to read from; not to be modified. */
    public Slice input() {
        return input;
    }

    /**
     * Returns the slice to write to: only into columns that the pass has opened, and only at the examples of the block.
     */
    public Slice output() {
        return output;
    }

    /** Returns the annotations of the slice, before the pass. */
    public Annotations annotations() {
        return annotations;
    }

    /** Returns the annotations of the slice and the abstentions, see {@link Slice#answers}. */
    public Annotations answers() {
        return input.answers();
    }

    /** Returns the predictions of the slice, before the pass. */
    public Predictions predictions() {
        return predictions;
    }

    /** Returns the first example. */
    public int from() {
        return from;
    }

    /** Returns the example after the last. */
    public int to() {
        return to;
    }
}
