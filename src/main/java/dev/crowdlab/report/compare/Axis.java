package dev.crowdlab.report.compare;

import dev.crowdlab.report.compare.ComparisonView.Bar;
import dev.crowdlab.report.compare.ComparisonView.Range;
import dev.crowdlab.report.figures.ConsensusFigures.Share;
import dev.crowdlab.report.picture.Scale;
import dev.crowdlab.report.picture.Svg;
import dev.crowdlab.report.picture.Tick;
import dev.crowdlab.report.words.Numbers;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The scale of the pictures of a table. */
final class Axis {

    /** Room for the half of a tick's words, and for a mark. */
    private static final double LEFT = 14;

    private static final double RIGHT = 226;
    private static final double BELOW_ZERO = -0.25;
    private static final int STEPS = 4;

    /** Ends of scales that four steps divide well. */
    private static final List<Double> ENDS = List.of(0.04, 0.08, 0.2, 0.4, 0.6, 0.8);

    private final double from;
    private final double to;
    private final Scale scale;

    private Axis(double from, double to) {
        this.from = from;
        this.to = to;
        scale = Scale.linear(from, to, LEFT, RIGHT);
    }

    /** From 0 to 1, or from somewhat below where a value needs it. */
    static Axis ofScores(DoubleStream values) {
        return new Axis(values.anyMatch(value -> value < 0) ? BELOW_ZERO : 0, 1);
    }

    /** From 0 to what is enough for these values. */
    static Axis ofShares(DoubleStream values) {
        double greatest = values.max().orElse(1);
        return new Axis(
                0, ENDS.stream().filter(end -> end >= greatest).findFirst().orElse(1.0));
    }

    /** As scores. */
    List<Tick> ticks() {
        int steps = from < 0 ? STEPS + 1 : STEPS;
        return IntStream.rangeClosed(0, steps)
                .mapToDouble(step -> from + (to - from) * step / steps)
                .mapToObj(value -> new Tick(Svg.number(scale.at(value)), Numbers.shortScore(value)))
                .toList();
    }

    /** Both values, where they are known; null: neither is. */
    @Nullable
    Bar bar(Share first, Share second) {
        Range before = range(first);
        Range after = range(second);
        return before == null && after == null ? null : new Bar(before, after);
    }

    private @Nullable Range range(Share share) {
        if (Double.isNaN(share.value())) {
            return null;
        }
        boolean hasInterval = !Double.isNaN(share.lower()) && !Double.isNaN(share.upper());
        return new Range(
                place(share.value()),
                place(hasInterval ? share.lower() : share.value()),
                place(hasInterval ? share.upper() : share.value()));
    }

    private String place(double value) {
        return Svg.number(scale.at(Math.max(from, Math.min(to, value))));
    }
}
