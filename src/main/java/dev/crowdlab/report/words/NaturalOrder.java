package dev.crowdlab.report.words;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order of ids in which numbers count as numbers: 9 before 10, a-9 before a-10. */
public final class NaturalOrder {

    private static final Pattern PIECE = Pattern.compile("[0-9]{1,30}|[^0-9]+|[0-9]+");

    private NaturalOrder() {}

    /** Equal only where the texts are. */
    public static Comparator<String> comparator() {
        return ((Comparator<String>) NaturalOrder::compare).thenComparing(Comparator.naturalOrder());
    }

    private static int compare(String one, String other) {
        Matcher pieces = PIECE.matcher(one);
        Matcher others = PIECE.matcher(other);
        while (true) {
            boolean has = pieces.find();
            boolean hasOther = others.find();
            if (!has || !hasOther) {
                return Boolean.compare(has, hasOther);
            }
            int order = comparePieces(pieces.group(), others.group());
            if (order != 0) {
                return order;
            }
        }
    }

    private static int comparePieces(String one, String other) {
        return isNumber(one) && isNumber(other)
                ? new BigInteger(one).compareTo(new BigInteger(other))
                : one.compareTo(other);
    }

    private static boolean isNumber(String piece) {
        return piece.charAt(0) >= '0' && piece.charAt(0) <= '9';
    }
}
