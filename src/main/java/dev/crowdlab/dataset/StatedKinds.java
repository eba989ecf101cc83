package dev.crowdlab.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.crowdlab.dataset.id.IntColumn;
import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.engine.pass.NotThreadSafe;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects what rows say of their annotators. It does not depend on the order of the rows: of several families of a
 * machine the first in code-point order counts.
 */
@NotThreadSafe
final class StatedKinds implements Serializable {

    /** What {@link #read} returns for a text that names no kind. */
    static final byte UNKNOWN = -1;

    static final String CONFLICT =
            "some rows of this annotator have the annotator_kind human and others machine; give an annotator one kind, and"
                    + " people and machines ids of their own";

    private static final byte[] HUMAN = "human".getBytes(UTF_8);
    private static final byte[] MACHINE = "machine".getBytes(UTF_8);
    private static final byte BOTH = AnnotatorKinds.HUMAN | AnnotatorKinds.MACHINE;

    /** [annotators by arrival] the kinds that were said, as bits; shorter where nothing was said of the last ones. */
    private byte[] kinds = new byte[0];
    /** Of machines, by arrival, if they have one. */
    private final Map<Integer, byte[]> families = new HashMap<>();

    private boolean isAnyBoth;

    /** The kind that a row gives, 0 for none, {@link #UNKNOWN} for a text that is none. */
    static byte read(TextColumn column, int row) {
        if (column.length(row) <= 0) {
            return 0;
        }
        if (is(HUMAN, column, row)) {
            return AnnotatorKinds.HUMAN;
        }
        return is(MACHINE, column, row) ? AnnotatorKinds.MACHINE : UNKNOWN;
    }

    private static boolean is(byte[] text, TextColumn column, int row) {
        int start = column.start(row);
        return column.length(row) == text.length
                && Arrays.equals(column.bytes(), start, start + text.length, text, 0, text.length);
    }

    /**
     * Takes what the accepted rows of a block say.
     *
     * @param annotators of all accepted rows so far, those of the block last
     */
    void add(AnnotationBlock block, IntArrayList accepted, IntColumn annotators) {
        int from = annotators.size() - accepted.size();
        for (int place = 0; place < accepted.size(); place++) {
            int row = accepted.getInt(place);
            byte kind = read(block.kinds(), row);
            if (kind != 0) {
                add(annotators.get(from + place), kind, block.families(), row);
            }
        }
    }

    private void add(int annotator, byte kind, TextColumn given, int row) {
        if (annotator >= kinds.length) {
            kinds = Arrays.copyOf(kinds, Math.max(annotator + 1, 2 * kinds.length));
        }
        kinds[annotator] |= kind;
        isAnyBoth |= kinds[annotator] == BOTH;
        if (kind == AnnotatorKinds.MACHINE && given.length(row) > 0) {
            int start = given.start(row);
            int end = start + given.length(row);
            byte[] before = families.get(annotator);
            if (before == null || Arrays.compareUnsigned(given.bytes(), start, end, before, 0, before.length) < 0) {
                families.put(annotator, Arrays.copyOfRange(given.bytes(), start, end));
            }
        }
    }

    /** Whether rows call the annotator a person and others a machine. */
    boolean isBoth(int annotator) {
        return isAnyBoth && annotator < kinds.length && kinds[annotator] == BOTH;
    }

    /** What was said of annotators, by their numbers in order of arrival. */
    AnnotatorKinds of(int[] arrivals) {
        if (kinds.length == 0) {
            return AnnotatorKinds.NONE;
        }
        byte[] said = new byte[arrivals.length];
        @Nullable String[] named = new String[arrivals.length];
        for (int place = 0; place < arrivals.length; place++) {
            if (arrivals[place] < kinds.length) {
                said[place] = kinds[arrivals[place]];
                byte[] family = families.get(arrivals[place]);
                named[place] = family == null ? null : new String(family, UTF_8);
            }
        }
        return new AnnotatorKinds(said, named);
    }
}
