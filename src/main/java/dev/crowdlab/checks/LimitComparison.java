package dev.crowdlab.checks;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.settings.CheckSettings;
import dev.crowdlab.settings.CheckedMetric;
import dev.crowdlab.settings.Thresholds;
import java.math.BigDecimal;
import java.util.Optional;

/** Compares one metric with its thresholds. */
final class LimitComparison {

    private static final double SECONDS_PER_HOUR = 3_600;
    private static final long SECONDS_PER_MINUTE = 60;

    /** A hundredth of an hour: durations that are multiples of it are displayed in hours. */
    private static final long SECONDS_SHOWN_IN_HOURS = 36;

    private final CheckSettings settings;

    LimitComparison(CheckSettings settings) {
        this.settings = settings;
    }

    /**
     * What to do about a metric beyond its threshold, as clauses.
     *
     * @param always whether the run is refused or only warned about
     * @param ifRefused what to do as well if it is refused; empty: nothing
     */
    record Advice(Wording always, String ifRefused) {

        static Advice of(String always) {
            return new Advice(Wording.NONE.text(always), "");
        }
    }

    /** Returns a finding with the advice of its code. */
    Optional<Finding> of(CheckedMetric metric, FindingCode code, double observed, Wording sentence) {
        return of(metric, code, observed, sentence, Advice.of(code.advice()));
    }

    /**
     * Returns a finding if the metric is known and has a threshold; it names the thresholds that are exceeded,
     * otherwise the nearest one.
     */
    Optional<Finding> of(CheckedMetric metric, FindingCode code, double observed, Wording sentence, Advice advice) {
        Thresholds thresholds = settings.of(metric);
        if (thresholds.isNone() || Double.isNaN(observed)) {
            return Optional.empty();
        }
        boolean isFailing = metric.isBeyond(observed, thresholds.fail());
        boolean isWarning = !isFailing && metric.isBeyond(observed, thresholds.warn());
        boolean isByWarning = !isFailing && !Double.isNaN(thresholds.warn());
        double threshold = isByWarning ? thresholds.warn() : thresholds.fail();
        Severity severity = isFailing ? Severity.FAIL : isWarning ? Severity.WARN : Severity.INFO;
        Wording words = sentence.text(", checks." + metric.key() + (isByWarning ? ".warn is " : " is ")
                + text(metric, threshold) + (severity == Severity.INFO ? "." : "; "));
        if (severity != Severity.INFO) {
            words = words.and(advice.always()).text((severity == Severity.FAIL ? advice.ifRefused() : "") + ".");
        }
        return Optional.of(Finding.of(code, severity, words, observed, threshold));
    }

    private static String text(CheckedMetric metric, double threshold) {
        long seconds = Math.round(threshold * SECONDS_PER_HOUR);
        if (metric.unit() == CheckedMetric.Unit.HOURS && seconds % SECONDS_SHOWN_IN_HOURS != 0) {
            return seconds % SECONDS_PER_MINUTE == 0 ? seconds / SECONDS_PER_MINUTE + " min" : seconds + " s";
        }
        String number = BigDecimal.valueOf(threshold).stripTrailingZeros().toPlainString();
        return metric.unit() == CheckedMetric.Unit.HOURS ? number + " h" : number;
    }
}
