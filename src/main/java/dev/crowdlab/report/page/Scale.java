package dev.crowdlab.report.page;

/** From values to places on a page. */
interface Scale {

    /** The place of a value. */
    double at(double value);

    /** Equal differences are equal distances. */
    static Scale linear(double from, double to, double start, double end) {
        double length = to == from ? 1 : to - from;
        return value -> start + (end - start) * (value - from) / length;
    }

    /** Equal ratios are equal distances; from 1 on. */
    static Scale logarithmic(double to, double start, double end) {
        Scale linear = linear(0, StrictMath.log(Math.max(2, to)), start, end);
        return value -> linear.at(StrictMath.log(Math.max(1, value)));
    }
}
