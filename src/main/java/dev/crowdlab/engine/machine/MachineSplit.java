package dev.crowdlab.engine.machine;

import dev.crowdlab.engine.pass.Abstentions;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * A slice as two: the examples that a person labeled, with the labels and abstentions of people, and those that only
 * machines labeled, without annotations. Both have the labels of machines in {@link MachineLabels#COLUMN}. What is
 * copied is what people gave, 8 bytes per label, what machines gave, 4 bytes per label, and the predictions of models
 * unless people labeled all examples. Immutable; safe for use by many threads.
 */
public final class MachineSplit implements Serializable {

    /** The predictions of real models, which the people's first consensus does without. */
    static final Column<Predictions> MODELS = new Column<>("machine_models");

    private static final int CHUNK_BITS = 16;

    private final Slice people;
    private final Slice alone;
    private final int[] peoplesExamples;
    private final int[] aloneExamples;

    private MachineSplit(Slice slice, Machines machines) {
        Annotations annotations = slice.annotations();
        int[] examples = new int[annotations.exampleCount()];
        int labeled = 0;
        int left = examples.length;
        for (int example = 0; example < examples.length; example++) {
            if (machines.countPeople(annotations, example) > 0) {
                examples[labeled++] = example;
            } else {
                examples[--left] = example;
            }
        }
        peoplesExamples = Arrays.copyOf(examples, labeled);
        aloneExamples = reversed(examples, labeled);
        Predictions models = select(slice.predictions(), peoplesExamples);
        Predictions none = Predictions.ofChunks(labeled, annotations.classCount(), CHUNK_BITS, List.of());
        people = columns(
                slice,
                new Slice(peoplesAnnotations(annotations, machines), none)
                        .withAbstentions(peoplesAbstentions(slice, machines))
                        .with(MODELS, models),
                peoplesExamples,
                machines);
        Predictions nothing = Predictions.none(aloneExamples.length, annotations.classCount());
        alone = columns(slice, new Slice(Annotations.none(annotations.classCount()), nothing), aloneExamples, machines);
    }

    /**
     * Splits a slice.
     *
     * @param slice with annotations of people and machines; not modified
     * @throws IllegalArgumentException if machines are declared for another number of annotators, or there are more
     *     than 32,767
     */
    public static MachineSplit of(Slice slice, Machines machines) {
        if (slice.annotations().annotatorCount() != machines.annotatorCount()) {
            throw new IllegalArgumentException("machines are declared among " + machines.annotatorCount()
                    + " annotators, but there are " + slice.annotations().annotatorCount());
        }
        if (machines.machineCount() > Short.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "there are " + machines.machineCount() + " machines; at most " + Short.MAX_VALUE + " are taken");
        }
        return new MachineSplit(slice, machines);
    }

    private static int[] reversed(int[] examples, int from) {
        int[] reversed = new int[examples.length - from];
        for (int index = 0; index < reversed.length; index++) {
            reversed[index] = examples[examples.length - 1 - index];
        }
        return reversed;
    }

    private static Predictions select(Predictions predictions, int[] examples) {
        return examples.length == predictions.exampleCount() ? predictions : predictions.select(examples);
    }

    private Annotations peoplesAnnotations(Annotations annotations, Machines machines) {
        int[] offsets = new int[peoplesExamples.length + 1];
        for (int index = 0; index < peoplesExamples.length; index++) {
            int example = peoplesExamples[index];
            offsets[index + 1] = offsets[index] + machines.countPeople(annotations, example);
        }
        int[] annotators = new int[offsets[peoplesExamples.length]];
        int[] labels = new int[annotators.length];
        int next = 0;
        for (int example : peoplesExamples) {
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                int annotator = annotations.annotator(position);
                if (!machines.isMachine(annotator)) {
                    annotators[next] = machines.person(annotator);
                    labels[next++] = annotations.label(position);
                }
            }
        }
        return new Annotations(annotations.classCount(), machines.personCount(), offsets, annotators, labels);
    }

    private Abstentions peoplesAbstentions(Slice slice, Machines machines) {
        if (slice.answers() == slice.annotations()) {
            return Abstentions.NONE;
        }
        Annotations answers = slice.answers();
        int[] offsets = new int[peoplesExamples.length + 1];
        int[] people = new int[answers.annotationCount()];
        int count = 0;
        for (int index = 0; index < peoplesExamples.length; index++) {
            int example = peoplesExamples[index];
            for (int position = answers.start(example); position < answers.end(example); position++) {
                boolean isAbstention =
                        answers.label(position) == slice.annotations().classCount();
                if (isAbstention && !machines.isMachine(answers.annotator(position))) {
                    people[count++] = machines.person(answers.annotator(position));
                }
            }
            offsets[index + 1] = count;
        }
        return new Abstentions(offsets, Arrays.copyOf(people, count));
    }

    private static MachineLabels labels(Annotations annotations, Machines machines, int[] examples) {
        int[] offsets = new int[examples.length + 1];
        for (int index = 0; index < examples.length; index++) {
            int example = examples[index];
            offsets[index + 1] =
                    offsets[index] + annotations.size(example) - machines.countPeople(annotations, example);
        }
        MachineLabels labels = new MachineLabels(offsets);
        int next = 0;
        for (int example : examples) {
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                int annotator = annotations.annotator(position);
                if (machines.isMachine(annotator)) {
                    labels.set(next++, machines.machine(annotator), annotations.label(position));
                }
            }
        }
        return labels;
    }

    /** Returns the part with the columns that come from the caller, and those of machines. */
    private static Slice columns(Slice slice, Slice part, int[] examples, Machines machines) {
        Slice with = part.with(MachineLabels.COLUMN, labels(slice.annotations(), machines, examples));
        for (Column<long[]> column : List.of(Column.EXAMPLE_KEY, Column.SAMPLE_KEY, Column.GOLD_ORDER)) {
            if (slice.has(column)) {
                long[] values = slice.get(column);
                with = with.with(
                        column,
                        Arrays.stream(examples)
                                .mapToLong(example -> values[example])
                                .toArray());
            }
        }
        return select(Column.PERIOD, slice, select(Column.GOLD, slice, with, examples), examples);
    }

    private static Slice select(Column<int[]> column, Slice slice, Slice part, int[] examples) {
        if (!slice.has(column)) {
            return part;
        }
        int[] values = slice.get(column);
        return part.with(
                column, Arrays.stream(examples).map(example -> values[example]).toArray());
    }

    /** Returns the examples that a person labeled, ascending: their predictions wait in a column. */
    public Slice people() {
        return people;
    }

    /** Returns the examples that only machines labeled, ascending. */
    public Slice alone() {
        return alone;
    }

    /** Returns the number in the slice of an example of {@link #people}. */
    public int exampleOfPeople(int index) {
        return peoplesExamples[index];
    }

    /** Returns the number in the slice of an example of {@link #alone}. */
    public int exampleAlone(int index) {
        return aloneExamples[index];
    }
}
