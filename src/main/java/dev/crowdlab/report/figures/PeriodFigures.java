package dev.crowdlab.report.figures;

import java.time.LocalDate;
import java.util.List;

/**
 * How annotators developed, by weeks or days.
 *
 * @param series one per annotator, at most {@value #MAX_ANNOTATORS}
 * @param drops who agreed less with the consensus in the last periods than chance explains, the largest drop first,
 *     at most {@value #MAX_DROPS}
 */
public record PeriodFigures(List<Series> series, List<Drop> drops) {

    /** Nothing is known of periods. */
    public static final PeriodFigures NONE = new PeriodFigures(List.of(), List.of());

    public static final int MAX_ANNOTATORS = 12;

    public static final int MAX_DROPS = 100;

    /** How many periods a series has at most: the newest. */
    public static final int MAX_PERIODS = 52;

    /** The periods of an annotator, oldest first. */
    public record Series(String annotator, List<Period> periods) {}

    /** The share of an annotator's labels that equal the consensus label, before a day and since, from 0 to 1. */
    public record Drop(String annotator, LocalDate since, double before, double now) {}

    /** Quality, its 90 % interval, and number of labels of a period that begins on a day. */
    public record Period(LocalDate start, long labels, AnnotatorFigures.Interval quality) {}
}
