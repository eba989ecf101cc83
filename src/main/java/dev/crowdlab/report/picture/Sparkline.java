package dev.crowdlab.report.picture;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * A small line without axes.
 *
 * @param path the line
 * @param x place of the dot at its end
 * @param y place of the dot at its end
 */
public record Sparkline(String path, String x, String y) {

    private static final double PAD = 4;

    /**
     * On its own scale, from the least value at the bottom to the greatest at the top; empty: fewer than two values.
     */
    public static Optional<Sparkline> own(List<Double> values, double width, double height) {
        double least = known(values).min().orElse(0);
        double most = known(values).max().orElse(0);
        Scale scale = most > least ? Scale.linear(least, most, height - PAD, PAD) : value -> height / 2;
        return of(values, width, scale);
    }

    /** Around the middle of its values, on a scale on which a span of values fills the height. */
    public static Optional<Sparkline> centered(List<Double> values, double width, double height, double span) {
        double middle = (known(values).min().orElse(0) + known(values).max().orElse(0)) / 2;
        return of(values, width, Scale.linear(middle - span / 2, middle + span / 2, height - PAD, PAD));
    }

    /** From the least to the greatest value. */
    public static double span(List<Double> values) {
        return known(values).max().orElse(0) - known(values).min().orElse(0);
    }

    private static DoubleStream known(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).filter(value -> !Double.isNaN(value));
    }

    private static Optional<Sparkline> of(List<Double> values, double width, Scale scale) {
        String path = Svg.line(values, PAD, width - 2 * PAD, scale);
        if (path.isEmpty() || Double.isNaN(values.get(values.size() - 1))) {
            return Optional.empty();
        }
        return Optional.of(
                new Sparkline(path, Svg.number(width - PAD), Svg.number(scale.at(values.get(values.size() - 1)))));
    }
}
