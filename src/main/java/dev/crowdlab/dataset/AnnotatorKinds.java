package dev.crowdlab.dataset;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the input itself says of annotators: which are people, which machines, and of which family. Immutable. */
public final class AnnotatorKinds implements Serializable {

    /** Nothing is said. */
    public static final AnnotatorKinds NONE = new AnnotatorKinds(new byte[0], new String[0]);

    static final byte HUMAN = 1;
    static final byte MACHINE = 2;

    /** [annotators] or empty where nothing is said of anybody. */
    private final byte[] kinds;
    /** [annotators] */
    private final @Nullable String[] families;

    AnnotatorKinds(byte[] kinds, @Nullable String[] families) {
        this.kinds = kinds;
        this.families = families;
    }

    /** Whether the input says that the annotator is a machine. */
    public boolean isMachine(int annotator) {
        return kinds.length > 0 && kinds[annotator] == MACHINE;
    }

    /** Whether the input says that the annotator is none. */
    public boolean isHuman(int annotator) {
        return kinds.length > 0 && kinds[annotator] == HUMAN;
    }

    /** The family that the input gives a machine. */
    public Optional<String> family(int annotator) {
        return kinds.length == 0 ? Optional.empty() : Optional.ofNullable(families[annotator]);
    }

    /** What is said of some of the annotators. */
    AnnotatorKinds select(int[] annotators) {
        if (kinds.length == 0) {
            return NONE;
        }
        byte[] selected = new byte[annotators.length];
        @Nullable String[] named = new String[annotators.length];
        for (int place = 0; place < annotators.length; place++) {
            selected[place] = kinds[annotators[place]];
            named[place] = families[annotators[place]];
        }
        return new AnnotatorKinds(selected, named);
    }

    /**
     * The same where there are more annotators.
     *
     * @param count of annotators
     * @param places [annotators] their new numbers, -1 for those who are left out
     */
    AnnotatorKinds among(int count, int[] places) {
        if (kinds.length == 0) {
            return NONE;
        }
        byte[] spread = new byte[count];
        @Nullable String[] named = new String[count];
        for (int annotator = 0; annotator < places.length; annotator++) {
            if (places[annotator] >= 0) {
                spread[places[annotator]] = kinds[annotator];
                named[places[annotator]] = families[annotator];
            }
        }
        return new AnnotatorKinds(spread, named);
    }
}
