package dev.crowdlab.settings;

import dev.crowdlab.settings.section.SettingParser;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the thresholds of a dataset. Each is a plain value, beyond which the result is not published, or
 * {@code {warn: …, fail: …}}.
 */
final class CheckSettingsReader {

    private static final String WARN = "warn";
    private static final String FAIL = "fail";
    private static final long MAX_NUMBER = 1_000_000;
    private static final double SECONDS_PER_HOUR = 3_600;

    private final SettingParser values;
    /** The texts by metric: "" for the plain value, {@link #WARN} and {@link #FAIL}. */
    private final Map<CheckedMetric, Map<String, String>> texts = new EnumMap<>(CheckedMetric.class);

    CheckSettingsReader(SettingParser values) {
        this.values = values;
    }

    /**
     * Reads the settings under {@code checks}. Keys may be spelled in any way that Spring allows, and include the names
     * within a metric's thresholds.
     */
    CheckSettings read(Map<String, String> raw) {
        new TreeMap<>(raw).forEach(this::sort);
        Map<CheckedMetric, Thresholds> thresholds = new EnumMap<>(CheckSettings.DEFAULT.thresholds());
        texts.forEach((figure, found) -> thresholds.put(figure, thresholds(figure, found)));
        return new CheckSettings(thresholds);
    }

    private void sort(String key, String text) {
        String[] parts = fold(key).split("\\.", 2);
        String bound = parts.length == 1 ? "" : parts[1];
        Optional<CheckedMetric> figure = Arrays.stream(CheckedMetric.values())
                .filter(known -> fold(known.key()).equals(parts[0]))
                .findFirst();
        if (figure.isEmpty()) {
            values.problem(
                    DatasetSetting.CHECKS.name() + "." + key,
                    "there is no such check; known names are "
                            + Arrays.stream(CheckedMetric.values())
                                    .map(CheckedMetric::key)
                                    .collect(Collectors.joining(", ")));
        } else if (!bound.isEmpty() && !bound.equals(WARN) && !bound.equals(FAIL)) {
            values.problem(
                    DatasetSetting.CHECKS.name() + "." + key,
                    "there is no such setting; give a plain value, or warn and fail");
        } else {
            texts.computeIfAbsent(figure.get(), known -> new HashMap<>()).put(bound, text);
        }
    }

    private Thresholds thresholds(CheckedMetric figure, Map<String, String> found) {
        String key = figure.setting();
        String plain = found.get("");
        if (plain != null && found.containsKey(FAIL)) {
            values.problem(key, "is given as a plain value and as fail, which are the same; keep one of them");
        }
        String failText = plain == null ? found.get(FAIL) : plain;
        String warnText = found.get(WARN);
        Thresholds standard = CheckSettings.DEFAULT.of(figure);
        double fail = threshold(figure, plain == null ? key + "." + FAIL : key, failText, standard.fail());
        boolean isStricter = failText != null && !figure.isBeyond(fail, standard.warn());
        double warn = threshold(figure, key + "." + WARN, warnText, isStricter ? Double.NaN : standard.warn());
        if (figure.isBeyond(warn, fail)) {
            values.problem(
                    key,
                    "warn " + warnText + " is beyond "
                            + (failText == null ? "the default " + fail : "fail " + failText)
                            + ", so that there would never be only a warning; change one of them");
        }
        return new Thresholds(warn, fail);
    }

    /** Parses a threshold; NaN if it is invalid, which is reported. */
    private double threshold(CheckedMetric figure, String key, @Nullable String text, double standard) {
        if (text == null) {
            return standard;
        }
        return switch (figure.unit()) {
            case SHARE -> values.number(key, text, 1);
            case COUNT ->
                values.integer(key, text, 0, Long.MAX_VALUE)
                        .map(Long::doubleValue)
                        .orElse(Double.NaN);
            case NUMBER -> values.number(key, text, MAX_NUMBER);
            case HOURS ->
                values.duration(key, text)
                        .map(age -> age.toSeconds() / SECONDS_PER_HOUR)
                        .orElse(Double.NaN);
        };
    }

    private static String fold(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    }
}
