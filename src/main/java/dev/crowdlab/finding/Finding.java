package dev.crowdlab.finding;

import java.util.Comparator;
import java.util.List;

/**
 * One finding about a run.
 *
 * @param code what was found, unique within a run; of an earlier version, it may be none of {@link FindingCode}
 * @param severity how bad it is
 * @param wording what it says
 * @param observed the value found; NaN if there is none
 * @param threshold the value it is compared with; NaN if there is none
 * @param rank its place among the findings of the same severity: the lowest matters most
 */
public record Finding(String code, Severity severity, Wording wording, double observed, double threshold, long rank) {

    /** The worst first, then in the order in which they matter. */
    private static final Comparator<Finding> BY_IMPORTANCE = Comparator.comparing(
                    Finding::severity, Comparator.reverseOrder())
            .thenComparing(Finding::rank)
            .thenComparing(Finding::code);

    public enum Severity {
        /** Recorded for information only. */
        INFO,
        /** Worth a look; the result is published. */
        WARN,
        /** The result is not published. */
        FAIL
    }

    /** A finding about a value that is compared with another. */
    public static Finding of(FindingCode code, Severity severity, Wording wording, double observed, double threshold) {
        return new Finding(code.name(), severity, wording, observed, threshold, code.rank());
    }

    /** The same, of a sentence that contains nobody's name. */
    public static Finding of(FindingCode code, Severity severity, String sentence, double observed, double threshold) {
        return of(code, severity, Wording.of(sentence), observed, threshold);
    }

    /** A finding without values. */
    public static Finding of(FindingCode code, Severity severity, Wording wording) {
        return of(code, severity, wording, Double.NaN, Double.NaN);
    }

    /** A finding without values, of a sentence that contains nobody's name. */
    public static Finding of(FindingCode code, Severity severity, String sentence) {
        return of(code, severity, Wording.of(sentence));
    }

    /** The same findings, the worst first, then in the order in which they matter: causes before consequences. */
    public static List<Finding> byImportance(List<Finding> findings) {
        return findings.stream().sorted(BY_IMPORTANCE).toList();
    }

    /** Whether it has this code. */
    public boolean is(FindingCode other) {
        return code.equals(other.name());
    }

    /** All of its words. */
    public String message() {
        return wording.toString();
    }

    /** The same as a consequence of what another code stands for, directly behind it. */
    public Finding behind(FindingCode cause) {
        return new Finding(code, severity, wording, observed, threshold, cause.rank() + 1);
    }

    /** The same with another severity and other words. */
    public Finding with(Severity other, Wording words) {
        return new Finding(code, other, words, observed, threshold, rank);
    }
}
