package dev.crowdlab.checks;

import dev.crowdlab.run.Finding;
import dev.crowdlab.run.Finding.Severity;
import dev.crowdlab.settings.CheckSettings;
import dev.crowdlab.settings.CheckedMetric;
import dev.crowdlab.settings.Limits;
import java.math.BigDecimal;
import java.util.Optional;

/** Holds one figure at a time against its limits. */
final class ThresholdCheck {

    private static final double SECONDS_PER_HOUR = 3_600;
    private static final long SECONDS_PER_MINUTE = 60;

    /** A hundredth of an hour: what has no more decimals is told in hours. */
    private static final long SECONDS_SHOWN_IN_HOURS = 36;

    private final CheckSettings settings;

    ThresholdCheck(CheckSettings settings) {
        this.settings = settings;
    }

    /** The finding about a figure that is known and has limits: with those that it passes, or else the next one. */
    Optional<Finding> of(CheckedMetric figure, String code, double observed, String sentence, String advice) {
        Limits limits = settings.of(figure);
        if (limits.isNone() || Double.isNaN(observed)) {
            return Optional.empty();
        }
        boolean isFailing = figure.isBeyond(observed, limits.fail());
        boolean isWarning = !isFailing && figure.isBeyond(observed, limits.warn());
        boolean isByWarning = !isFailing && !Double.isNaN(limits.warn());
        double threshold = isByWarning ? limits.warn() : limits.fail();
        Severity severity = isFailing ? Severity.FAIL : isWarning ? Severity.WARN : Severity.INFO;
        String message = sentence + ", checks." + figure.key() + (isByWarning ? ".warn is " : " is ")
                + text(figure, threshold) + (severity == Severity.INFO ? "." : "; " + advice + ".");
        return Optional.of(new Finding(code, severity, message, observed, threshold));
    }

    private static String text(CheckedMetric figure, double threshold) {
        long seconds = Math.round(threshold * SECONDS_PER_HOUR);
        if (figure.unit() == CheckedMetric.Unit.HOURS && seconds % SECONDS_SHOWN_IN_HOURS != 0) {
            return seconds % SECONDS_PER_MINUTE == 0 ? seconds / SECONDS_PER_MINUTE + " min" : seconds + " s";
        }
        String number = BigDecimal.valueOf(threshold).stripTrailingZeros().toPlainString();
        return figure.unit() == CheckedMetric.Unit.HOURS ? number + " h" : number;
    }
}
