package dev.crowdlab.engine.pass;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Some examples with everything that is known of each: annotations, predictions, and a {@link Column} for each thing
 * that passes found out. In memory one slice holds all examples; elsewhere they may be spread over many slices, each
 * numbering its examples and positions from 0 on, all with the same annotators, classes and models.
 *
 * <p>Immutable but for the arrays in columns that a pass has opened and is still filling; {@code with…} return a new
 * slice which shares all other arrays with this one.
 */
public final class Slice implements Serializable {

    private final Annotations annotations;
    private final Annotations answers;
    private final Predictions predictions;
    /** By the names of the columns. */
    private final TreeMap<String, Serializable> columns;

    /**
     * Creates a slice without results.
     *
     * @param annotations of the same examples as the predictions, or of none: then nothing here is labeled
     * @param predictions of zero or more models
     * @throws IllegalArgumentException if annotations and predictions differ in examples or classes
     */
    public Slice(Annotations annotations, Predictions predictions) {
        this(annotations, predictions, new TreeMap<>());
        boolean isLabeled = annotations.exampleCount() > 0;
        if ((isLabeled && annotations.exampleCount() != predictions.exampleCount())
                || annotations.classCount() != predictions.classCount()) {
            throw new IllegalArgumentException("annotations have " + annotations.exampleCount() + " examples and "
                    + annotations.classCount() + " classes, predictions " + predictions.exampleCount() + " and "
                    + predictions.classCount() + "; they must be the same");
        }
    }

    private Slice(Annotations annotations, Predictions predictions, Map<String, Serializable> columns) {
        this(annotations, annotations, predictions, columns);
    }

    private Slice(
            Annotations annotations, Annotations answers, Predictions predictions, Map<String, Serializable> columns) {
        this.annotations = annotations;
        this.answers = answers;
        this.predictions = predictions;
        this.columns = new TreeMap<>(columns);
    }

    /** Returns the annotations; they have no examples if nothing is labeled. */
    public Annotations annotations() {
        return annotations;
    }

    /**
     * Returns the annotations together with the abstentions, which bear the class after the last of the annotations; the annotations
     * themselves if nobody here abstains. {@code committee} and {@code dawid_skene} read them, all else reads {@link #annotations}.
     */
    public Annotations answers() {
        return answers;
    }

    /**
     * Returns this slice with the abstentions on its examples; this slice is not modified.
     *
     * @throws IllegalArgumentException as {@link Abstentions#answers}
     */
    public Slice withAbstentions(Abstentions abstentions) {
        return abstentions.count() == 0
                ? this
                : new Slice(annotations, abstentions.answers(annotations), predictions, columns);
    }

    /** Returns the probabilities of zero or more models, calibrated if that was asked for. */
    public Predictions predictions() {
        return predictions;
    }

    /** Returns the number of examples. */
    public int exampleCount() {
        return predictions.exampleCount();
    }

    /**
     * Returns what a pass found out.
     *
     * @return the array itself, not to be modified but by the pass that has opened the column
     * @throws IllegalStateException if no pass has written the column yet
     */
    @SuppressWarnings("unchecked") // with() takes what the column says
    public <T extends Serializable> T get(Column<T> column) {
        Serializable values = columns.get(column.name());
        if (values == null) {
            throw new IllegalStateException("column " + column.name() + " is not there; its pass has not run yet");
        }
        return (T) values;
    }

    /** Returns this slice with the column, in place of one of the same name; this slice is not modified. */
    public <T extends Serializable> Slice with(Column<T> column, T values) {
        Slice slice = new Slice(annotations, answers, predictions, columns);
        slice.columns.put(column.name(), requireNonNull(values, column.name()));
        return slice;
    }

    /** Returns whether a pass has written the column. */
    public boolean has(Column<?> column) {
        return columns.containsKey(column.name());
    }

    /**
     * Returns a slice without the column, whose memory is freed once this slice is no longer used; this slice is not
     * modified.
     */
    public Slice without(Column<?> column) {
        Slice slice = new Slice(annotations, answers, predictions, columns);
        slice.columns.remove(column.name());
        return slice;
    }

    /** Returns this slice with other predictions for the same examples; this slice is not modified. */
    public Slice withPredictions(Predictions others) {
        return new Slice(annotations, answers, others, columns);
    }
}
