package dev.crowdlab.report.words;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Moments as they are written, in UTC and English wherever the report is made: 23 November 2026, 04:00 UTC; 22 Nov.
 *
 * @param year the year of the run, which short dates leave out
 */
public record Dates(int year) {

    private static final DateTimeFormatter LONG = formatter("d MMMM uuuu");
    private static final DateTimeFormatter TIME = formatter("HH:mm");
    private static final DateTimeFormatter DAY = formatter("d\u00a0MMM");

    public static Dates of(Instant asOf) {
        return new Dates(asOf.atOffset(ZoneOffset.UTC).getYear());
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    /** {@code 23 November 2026, 04:00 UTC}. */
    public static String moment(Instant moment) {
        return day(moment) + ", " + TIME.format(moment.atOffset(ZoneOffset.UTC)) + " UTC";
    }

    /** {@code 23 November 2026}. */
    public static String day(Instant moment) {
        return LONG.format(moment.atOffset(ZoneOffset.UTC));
    }

    /** {@code 22 Nov}, or {@code 22 Nov 2025}; no line breaks before the month. */
    public String shortDay(Instant moment) {
        return shortDay(moment.atOffset(ZoneOffset.UTC).toLocalDate());
    }

    /** {@code 22 Nov, 04:00}, in UTC. */
    public String shortMoment(Instant moment) {
        return shortDay(moment) + ", " + TIME.format(moment.atOffset(ZoneOffset.UTC));
    }

    /** {@code 22 Nov} of a day. */
    public String shortDay(LocalDate day) {
        return DAY.format(day) + (day.getYear() == year ? "" : " " + day.getYear());
    }
}
