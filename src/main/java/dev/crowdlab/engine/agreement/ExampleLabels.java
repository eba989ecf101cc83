package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.NotThreadSafe;

/** The labels of one example after the other. */
@NotThreadSafe
final class ExampleLabels {

    /** In the first places. */
    int[] values = new int[0];

    int size;

    void take(Annotations annotations, int example) {
        size = annotations.size(example);
        if (size > values.length) {
            values = new int[2 * size];
        }
        for (int index = 0; index < size; index++) {
            values[index] = annotations.label(annotations.start(example) + index);
        }
    }
}
