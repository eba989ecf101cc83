package dev.crowdlab.settings.section;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Settings below one name as they are written, wherever that is: in Spring Boot's environment or in a file that Spark
 * reads. They are checked when they are read, and every problem is collected. What a template or a source of datasets
 * makes of settings is a section with some of them replaced.
 */
public final class Section {

    private final String prefix;
    private final Map<String, List<String>> written;
    private final SettingParser values;

    /**
     * Settings as they are written.
     *
     * @param prefix such as {@code crowdlab.datasets.sentiment}
     * @param written by the settings' names; of a map each text by the name of the map, a dot and its own
     * @param problems receives one sentence for each value that cannot be used
     */
    public Section(String prefix, Map<String, List<String>> written, List<String> problems) {
        this.prefix = prefix;
        this.written = new TreeMap<>(written);
        this.values = new SettingParser(prefix, problems);
    }

    /** Nothing is written, so that every default holds. */
    public static Section empty() {
        return new Section("", Map.of(), List.of());
    }

    /** The value of a setting that has a default, which also takes the place of a value that cannot be used. */
    public <T> T get(Setting<T> setting) {
        return find(setting).orElseGet(setting::standardValue);
    }

    /** The value, if there is one that can be used. */
    public <T> Optional<T> find(Setting<T> setting) {
        List<String> texts = written.get(setting.name());
        return texts == null ? Optional.empty() : setting.type().parser().parse(values, setting.name(), texts);
    }

    /** A text as it is written; null: it is not. */
    public @Nullable String text(Setting<?> setting) {
        List<String> texts = written.get(setting.name());
        return texts == null || texts.isEmpty() ? null : texts.get(0);
    }

    /** Whether the setting is written, in whatever way. */
    public boolean has(Setting<?> setting) {
        return written.containsKey(setting.name());
    }

    /** Whether a setting or one beside it is written. */
    public boolean hasBeside(Setting<?> setting) {
        String section = setting.name().substring(0, setting.name().lastIndexOf('.') + 1);
        return written.keySet().stream().anyMatch(other -> other.startsWith(section));
    }

    /** Whether nothing is written at all. */
    public boolean isEmpty() {
        return written.isEmpty();
    }

    /** The texts of a map, by their own names. */
    public Map<String, String> map(Setting<Map<String, String>> setting) {
        Map<String, String> texts = new TreeMap<>();
        String before = setting.name() + ".";
        written.forEach((name, text) -> {
            if (name.startsWith(before)) {
                texts.put(name.substring(before.length()), text.get(0));
            }
        });
        return texts;
    }

    /**
     * The same with another text of a setting.
     *
     * @param text null: it is not written
     */
    public Section with(Setting<?> setting, @Nullable String text) {
        Map<String, List<String>> other = new TreeMap<>(written);
        if (text == null) {
            other.remove(setting.name());
        } else {
            other.put(setting.name(), List.of(text));
        }
        return new Section(prefix, other, values.problems());
    }

    /** The same with a text of a setting that is not written. */
    public Section withUnlessWritten(Setting<?> setting, String text) {
        return has(setting) ? this : with(setting, text);
    }

    /** The same whose problems are collected elsewhere. */
    public Section reporting(List<String> problems) {
        return new Section(prefix, written, problems);
    }

    /** What parses and reports what no setting's type does. */
    public SettingParser values() {
        return values;
    }

    public void problem(Setting<?> setting, String sentence) {
        values.problem(setting.name(), sentence);
    }

    /** Begins each problem, before a dot and the setting's name. */
    public String prefix() {
        return prefix;
    }
}
