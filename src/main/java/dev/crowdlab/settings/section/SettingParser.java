package dev.crowdlab.settings.section;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Parses the text of settings. An invalid value is reported as one sentence. */
public final class SettingParser {

    private final String prefix;
    private final List<String> problems;

    public SettingParser(String prefix, List<String> problems) {
        this.prefix = prefix;
        this.problems = problems;
    }

    public void problem(String key, String sentence) {
        String problem = prefix + "." + key + ": " + sentence;
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    /** Receives what is reported. */
    public List<String> problems() {
        return problems;
    }

    public Optional<Long> integer(String key, String text, long least, long greatest) {
        try {
            long value = Long.parseLong(text.strip());
            if (value >= least && value <= greatest) {
                return Optional.of(value);
            }
        } catch (NumberFormatException e) {
            // reported below, together with numbers out of range
        }
        problem(key, "'" + text + "' is not a whole number from " + least + " to " + greatest);
        return Optional.empty();
    }

    public Optional<Double> fraction(String key, String text) {
        try {
            double value = Double.parseDouble(text.strip());
            if (value > 0 && value < 1) {
                return Optional.of(value);
            }
        } catch (NumberFormatException e) {
            // reported below, together with numbers out of range
        }
        problem(key, "'" + text + "' is not a number greater than 0 and less than 1");
        return Optional.empty();
    }

    /** Returns the number, or NaN if it is invalid. */
    public double number(String key, String text, long greatest) {
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

    public Optional<Duration> duration(String key, String text) {
        Optional<Duration> value = DurationText.parse(text);
        if (value.isEmpty()) {
            problem(key, "'" + text + "' is not a duration such as 1h, 30m or P1D");
        }
        return value;
    }

    public Optional<Path> path(String key, String text, String example) {
        try {
            if (!text.isBlank()) {
                return Optional.of(Path.of(text));
            }
        } catch (InvalidPathException e) {
            // reported below, together with an empty name
        }
        problem(key, "'" + text + "' is not a directory's name; give one such as " + example);
        return Optional.empty();
    }

    public <E extends Enum<E>> Optional<E> choice(String key, String text, Class<E> type) {
        String wanted = text.strip().toLowerCase(Locale.ROOT).replace('-', '_');
        Optional<E> chosen = Arrays.stream(type.getEnumConstants())
                .filter(constant -> name(constant).equals(wanted))
                .findFirst();
        if (chosen.isEmpty()) {
            problem(
                    key,
                    "'" + text + "' is not one of "
                            + Arrays.stream(type.getEnumConstants())
                                    .map(SettingParser::name)
                                    .collect(Collectors.joining(", ")));
        }
        return chosen;
    }

    public Optional<Boolean> flag(String key, String text) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            problem(key, "'" + text + "' is neither true nor false");
            return Optional.empty();
        }
        return Optional.of(value.equals("true"));
    }

    /** Returns the constant as written in settings. */
    public static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
