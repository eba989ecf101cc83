package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.IdList;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which annotators are machines, by patterns for their whole ids: {@code *} stands for any characters, {@code ?} for
 * one, everything else for itself.
 *
 * @param patterns at least one must fit
 */
public record MachinePatterns(List<String> patterns) implements Serializable {

    /** No machines. */
    public static final MachinePatterns NONE = new MachinePatterns(List.of());

    public MachinePatterns {
        patterns = List.copyOf(patterns);
    }

    /** Whether machines are declared, be they among the annotators or not. */
    public boolean areDeclared() {
        return !patterns.isEmpty();
    }

    /** The numbers of the annotators that are machines, ascending. */
    public int[] machines(IdList annotators) {
        return IntStream.range(0, areDeclared() ? annotators.size() : 0)
                .filter(annotator -> fitsAny(annotators.text(annotator)))
                .toArray();
    }

    private boolean fitsAny(String id) {
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
