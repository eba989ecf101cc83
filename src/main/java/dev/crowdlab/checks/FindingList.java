package dev.crowdlab.checks;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
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
    void info(FindingCode code, Wording words, double observed) {
        add(code, Severity.INFO, words, observed, NONE);
    }

    /** Records a metric. */
    void info(FindingCode code, String sentence, double observed) {
        info(code, Wording.of(sentence), observed);
    }

    /** Adds a finding about a value that is compared with another. */
    void add(FindingCode code, Severity severity, Wording words, double observed, double threshold) {
        findings.add(Finding.of(code, severity, words, observed, threshold));
    }

    /** Records a count. */
    void info(FindingCode code, String sentence, long count) {
        info(code, sentence, (double) count);
    }

    /** Adds a warning without a metric. */
    void warn(FindingCode code, Wording words) {
        findings.add(Finding.of(code, Severity.WARN, words));
    }

    /** Adds a failure without a metric, which prevents publication. */
    void fail(FindingCode code, Wording words) {
        findings.add(Finding.of(code, Severity.FAIL, words));
    }

    /** Adds a warning about a count. */
    void warn(FindingCode code, Wording words, long count) {
        add(code, Severity.WARN, words, (double) count, NONE);
    }

    /** Records a metric, as a warning if it is greater than the threshold. */
    void warnBeyond(double threshold, FindingCode code, Wording words, double observed) {
        add(code, observed > threshold ? Severity.WARN : Severity.INFO, words, observed, threshold);
    }
}
