package dev.crowdlab.report.compare;

import dev.crowdlab.report.compare.ComparisonView.Cell;
import dev.crowdlab.report.figures.ConsensusFigures.Share;
import dev.crowdlab.report.words.Numbers;

/** Values as the tables have them. */
final class Cells {

    private static final int HUNDRED = 100;

    private Cells() {}

    static Cell plain(String value) {
        return new Cell(value, "", false);
    }

    static Cell noted(String value, String note) {
        return new Cell(value, note, false);
    }

    /** A share as a percentage, with its interval. */
    static Cell percent(Share share) {
        return noted(
                Numbers.finePercent(share.value()),
                Double.isNaN(share.lower())
                        ? ""
                        : Numbers.fixed(HUNDRED * share.lower(), 1) + " to "
                                + Numbers.fixed(HUNDRED * share.upper(), 1));
    }

    /** A share as a percentage, and of how many; nothing is not so and so many percent. */
    static Cell counted(Share share, long count) {
        return count == 0 ? plain("none") : noted(Numbers.finePercent(share.value()), Numbers.count(count));
    }

    /** A score, with its interval. */
    static Cell score(Share share) {
        return noted(
                Numbers.boundedScore(share.value()),
                Double.isNaN(share.lower())
                        ? ""
                        : Numbers.score(share.lower()) + " to " + Numbers.score(share.upper()));
    }

    /** A difference of percentages, in points. */
    static Cell points(Difference difference) {
        return difference(difference, HUNDRED, 1);
    }

    /** A difference of scores. */
    static Cell difference(Difference difference) {
        return difference(difference, 1, 2);
    }

    private static Cell difference(Difference difference, double unit, int decimals) {
        return new Cell(
                Numbers.change(unit * difference.value(), decimals),
                difference.hasInterval()
                        ? Numbers.change(unit * difference.lower(), decimals) + " to "
                                + Numbers.change(unit * difference.upper(), decimals)
                        : "",
                difference.isClear());
    }

    /** A value of which chance has no part. */
    static Share exact(double value) {
        return new Share(value, Double.NaN, Double.NaN);
    }
}
