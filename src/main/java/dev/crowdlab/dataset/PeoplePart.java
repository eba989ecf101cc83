package dev.crowdlab.dataset;

import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.NotThreadSafe;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.stream.IntStream;

/** The people of a dataset, the examples that they labeled and their annotations, in the order of the whole. */
@NotThreadSafe
final class PeoplePart {

    private final Dataset whole;
    private final Machines machines;
    private final IntArrayList examples = new IntArrayList();
    private final IntArrayList ends = new IntArrayList();
    private final IntArrayList annotators = new IntArrayList();
    private final IntArrayList labels = new IntArrayList();
    private final LongArrayList times = new LongArrayList();

    PeoplePart(Dataset whole, Machines machines) {
        this.whole = whole;
        this.machines = machines;
    }

    Dataset dataset() {
        int[] people = IntStream.range(0, machines.personCount())
                .map(machines::annotatorOfPerson)
                .toArray();
        for (int example = 0; example < whole.examples().size(); example++) {
            add(example);
        }
        int[] chosen = examples.toIntArray();
        int[] offsets = new int[chosen.length + 1];
        System.arraycopy(ends.elements(), 0, offsets, 1, chosen.length);
        return new Dataset(
                whole.examples().select(chosen),
                whole.annotators().select(people),
                whole.kinds().select(people),
                whole.classes(),
                whole.models(),
                new Annotations(
                        whole.classes().size(), people.length, offsets, annotators.toIntArray(), labels.toIntArray()),
                whole.times().areKnown() ? new AnnotationTimes(times.toLongArray()) : AnnotationTimes.NONE,
                whole.habits().select(people),
                whole.predictions().select(chosen),
                whole.unlabeled(),
                whole.gold().select(chosen),
                whole.rejected(),
                whole.counts(),
                whole.modelCounts());
    }

    private void add(int example) {
        Annotations annotations = whole.annotations();
        int before = annotators.size();
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            int person = machines.person(annotations.annotator(position));
            if (person >= 0) {
                annotators.add(person);
                labels.add(annotations.label(position));
                if (whole.times().areKnown()) {
                    times.add(whole.times().at(position));
                }
            }
        }
        if (annotators.size() > before) {
            examples.add(example);
            ends.add(annotators.size());
        }
    }
}
