package dev.crowdlab.engine.choice;

import dev.crowdlab.engine.pass.Annotations;

/** Which answers choose which class: their positions, ascending, class by class. Immutable. */
public final class Choosing {

    private final int[] offsets;
    private final int[] positions;

    public Choosing(Annotations answers, ChoiceSets sets) {
        offsets = new int[sets.classCount() + 1];
        long count = 0;
        for (int position = 0; position < answers.annotationCount(); position++) {
            int set = answers.label(position);
            count += sets.end(set) - sets.start(set);
            for (int place = sets.start(set); place < sets.end(set); place++) {
                offsets[sets.classAt(place)]++;
            }
        }
        Math.toIntExact(count);
        for (int label = 1; label < offsets.length; label++) {
            offsets[label] += offsets[label - 1];
        }
        positions = new int[(int) count];
        for (int position = answers.annotationCount() - 1; position >= 0; position--) {
            int set = answers.label(position);
            for (int place = sets.start(set); place < sets.end(set); place++) {
                positions[--offsets[sets.classAt(place)]] = position;
            }
        }
    }

    /** Returns the place of the first answer that chooses the class. */
    int start(int label) {
        return offsets[label];
    }

    /** Returns the place after the last. */
    int end(int label) {
        return offsets[label + 1];
    }

    /** Returns the position of the answer at the place. */
    int position(int place) {
        return positions[place];
    }
}
