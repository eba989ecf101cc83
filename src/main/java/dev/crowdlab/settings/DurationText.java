package dev.crowdlab.settings;

import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.convert.DurationStyle;

/** Durations as people write them: {@code 30d}, {@code 90m} or ISO 8601, {@code P30D}. */
public final class DurationText {

    private DurationText() {}

    /** The duration; empty if the text is none, is negative, or is a number other than 0 without a unit. */
    public static Optional<Duration> parse(String text) {
        String stripped = text.strip();
        try {
            Duration value = DurationStyle.detectAndParse(stripped);
            boolean hasUnit = !Character.isDigit(stripped.charAt(stripped.length() - 1));
            return value.isNegative() || !(hasUnit || value.isZero()) ? Optional.empty() : Optional.of(value);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
