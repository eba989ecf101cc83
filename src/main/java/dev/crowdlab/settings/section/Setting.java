package dev.crowdlab.settings.section;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One setting, from which follow how it is read and checked, the names that are known, what {@code config} shows, what a
 * report calls the default, what editors know of it, and its row in {@code configuration.md}.
 *
 * @param name below its section, such as {@code calibrate-predictions} or {@code retention.max-age}
 * @param type what it takes
 * @param standard its default as it would be written, a list's elements separated by commas; empty: it has none
 * @param otherwise what the page says of the default, if that is no value; empty: it has none
 * @param meaning what it is for, in the page's Markdown
 * @param traits what else there is to know
 */
public record Setting<T>(
        String name, SettingType<T> type, String standard, String otherwise, String meaning, Set<Trait> traits) {

    /** What some settings have in common. */
    public enum Trait {
        /** A query, which can be kept in a file, and in which a template's project is a literal. */
        QUERY,
        /** Belongs to a labeling tool as the source. */
        OF_SOURCE,
        /** A name of others, so that YAML must not change how it is written. */
        SPELLED
    }

    /** The set is copied. */
    public Setting {
        traits = Set.copyOf(traits);
    }

    private static <T> Setting<T> of(String name, SettingType<T> type, String standard, String meaning) {
        return new Setting<>(name, type, standard, "", meaning, Set.of());
    }

    public static Setting<Boolean> flag(String name, boolean standard, String meaning) {
        return of(name, SettingType.flag(), String.valueOf(standard), meaning);
    }

    public static <E extends Enum<E>> Setting<E> choice(String name, E standard, String meaning) {
        return of(name, SettingType.choice(standard.getDeclaringClass()), SettingParser.name(standard), meaning);
    }

    /** Several of the choices, none twice. */
    public static <E extends Enum<E>> Setting<List<E>> choices(String name, List<E> standard, String meaning) {
        return of(
                name,
                SettingType.choices(standard.get(0).getDeclaringClass()),
                standard.stream().map(SettingParser::name).collect(Collectors.joining(", ")),
                meaning);
    }

    public static Setting<Integer> integer(String name, int least, int greatest, String meaning) {
        return of(name, SettingType.integer(least, greatest), "", meaning);
    }

    /** A number greater than 0 and less than 1. */
    public static Setting<Double> fraction(String name, String meaning) {
        return of(name, SettingType.fraction(), "", meaning);
    }

    public static Setting<Duration> duration(String name, String meaning) {
        return of(name, SettingType.duration(), "", meaning);
    }

    public static Setting<String> text(String name, String meaning) {
        return of(name, SettingType.text(), "", meaning);
    }

    public static Setting<String> query(String name, String meaning) {
        return text(name, meaning).with(Trait.QUERY);
    }

    public static Setting<List<String>> texts(String name, String meaning) {
        return of(name, SettingType.texts(), "", meaning);
    }

    /** Texts by names that are not settings. */
    public static Setting<Map<String, String>> map(String name, String meaning) {
        return of(name, SettingType.map(), "", meaning);
    }

    /** The same with a default, as it would be written. */
    public Setting<T> or(String value) {
        return new Setting<>(name, type, value, otherwise, meaning, traits);
    }

    /** The same with words for what holds without it. */
    public Setting<T> orElse(String words) {
        return new Setting<>(name, type, standard, words, meaning, traits);
    }

    public Setting<T> with(Trait trait) {
        Set<Trait> more = EnumSet.of(trait);
        more.addAll(traits);
        return new Setting<>(name, type, standard, otherwise, meaning, more);
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** The default; only of a setting that has one. */
    public T standardValue() {
        List<String> problems = new ArrayList<>();
        List<String> written =
                type.shape() == SettingType.Shape.LIST ? List.of(standard.split(", ")) : List.of(standard);
        return type.parser()
                .parse(new SettingParser("default", problems), name, written)
                .orElseThrow(() -> new IllegalStateException(problems.toString()));
    }

    /** Its name among those that a run records. */
    public String recorded() {
        return name.replaceAll("[-.]", "_");
    }
}
