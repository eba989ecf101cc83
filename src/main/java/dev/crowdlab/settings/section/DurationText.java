package dev.crowdlab.settings.section;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses durations such as {@code 30d} or {@code 90m}, or in ISO 8601, such as {@code P30D}. */
public final class DurationText {

    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ns", ChronoUnit.NANOS,
            "us", ChronoUnit.MICROS,
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private static final Pattern SIMPLE = Pattern.compile("([+-]?\\d+)((?:[num]?s|[mhd])?)", Pattern.CASE_INSENSITIVE);

    private DurationText() {}

    /**
     * Returns the duration; empty if the text is not a duration, is negative, or is a number other than 0 without a
     * unit.
     */
    public static Optional<Duration> parse(String text) {
        String stripped = text.strip();
        try {
            Matcher simple = SIMPLE.matcher(stripped);
            Duration value = simple.matches() ? simple(simple) : Duration.parse(stripped);
            return value.isNegative() ? Optional.empty() : Optional.of(value);
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Duration simple(Matcher text) {
        long amount = Long.parseLong(text.group(1));
        String unit = text.group(2).toLowerCase(Locale.ROOT);
        if (unit.isEmpty() && amount != 0) {
            throw new NumberFormatException("a number without a unit");
        }
        return Duration.of(amount, UNITS.getOrDefault(unit, ChronoUnit.SECONDS));
    }
}
