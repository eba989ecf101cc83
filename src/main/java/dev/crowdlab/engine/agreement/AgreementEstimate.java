package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.quality.WilsonInterval;
import java.util.Optional;

/**
 * How far annotators agree, by one measure.
 *
 * @param value 1 is full agreement; NaN if undefined
 * @param lower lower end of a 90 % interval, at most the value; NaN if undefined
 * @param upper upper end, at least the value; NaN if undefined
 * @param itemCount the examples with two or more annotations that it is computed from; of mean Cohen's kappa the pairs
 * @param note why value or interval are undefined, in one sentence; empty if they are not
 */
public record AgreementEstimate(double value, double lower, double upper, long itemCount, Optional<String> note) {

    public static final String NOTHING_COMPARED = "No example has two or more annotations.";
    public static final String ONE_CLASS =
            "All labels that are compared name the same class, so that chance explains all agreement.";
    private static final String NO_PAIR = "No two annotators have two or more examples in common.";
    private static final String NO_ROOM =
            "In all pairs of annotators with two or more common examples chance explains all agreement.";

    /** With fewer common examples in all pairs together a mean kappa says little. */
    private static final int MIN_COMMON = 30;

    private static final String RESTS_ON_ONE = "There is no interval, since the value rests on a single example.";

    public static AgreementEstimate undefined(long itemCount, String reason) {
        return new AgreementEstimate(Double.NaN, Double.NaN, Double.NaN, itemCount, Optional.of(reason));
    }

    /** Why no mean over pairs is defined; empty if it is. */
    public static Optional<String> missingPairs(PairKappas kappas) {
        if (kappas.comparedCount() == 0) {
            return Optional.of(NO_PAIR);
        }
        if (kappas.commonCount() < MIN_COMMON) {
            return Optional.of("It takes " + MIN_COMMON
                    + " common examples in all pairs of annotators with two or more, added up, and there are "
                    + kappas.commonCount() + ".");
        }
        return Double.isNaN(kappas.mean()) ? Optional.of(NO_ROOM) : Optional.empty();
    }

    /**
     * An estimate with its interval by the jackknife.
     *
     * @param estimate cut off at {@code least} and 1
     * @param least the least value that there is
     * @param statistic its number among the moves
     */
    public static AgreementEstimate within(
            double estimate, double least, long count, JackknifeSums moves, int statistic) {
        double value = Math.max(least, Math.min(1, estimate));
        if (!moves.isDefined(statistic)) {
            return new AgreementEstimate(value, Double.NaN, Double.NaN, count, Optional.of(RESTS_ON_ONE));
        }
        double half = WilsonInterval.QUANTILE * moves.standardError(statistic);
        return new AgreementEstimate(
                value, Math.max(least, value - half), Math.min(1, value + half), count, Optional.empty());
    }
}
