package dev.crowdlab.report.words;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/**
 * Numbers as they are written everywhere, whatever the reader's language: 15,311 · 0.496 · 98.3 % · −0.005 · – for
 * none.
 */
public final class Numbers {

    /** Shown if there is no number. */
    public static final String NONE = "–";

    private static final String MINUS = "−";
    private static final String PERCENT = "\u202f%";
    private static final int HUNDRED = 100;

    private Numbers() {}

    /** A count: {@code 15,311}. */
    public static String count(long value) {
        return signed(new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value));
    }

    /** A change of a count: {@code +1,378}. */
    public static String change(long value) {
        return (value > 0 ? "+" : "") + count(value);
    }

    /** A score with two decimals: {@code 0.21}. */
    public static String score(double value) {
        return fixed(value, 2);
    }

    /** A score where order hangs on the third decimal: {@code 0.496}. */
    public static String fineScore(double value) {
        return fixed(value, 3);
    }

    /** A score near 0 or 1, never 0.000 for something: {@code 0.034}, {@code under 0.001}. */
    public static String smallScore(double value) {
        return value > 0 && isZero(fineScore(value)) ? "under 0.001" : fineScore(value);
    }

    /** A score with two decimals, never 0.00 of something nor 1.00 of what has exceptions. */
    public static String boundedScore(double value) {
        String text = score(value);
        if (value > 0 && isZero(text)) {
            return "under 0.01";
        }
        return value < 1 && text.equals("1.00") ? "over 0.99" : text;
    }

    /** A count of which the first two digits are meant: {@code 3,800} for 3,812. */
    public static String about(long value) {
        long step = 1;
        while (value / step >= HUNDRED) {
            step *= 10;
        }
        return count((value + step / 2) / step * step);
    }

    /** A change of a score: {@code −0.005}. */
    public static String scoreChange(double value) {
        return change(value, 3);
    }

    /** A score of at most one decimal: {@code 0.5}, {@code 1}. */
    public static String shortScore(double value) {
        return signed(new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT))
                .format(BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP)));
    }

    /** With so many decimals; – for NaN. */
    public static String fixed(double value, int decimals) {
        if (Double.isNaN(value)) {
            return NONE;
        }
        String text = BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
        return signed(isZero(text) ? text.replace("-", "") : text);
    }

    /** A share in a sentence, without decimals; never 0 % of something, nor 100 % of what has exceptions. */
    public static String percent(long part, long whole) {
        return percent(part, whole, 0);
    }

    /** A share in a figure, with one decimal. */
    public static String finePercent(long part, long whole) {
        return percent(part, whole, 1);
    }

    private static String percent(long part, long whole, int decimals) {
        if (whole == 0) {
            return NONE;
        }
        BigDecimal least = BigDecimal.ONE.movePointLeft(Math.max(1, decimals));
        BigDecimal share = BigDecimal.valueOf(part)
                .multiply(BigDecimal.valueOf(HUNDRED))
                .divide(BigDecimal.valueOf(whole), 10, RoundingMode.HALF_UP);
        BigDecimal rounded = share.setScale(decimals, RoundingMode.HALF_UP);
        if (part > 0 && share.compareTo(least) < 0) {
            return "under " + least.toPlainString() + PERCENT;
        }
        if (part > 0 && rounded.signum() == 0) {
            rounded = share.setScale(1, RoundingMode.HALF_UP);
        }
        if (part < whole && rounded.compareTo(BigDecimal.valueOf(HUNDRED)) >= 0) {
            return "over "
                    + BigDecimal.valueOf(HUNDRED)
                            .subtract(BigDecimal.ONE.movePointLeft(decimals))
                            .toPlainString() + PERCENT;
        }
        return rounded.toPlainString() + PERCENT;
    }

    /** A share that is not a count of anything here, from 0 to 1, in a sentence. */
    public static String percent(double share) {
        return Double.isNaN(share) ? NONE : fixed(HUNDRED * share, 0) + PERCENT;
    }

    /** A share from 0 to 1 with one decimal, as a percentage; never 0 % of something, nor 100 % of what has exceptions. */
    public static String finePercent(double share) {
        String text = fixed(HUNDRED * share, 1);
        if (share > 0 && isZero(text)) {
            return "under 0.1" + PERCENT;
        }
        return Double.isNaN(share) ? NONE : (share < 1 && text.equals("100.0") ? "over 99.9" : text) + PERCENT;
    }

    /** A change with so many decimals: {@code +7.2}. */
    public static String change(double value, int decimals) {
        String text = fixed(value, decimals);
        return value > 0 && !isZero(text) ? "+" + text : text;
    }

    private static boolean isZero(String text) {
        return text.chars().noneMatch(digit -> digit >= '1' && digit <= '9');
    }

    private static String signed(String text) {
        return text.replace("-", MINUS);
    }
}
