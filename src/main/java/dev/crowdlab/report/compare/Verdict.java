package dev.crowdlab.report.compare;

import dev.crowdlab.report.figures.AgreementFigures.Statistic;
import dev.crowdlab.report.figures.ComparisonFigures;
import dev.crowdlab.report.figures.ComparisonFigures.Side;
import dev.crowdlab.report.figures.ConsensusFigures.Method;
import dev.crowdlab.report.figures.ConsensusFigures.Share;
import dev.crowdlab.report.figures.Rightness;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import java.util.Optional;

/** Says which run has the better labels, by gold, else as the committee estimates; or that it cannot be told. */
final class Verdict {

    private static final Share UNKNOWN = new Share(Double.NaN, Double.NaN, Double.NaN);
    private static final int HUNDRED = 100;

    private final Sides sides;
    private final Side first;
    private final Side second;

    Verdict(ComparisonFigures figures) {
        sides = new Sides(figures);
        first = figures.first();
        second = figures.second();
    }

    /** The share of the published labels that equal gold, if enough were compared. */
    static Share gold(Side side) {
        Rightness rightness = side.rightness();
        return rightness.basis() == Rightness.Basis.GOLD ? rightness.share() : UNKNOWN;
    }

    /** The share of the published labels that the committee expects to be right. */
    static Share estimate(Side side) {
        return published(side).map(Method::estimated).orElse(UNKNOWN);
    }

    static Optional<Method> published(Side side) {
        return side.consensus().methods().stream().filter(Method::isPublished).findFirst();
    }

    Prose sentence() {
        Difference byGold = Difference.of(gold(first), gold(second));
        if (byGold.isKnown()) {
            return of(
                    byGold,
                    gold(first),
                    gold(second),
                    new Basis("", "against gold, ", "against gold", " More gold labels narrow it."));
        }
        Difference estimated = Difference.of(estimate(first), estimate(second));
        return estimated.isKnown()
                ? of(
                        estimated,
                        estimate(first),
                        estimate(second),
                        new Basis(
                                " as the committee estimates",
                                "as the committee estimates, ",
                                "by that estimate",
                                " Gold labels would measure it."))
                : agreement();
    }

    /** What is known by, as parts of sentences. */
    private record Basis(String by, String begin, String within, String advice) {}

    private Prose of(Difference difference, Share before, Share after, Basis basis) {
        boolean isBetter = difference.value() > 0;
        if (!difference.isClear()) {
            return Prose.begin()
                    .bold("Neither run is clearly better:")
                    .text(" " + basis.begin() + "labels of " + sides.second() + " are right " + percent(after)
                            + " of the time, ")
                    .muted(interval(after))
                    .text(", those of " + sides.first() + " " + percent(before) + " ")
                    .muted(interval(before))
                    .text(". The difference of " + points(difference) + " points ")
                    .muted("(" + ends(difference) + ")")
                    .text(" may be chance." + basis.advice())
                    .end();
        }
        Share better = isBetter ? after : before;
        Share worse = isBetter ? before : after;
        return Prose.begin()
                .bold(winner(isBetter ? sides.second() : sides.first(), basis.by()))
                .text(" its labels are right " + percent(better) + " of the time " + basis.within() + " ")
                .muted(interval(better))
                .text(", those of " + (isBetter ? sides.first() : sides.second()) + " " + percent(worse) + " ")
                .muted(interval(worse))
                .text(".")
                .end();
    }

    /** Labels of other examples may be right more often because these are easier. */
    private String winner(String run, String by) {
        return sides.areAlike()
                ? capital(run) + " is better" + by + ":"
                : capital(run) + " has more labels right" + by + ", but of other examples or classes:";
    }

    /** Of labels of single annotators, where nothing is known of the consensus. */
    private Prose agreement() {
        Prose.Builder prose = Prose.begin()
                .bold("Which run has the better labels is not known:")
                .text(" " + missing() + ". ");
        Optional<Statistic> before = first.agreement().defined("krippendorff_alpha");
        Optional<Statistic> after = second.agreement().defined("krippendorff_alpha");
        if (before.isEmpty() || after.isEmpty()) {
            return prose.text("How much annotators agree cannot be compared, either.")
                    .end();
        }
        Difference difference = Difference.of(share(before.get()), share(after.get()));
        String more = difference.value() > 0 ? sides.second() : sides.first();
        return prose.text((difference.isClear()
                                ? "Annotators agree more in " + more
                                : "Annotators agree about as much in both, as far as the intervals tell")
                        + ": Krippendorff’s alpha is " + alpha(after.get()) + " in " + sides.second() + " and "
                        + alpha(before.get()) + " in " + sides.first())
                .text(". That is agreement, not correctness: people can agree on what is wrong.")
                .end();
    }

    private String missing() {
        String needed = Rightness.FEWEST + " gold labels";
        boolean isFirst = isKnown(first);
        boolean isSecond = isKnown(second);
        if (isFirst && isSecond) {
            return "one run has " + needed + ", the other an estimate of its committee, which cannot be compared";
        }
        if (isFirst || isSecond) {
            return (isFirst ? sides.second() : sides.first()) + " has neither " + needed
                    + " nor an estimate of its committee";
        }
        return "neither has " + needed + " or an estimate of its committee";
    }

    private static boolean isKnown(Side side) {
        return side.rightness().basis() != Rightness.Basis.UNKNOWN;
    }

    static Share share(Statistic statistic) {
        return new Share(statistic.value(), statistic.lower(), statistic.upper());
    }

    private static String alpha(Statistic alpha) {
        return Numbers.score(alpha.value())
                + (alpha.hasInterval()
                        ? " (" + Numbers.score(alpha.lower()) + "\u00a0to\u00a0" + Numbers.score(alpha.upper()) + ")"
                        : "");
    }

    private static String percent(Share share) {
        return Numbers.finePercent(share.value());
    }

    private static String interval(Share share) {
        return "(" + Numbers.fixed(HUNDRED * share.lower(), 1) + "\u00a0to\u00a0" + Numbers.finePercent(share.upper())
                + ")";
    }

    private static String points(Difference difference) {
        return Numbers.change(HUNDRED * difference.value(), 1);
    }

    private static String ends(Difference difference) {
        return Numbers.change(HUNDRED * difference.lower(), 1) + "\u00a0to\u00a0"
                + Numbers.change(HUNDRED * difference.upper(), 1);
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
