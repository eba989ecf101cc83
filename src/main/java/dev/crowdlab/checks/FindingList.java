package dev.crowdlab.checks;

import dev.crowdlab.run.Finding;
import dev.crowdlab.run.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects the findings about one part of a run. */
final class FindingList {

    private static final double NONE = Double.NaN;

    private final List<Finding> findings = new ArrayList<>();

    /** The findings in the order in which they were added. */
    List<Finding> findings() {
        return findings;
    }

    /** Records a metric. */
    void info(String code, String message, double observed) {
        findings.add(new Finding(code, Severity.INFO, message, observed, NONE));
    }

    /** Adds a finding about a value that is compared with another. */
    void add(String code, Severity severity, String message, double observed, double threshold) {
        findings.add(new Finding(code, severity, message, observed, threshold));
    }

    /** Records a count. */
    void info(String code, String message, long count) {
        info(code, message, (double) count);
    }

    /** Adds a warning without a metric. */
    void warn(String code, String message) {
        findings.add(new Finding(code, Severity.WARN, message, NONE, NONE));
    }

    /** Adds a failure without a metric, which prevents publication. */
    void fail(String code, String message) {
        findings.add(new Finding(code, Severity.FAIL, message, NONE, NONE));
    }

    /** Adds a warning about a count. */
    void warn(String code, String message, long count) {
        findings.add(new Finding(code, Severity.WARN, message, (double) count, NONE));
    }

    /** Records a metric, as a warning if it is greater than the threshold. */
    void warnBeyond(double threshold, String code, String message, double observed) {
        Severity severity = observed > threshold ? Severity.WARN : Severity.INFO;
        findings.add(new Finding(code, severity, message, observed, threshold));
    }
}
