package dev.crowdlab.report.figures;

import java.time.LocalDate;
import java.util.List;

/**
 * How annotators developed, by weeks or days.
 *
 * @param series one per annotator, at most {@value #MOST_ANNOTATORS}
 * @param changed those whose last two periods differ from all before by more than chance, the largest change first
 */
public record PeriodFigures(List<Series> series, List<String> changed) {

    /** Nothing is known of periods. */
    public static final PeriodFigures NONE = new PeriodFigures(List.of(), List.of());

    public static final int MOST_ANNOTATORS = 12;

    /** How many periods a series has at most: the newest. */
    public static final int MOST_PERIODS = 52;

    /** The periods of an annotator, oldest first. */
    public record Series(String annotator, List<Period> periods) {}

    /** Quality, its 90 % interval, and number of labels of a period that begins on a day. */
    public record Period(LocalDate start, long labels, AnnotatorFigures.Interval quality) {}
}
