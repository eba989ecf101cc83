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

/** Parses the text of settings. An invalid value is reported as one sentence and replaced by its default. */
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

    /** The number of problems reported so far by all parsers. */
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
            // reported below, together with numbers out of range
        }
        problem(key, "'" + text + "' is not a whole number from " + least + " to " + greatest);
        return standard;
    }

    /** Returns the number, or NaN if it is invalid. */
    double number(String key, String text, long greatest) {
        try {
            double value = Double.parseDouble(text.strip());
            if (value >= 0 && value <= greatest) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below, together with numbers out of range
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
            // reported below, together with an empty name
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
        problem(key, "'" + text + "' is not one of " + names(constants));
        return standard;
    }

    /** The choices as they are written, separated by commas. */
    static String names(Enum<?>[] choices) {
        return Arrays.stream(choices).map(SettingParser::name).collect(Collectors.joining(", "));
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

    /** Returns the constant as written in settings. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
