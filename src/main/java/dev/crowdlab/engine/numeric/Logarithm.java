package dev.crowdlab.engine.numeric;

/**
 * The natural logarithm, off by at most 0.51 units in the last place, and nowhere found to descend as its argument
 * ascends. Made of additions and products alone, which the language defines to the bit: the same argument gives the
 * same result on every machine, as with {@link StrictMath}, in half the time. Safe for use by many threads.
 *
 * <p>With x = 2^k z and c the multiple of 1/128 closest to z,
 *
 * <pre>
 *   ln x = k ln 2 + ln c + ln(1 + r),  r = (z - c) / c,  |r| &lt; 0.0057
 * </pre>
 *
 * <p>where ln 2 and ln c come in two parts, the greater of which add up without rounding, and the last is a sum of
 * powers.
 */
public final class Logarithm {

    private static final int STEPS = 128;
    private static final int MANTISSA_BITS = 52;
    private static final long EXPONENT_MASK = 0xFFFL << MANTISSA_BITS;

    /** z is at least 88/128 and below 176/128, so that about 1, where ln c is 0, nothing cancels out. */
    private static final int FIRST = 88;

    private static final long FIRST_BITS = Double.doubleToRawLongBits((double) FIRST / STEPS);

    /** A number this large has no digits after the point: adding it rounds to an integer, found in the low bits. */
    private static final double ROUNDER = 0x1.8p52;

    private static final int FIELDS = 4;
    private static final int RECIPROCAL_LOW = 1;
    private static final int LOG = 2;
    private static final int LOG_LOW = 3;

    /** Per c: 1/c in two parts, the first of 8 bits, so that its product with z - c is exact, and ln c in two. */
    private static final double[] TABLE = new double[(FIRST + 1) * FIELDS];

    /** ln 2 in two parts, the first a multiple of 2^-40, so that products with exponents are exact. */
    static final double OF_2_HIGH;

    static final double OF_2_LOW;

    private static final double OF_2;

    /** Per c: 1/c and ln c. */
    private static final double[] ROUGH_TABLE = new double[2 * (FIRST + 1)];

    static {
        for (int index = 0; index <= FIRST; index++) {
            int numerator = FIRST + index;
            double reciprocal = Math.rint((double) STEPS / numerator * STEPS) / STEPS;
            TABLE[index * FIELDS] = reciprocal;
            TABLE[index * FIELDS + RECIPROCAL_LOW] = (STEPS - numerator * reciprocal) / numerator;
            fillLog(numerator, TABLE, index * FIELDS + LOG);
            ROUGH_TABLE[2 * index] = (double) STEPS / numerator;
            ROUGH_TABLE[2 * index + 1] = TABLE[index * FIELDS + LOG] + TABLE[index * FIELDS + LOG_LOW];
        }
        double[] log = new double[2];
        fillLog(2 * STEPS, log, 0);
        OF_2_HIGH = log[0];
        OF_2_LOW = log[1];
        OF_2 = OF_2_HIGH + OF_2_LOW;
    }

    private Logarithm() {}

    /**
     * Computes ln(numerator / 128) to 2^-69 from ln((m + 1) / m) = 2 artanh(1 / d) = 2/d + 2/(3 d^3) + ... with d = 2 m
     * + 1.
     *
     * @param parts written into at {@code index}, a multiple of 2^-40, and {@code index + 1}, the rest
     */
    private static void fillLog(int numerator, double[] parts, int index) {
        double high = 0;
        double low = 0;
        for (int m = Math.min(numerator, STEPS); m < Math.max(numerator, STEPS); m++) {
            double d = 2.0 * m + 1;
            double first = round(2 / d);
            double square = d * d;
            high += first;
            low += (2 - first * d) / d
                    + 2 / (d * square) * (1.0 / 3 + (1.0 / 5 + (1.0 / 7 + 1.0 / 9 / square) / square) / square);
        }
        double sign = Math.signum((double) numerator - STEPS);
        parts[index] = sign * round(high + low);
        parts[index + 1] = sign * ((high - round(high + low)) + low);
    }

    private static double round(double value) {
        return Math.rint(value * 0x1p40) * 0x1p-40;
    }

    /** Returns ln x; negative infinity for 0. */
    public static double of(double x) {
        if (!(x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE)) {
            return x == 0 ? Double.NEGATIVE_INFINITY : StrictMath.log(x);
        }
        long bits = Double.doubleToRawLongBits(x);
        long exponentBits = (bits - FIRST_BITS) & EXPONENT_MASK;
        double exponent = (int) (exponentBits >> MANTISSA_BITS);
        double z = Double.longBitsToDouble(bits - exponentBits);
        double rounded = z * STEPS + ROUNDER;
        int entry = ((int) Double.doubleToRawLongBits(rounded) - FIRST) * FIELDS;
        double distance = z - (rounded - ROUNDER) / STEPS;
        double ratio = distance * TABLE[entry];
        double ratioLow = distance * TABLE[entry + RECIPROCAL_LOW];
        double log = exponent * OF_2_HIGH + TABLE[entry + LOG];
        double sum = log + ratio;
        double rest = (log - sum) + ratio + (exponent * OF_2_LOW + TABLE[entry + LOG_LOW]) + ratioLow;
        return sum + (rest + powers(ratio + ratioLow));
    }

    /** Returns ln(1 + r) - r, to 2^-59 of r. */
    private static double powers(double r) {
        double square = r * r;
        return square
                * ((r * (1.0 / 3) - 1.0 / 2)
                        + square * ((r * (1.0 / 5) - 1.0 / 4) + square * (r * (1.0 / 7) - 1.0 / 6)));
    }

    /**
     * Returns ln x to 2^-50 of 1, or of ln x where that is greater, in two thirds of the time; exact where x is 1,
     * negative infinity for 0.
     *
     * @param x not negative and finite
     */
    public static double rough(double x) {
        if (x < Double.MIN_NORMAL) {
            return of(x);
        }
        long bits = Double.doubleToRawLongBits(x);
        long exponentBits = (bits - FIRST_BITS) & EXPONENT_MASK;
        double z = Double.longBitsToDouble(bits - exponentBits);
        double rounded = z + ROUNDER / STEPS;
        int entry = 2 * ((int) Double.doubleToRawLongBits(rounded) - FIRST);
        double r = (z - (rounded - ROUNDER / STEPS)) * ROUGH_TABLE[entry];
        double log = (int) (exponentBits >> MANTISSA_BITS) * OF_2 + ROUGH_TABLE[entry + 1];
        double square = r * r;
        double powers = (r * (1.0 / 3) - 1.0 / 2) + square * ((r * (1.0 / 5) - 1.0 / 4) - square * (1.0 / 6));
        return log + (r + square * powers);
    }
}
