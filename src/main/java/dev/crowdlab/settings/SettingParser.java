package dev.crowdlab.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the text of settings into values; what cannot be turned is told in one sentence and the default goes on. */
final class SettingParser {

    private final String prefix;
    private final List<String> problems;

    SettingParser(String prefix, List<String> problems) {
        this.prefix = prefix;
        this.problems = problems;
    }

    void problem(String key, String sentence) {
        problems.add(prefix + "." + key + ": " + sentence);
    }

    /** How many problems were told so far, by whatever parser. */
    int problemCount() {
        return problems.size();
    }

    long integer(String key, @Nullable String text, long standard, long least, long greatest) {
        if (text == null) {
            return standard;
        }
        try {
            long value = Long.parseLong(text.strip());
            if (value >= least && value <= greatest) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, together with numbers out of range
        }
        problem(key, "'" + text + "' is not a whole number from " + least + " to " + greatest);
        return standard;
    }

    /** The number, or NaN. */
    double number(String key, String text, long greatest) {
        try {
            double value = Double.parseDouble(text.strip());
            if (value >= 0 && value <= greatest) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, together with numbers out of range
        }
        problem(key, "'" + text + "' is not a number from 0 to " + greatest);
        return Double.NaN;
    }

    Duration duration(String key, @Nullable String text, Duration standard) {
        return duration(key, text).orElse(standard);
    }

    Optional<Duration> duration(String key, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        Optional<Duration> value = DurationText.parse(text);
        if (value.isEmpty()) {
            problem(key, "'" + text + "' is not a duration such as 1h, 30m or P1D");
        }
        return value;
    }

    Path directory(String key, @Nullable String text, Path standard) {
        if (text == null) {
            return standard;
        }
        try {
            if (!text.isBlank()) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            // told below, together with no name at all
        }
        problem(key, "'" + text + "' is not a directory's name; give one such as " + standard);
        return standard;
    }

    <E extends Enum<E>> E choice(String key, @Nullable String text, E standard) {
        if (text == null) {
            return standard;
        }
        E[] constants = standard.getDeclaringClass().getEnumConstants();
        for (E constant : constants) {
            if (name(constant).equals(text.strip().toLowerCase(Locale.ROOT).replace('-', '_'))) {
                return constant;
            }
        }
        String known = Arrays.stream(constants).map(SettingParser::name).collect(Collectors.joining(", "));
        problem(key, "'" + text + "' is not one of " + known);
        return standard;
    }

    boolean flag(String key, @Nullable String text, boolean standard) {
        if (text == null) {
            return standard;
        }
        String value = text.strip().toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            problem(key, "'" + text + "' is neither true nor false");
            return standard;
        }
        return value.equals("true");
    }

    /** The constant as it is written. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
