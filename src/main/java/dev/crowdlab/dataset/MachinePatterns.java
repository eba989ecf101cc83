package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.dataset.id.ModelNames;
import dev.crowdlab.engine.machine.Machines;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which annotators are machines: by patterns for their whole ids, where {@code *} stands for any characters, {@code ?}
 * for one, everything else for itself; and by what the input says of them.
 *
 * @param patterns at least one must fit
 * @param areStated whether the input says of annotators what they are
 */
public record MachinePatterns(List<String> patterns, boolean areStated) implements Serializable {

    /** No machines. */
    public static final MachinePatterns NONE = new MachinePatterns(List.of(), false);

    public MachinePatterns {
        patterns = List.copyOf(patterns);
    }

    /** Machines by patterns alone. */
    public MachinePatterns(List<String> patterns) {
        this(patterns, false);
    }

    /** The same for an input that says of annotators what they are. */
    public MachinePatterns stated() {
        return new MachinePatterns(patterns, true);
    }

    /** Whether machines are declared, be they among the annotators or not. */
    public boolean areDeclared() {
        return areStated || !patterns.isEmpty();
    }

    /** Which of a dataset's annotators are machines, and of which families. */
    public Machines on(IdList annotators, AnnotatorKinds kinds) {
        int[] declared = machines(annotators, kinds);
        return Machines.of(annotators.size(), declared)
                .withFamilies(Arrays.stream(declared)
                        .mapToObj(machine -> family(machine, annotators, kinds))
                        .toList());
    }

    /** The family that the input names, or the machine's name; a machine without one is a family of its own. */
    private static String family(int annotator, IdList annotators, AnnotatorKinds kinds) {
        String id = annotators.text(annotator);
        return kinds.family(annotator).or(() -> ModelNames.family(id)).orElse(id);
    }

    /** The numbers of the annotators that are machines, ascending. */
    public int[] machines(IdList annotators, AnnotatorKinds kinds) {
        return IntStream.range(0, areDeclared() ? annotators.size() : 0)
                .filter(annotator -> kinds.isMachine(annotator) || fitsAny(annotators.text(annotator)))
                .toArray();
    }

    /** Whether a pattern fits the id. */
    public boolean fitsAny(String id) {
        return patterns.stream().anyMatch(pattern -> fits(pattern, id));
    }

    /** In time pattern × id at most: after a mismatch only the last star takes one more character. */
    static boolean fits(String pattern, String id) {
        int[] wanted = pattern.codePoints().toArray();
        int[] given = id.codePoints().toArray();
        int at = 0;
        int star = -1;
        int afterStar = 0;
        int next = 0;
        while (next < given.length) {
            if (at < wanted.length && wanted[at] == '*') {
                star = at++;
                afterStar = next;
            } else if (at < wanted.length && (wanted[at] == '?' || wanted[at] == given[next])) {
                at++;
                next++;
            } else if (star >= 0) {
                at = star + 1;
                next = ++afterStar;
            } else {
                return false;
            }
        }
        while (at < wanted.length && wanted[at] == '*') {
            at++;
        }
        return at == wanted.length;
    }
}
