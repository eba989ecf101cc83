package dev.crowdlab.engine.numeric;

import java.math.BigDecimal;
import java.math.MathContext;

/** Powers of e and logarithms to some 35 digits, and how far a double is from them. */
final class ExactPower {

    private static final MathContext DIGITS = new MathContext(45);
    private static final int HALVINGS = 16;
    private static final int TERMS = 14;

    private ExactPower() {}

    /** Returns e^x: the series at x / 65,536, which is then squared. */
    static BigDecimal of(double x) {
        BigDecimal part = new BigDecimal(x).divide(BigDecimal.valueOf(1L << HALVINGS), DIGITS);
        BigDecimal power = BigDecimal.ONE;
        for (int term = TERMS; term > 0; term--) {
            power = power.multiply(part, DIGITS)
                    .divide(BigDecimal.valueOf(term), DIGITS)
                    .add(BigDecimal.ONE);
        }
        for (int halving = 0; halving < HALVINGS; halving++) {
            power = power.multiply(power, DIGITS);
        }
        return power;
    }

    /** Returns ln x: with y close to it, y + ln(x / e^y). */
    static BigDecimal log(double x) {
        double close = StrictMath.log(x);
        BigDecimal rest = new BigDecimal(x).divide(of(close), DIGITS).subtract(BigDecimal.ONE);
        BigDecimal square = rest.multiply(rest, DIGITS);
        return new BigDecimal(close)
                .add(rest)
                .subtract(square.divide(BigDecimal.valueOf(2), DIGITS))
                .add(square.multiply(rest, DIGITS).divide(BigDecimal.valueOf(3), DIGITS));
    }

    /** Returns the distance in units in the last place. */
    static double distance(double value, BigDecimal exact) {
        BigDecimal unit = new BigDecimal(Math.ulp(exact.doubleValue()));
        return new BigDecimal(value).subtract(exact).abs().divide(unit, DIGITS).doubleValue();
    }
}
