package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;

/**
 * Finds the candidates of one example at a time. A model that gives all classes the same probability has no first
 * choice. Working memory of one thread.
 */
@NotThreadSafe
final class CandidateSearch {

    private final Annotations annotations;
    private final Predictions predictions;
    private final FixedLabels fixed;
    private int[] labels = new int[8];
    private int count;

    CandidateSearch(Slice slice) {
        annotations = slice.annotations();
        predictions = slice.predictions();
        fixed = FixedLabels.of(slice);
    }

    /** Takes the example of the slice; returns how many candidates it has, at least 1. */
    int open(int example) {
        int most = annotations.size(example) + predictions.modelCount() + 1;
        if (labels.length < most) {
            labels = new int[2 * most];
        }
        count = 0;
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            add(annotations.label(position));
        }
        for (int model = 0; model < predictions.modelCount(); model++) {
            int choice = predictions.mostProbable(model, example);
            if (!predictions.isUniform(model, example)) {
                add(choice);
            }
        }
        if (fixed.label(example) != FixedLabels.FREE) {
            add(fixed.label(example));
        }
        return count;
    }

    /** Inserts the class where it belongs, unless it is there. */
    private void add(int label) {
        int place = count;
        while (place > 0 && labels[place - 1] >= label) {
            place--;
        }
        if (place < count && labels[place] == label) {
            return;
        }
        System.arraycopy(labels, place, labels, place + 1, count - place);
        labels[place] = label;
        count++;
    }

    /** Returns a candidate of the example; they ascend. */
    int label(int index) {
        return labels[index];
    }
}
