package dev.crowdlab.report.figures;

import java.util.List;
import java.util.Optional;

/**
 * The statistics of agreement.
 *
 * @param statistics those that the run stored, by name; empty: it stored none
 * @param chance the agreement that guessing with these class shares gives, from 0 to 1; NaN: unknown
 * @param largestShare the share of the most frequent class among all labels, from 0 to 1; NaN: unknown
 * @param hasTimes whether the annotations say when they were made
 */
public record AgreementFigures(List<Statistic> statistics, double chance, double largestShare, boolean hasTimes) {

    /** The names of all statistics, in the order in which they are shown. */
    public static final List<String> ORDER = List.of(
            "percent_agreement",
            "krippendorff_alpha",
            "krippendorff_alpha_ordinal",
            "krippendorff_alpha_interval",
            "gwet_ac1",
            "gwet_ac2",
            "mean_cohen_kappa",
            "mean_linear_kappa",
            "mean_quadratic_kappa",
            "fleiss_kappa",
            "coverage",
            "overlap");

    /**
     * A statistic with its 90 % interval.
     *
     * @param name as in {@code dataset_stats.statistic}
     * @param value the estimate; NaN: undefined
     * @param lower lower end; NaN: none
     * @param upper upper end; NaN: none
     * @param count how many examples, or pairs, it rests on
     * @param note why it is undefined, or what to know about it; empty: nothing
     */
    public record Statistic(String name, double value, double lower, double upper, long count, String note) {

        /** Whether there is an interval. */
        public boolean hasInterval() {
            return !Double.isNaN(lower) && !Double.isNaN(upper);
        }
    }

    /** A statistic that is defined. */
    public Optional<Statistic> defined(String name) {
        return statistics.stream()
                .filter(statistic -> statistic.name().equals(name) && !Double.isNaN(statistic.value()))
                .findFirst();
    }
}
