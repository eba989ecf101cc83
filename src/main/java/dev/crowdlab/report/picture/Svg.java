package dev.crowdlab.report.picture;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Geometry in numbers as attributes have them. */
public final class Svg {

    private Svg() {}

    /** A place or a length in pixels, to a tenth. */
    public static String number(double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    /** A point of a path or a line. */
    public static String point(double x, double y) {
        return number(x) + "," + number(y);
    }

    /**
     * A line over equal steps, interrupted where a value is unknown.
     *
     * @param values NaN: unknown
     * @param width of all steps
     * @param scale from values to places
     * @return a path, empty for fewer than two known values
     */
    static String line(List<Double> values, double left, double width, Scale scale) {
        StringBuilder path = new StringBuilder();
        boolean isInterrupted = true;
        for (int i = 0; i < values.size(); i++) {
            double value = values.get(i);
            if (Double.isNaN(value)) {
                isInterrupted = true;
            } else {
                double x = left + width * i / Math.max(1, values.size() - 1);
                path.append(isInterrupted ? "M" : "L").append(point(x, scale.at(value)));
                isInterrupted = false;
            }
        }
        return values.stream().filter(value -> !Double.isNaN(value)).count() < 2 ? "" : path.toString();
    }

    /**
     * Round numbers from 0 to at least the greatest value, three or four of them: for the ticks of an axis of counts.
     */
    public static List<Long> ticks(long greatest) {
        long step = 1;
        long[] factors = {2, 5, 10};
        long power = 1;
        int next = 0;
        while (step * 4 < greatest) {
            step = power * factors[next];
            next = (next + 1) % factors.length;
            power = next == 0 ? power * 10 : power;
        }
        List<Long> ticks = new ArrayList<>();
        for (long tick = 0; tick <= Math.max(greatest, 1); tick += step) {
            ticks.add(tick);
        }
        return ticks;
    }
}
