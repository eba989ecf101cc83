package dev.crowdlab.report.picture;

/** From values to places on a page. */
public interface Scale {

    /** The place of a value. */
    double at(double value);

    /** Equal differences are equal distances. */
    static Scale linear(double from, double to, double start, double end) {
        double length = to == from ? 1 : to - from;
        return value -> start + (end - start) * (value - from) / length;
    }

    /** Equal ratios are equal distances. */
    static Scale logarithmic(double from, double to, double start, double end) {
        Scale linear = linear(StrictMath.log(from), StrictMath.log(Math.max(2 * from, to)), start, end);
        return value -> linear.at(StrictMath.log(Math.max(from, value)));
    }
}
