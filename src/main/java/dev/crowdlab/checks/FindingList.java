package dev.crowdlab.checks;

import dev.crowdlab.run.Finding;
import dev.crowdlab.run.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Findings about one part of a run, as they come up. */
final class FindingList {

    private static final double NONE = Double.NaN;

    private final List<Finding> findings = new ArrayList<>();

    /** What was found, in the order in which it was added. */
    List<Finding> findings() {
        return findings;
    }

    /** A figure for the record. */
    void info(String code, String message, double observed) {
        findings.add(new Finding(code, Severity.INFO, message, observed, NONE));
    }

    /** A count for the record. */
    void info(String code, String message, long count) {
        info(code, message, (double) count);
    }

    /** Something to look at, without a figure. */
    void warn(String code, String message) {
        findings.add(new Finding(code, Severity.WARN, message, NONE, NONE));
    }

    /** Something that keeps the result back, without a figure. */
    void fail(String code, String message) {
        findings.add(new Finding(code, Severity.FAIL, message, NONE, NONE));
    }

    /** A count to look at. */
    void warn(String code, String message, long count) {
        findings.add(new Finding(code, Severity.WARN, message, (double) count, NONE));
    }

    /** A figure that is to be looked at only where it is greater than the threshold. */
    void warnBeyond(double threshold, String code, String message, double observed) {
        Severity severity = observed > threshold ? Severity.WARN : Severity.INFO;
        findings.add(new Finding(code, severity, message, observed, threshold));
    }
}
