package dev.crowdlab.engine.agreement;

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

    public static AgreementEstimate undefined(long itemCount, String reason) {
        return new AgreementEstimate(Double.NaN, Double.NaN, Double.NaN, itemCount, Optional.of(reason));
    }
}
