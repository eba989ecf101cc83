package dev.crowdlab.settings.section;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a setting takes.
 *
 * @param editor the Java type by which editors know it
 * @param shape how it is written
 * @param choices the allowed values; empty: there are too many to list
 * @param parser makes a value of what is written
 */
public record SettingType<T>(String editor, Shape shape, List<String> choices, Parser<T> parser) {

    /** How a setting is written. */
    public enum Shape {
        /** One text. */
        TEXT,
        /** Several texts, separated by commas or by their indexes. */
        LIST,
        /** Texts by names of their own. */
        MAP
    }

    /** Makes a value of what is written. */
    @FunctionalInterface
    public interface Parser<T> {

        /**
         * Reports what cannot be used.
         *
         * @param written the only text, or the elements of a list
         * @return empty if it was reported
         */
        Optional<T> parse(SettingParser values, String name, List<String> written);
    }

    /** The list is copied. */
    public SettingType {
        choices = List.copyOf(choices);
    }

    public static SettingType<Boolean> flag() {
        return single("java.lang.Boolean", List.of(), SettingParser::flag);
    }

    public static <E extends Enum<E>> SettingType<E> choice(Class<E> type) {
        return single("java.lang.String", namesOf(type), (values, name, text) -> values.choice(name, text, type));
    }

    public static SettingType<Integer> integer(int least, int greatest) {
        return single(
                "java.lang.Integer", List.of(), (values, name, text) -> values.integer(name, text, least, greatest)
                        .map(Math::toIntExact));
    }

    /** A number greater than 0 and less than 1. */
    public static SettingType<Double> fraction() {
        return single("java.lang.Double", List.of(), SettingParser::fraction);
    }

    public static SettingType<Duration> duration() {
        return single("java.time.Duration", List.of(), SettingParser::duration);
    }

    /**
     * A path.
     *
     * @param example shown to those who wrote none
     */
    public static SettingType<Path> path(String example) {
        return single("java.lang.String", List.of(), (values, name, text) -> values.path(name, text, example));
    }

    public static SettingType<String> text() {
        return single("java.lang.String", List.of(), (values, name, text) -> Optional.of(text));
    }

    /** A threshold, or one to warn and one to fail, which {@link CheckSettingsReader} reads. */
    public static SettingType<String> check() {
        return single("java.lang.Object", List.of(), (values, name, text) -> Optional.of(text));
    }

    public static SettingType<List<String>> texts() {
        return list(List.of(), (values, name, written) -> Optional.of(written));
    }

    public static SettingType<Map<String, String>> map() {
        return new SettingType<>(
                "java.util.Map<java.lang.String,java.lang.String>",
                Shape.MAP,
                List.of(),
                (values, name, written) -> Optional.empty());
    }

    /** At least one of the choices, none twice. */
    public static <E extends Enum<E>> SettingType<List<E>> choices(Class<E> type) {
        return list(namesOf(type), (values, name, written) -> {
            List<E> chosen = new ArrayList<>();
            for (int index = 0; index < written.size(); index++) {
                String key = name + "[" + index + "]";
                Optional<E> choice = values.choice(key, written.get(index), type);
                if (choice.isPresent() && chosen.contains(choice.get())) {
                    values.problem(key, "'" + written.get(index) + "' is listed twice; remove one of them");
                } else {
                    choice.ifPresent(chosen::add);
                }
            }
            if (written.isEmpty()) {
                values.problem(name, "is empty; name at least one of " + String.join(", ", namesOf(type)));
            }
            return chosen.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(chosen));
        });
    }

    /** Any of the choices; a list without elements means all of them. */
    public static <E extends Enum<E>> SettingType<List<E>> anyOf(Class<E> type) {
        return list(namesOf(type), (values, name, written) -> Optional.of(written.stream()
                        .flatMap(text -> values.choice(name, text, type).stream())
                        .toList())
                .filter(chosen -> !chosen.isEmpty()));
    }

    private static <T> SettingType<List<T>> list(List<String> choices, Parser<List<T>> parser) {
        return new SettingType<>("java.util.List<java.lang.String>", Shape.LIST, choices, parser);
    }

    private static <T> SettingType<T> single(String editor, List<String> choices, TextParser<T> parser) {
        return new SettingType<>(
                editor, Shape.TEXT, choices, (values, name, written) -> parser.parse(values, name, written.get(0)));
    }

    private static List<String> namesOf(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(SettingParser::name).toList();
    }

    @FunctionalInterface
    private interface TextParser<T> {
        Optional<T> parse(SettingParser values, String name, String text);
    }
}
