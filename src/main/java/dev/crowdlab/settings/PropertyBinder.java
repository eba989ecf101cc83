package dev.crowdlab.settings;

import dev.crowdlab.settings.RawSettings.RawDataset;
import dev.crowdlab.settings.RawSettings.RawTemplate;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Binds settings given by their full names to {@link RawSettings}, and reports unknown names. */
final class PropertyBinder {

    private static final String ROOT = "crowdlab.";
    private static final String DATASETS = ROOT + "datasets.";
    private static final String TEMPLATES = ROOT + "templates.";

    /** The settings that are not bound yet, by name; in lower case except for the names of datasets. */
    private final Map<String, String> left = new TreeMap<>();

    private final List<String> problems;

    PropertyBinder(Map<String, String> properties, List<String> problems) {
        this.problems = problems;
        KnownSettings known = new KnownSettings(List.of());
        properties.forEach((name, text) -> {
            if (name.startsWith(ROOT)) {
                List<String> words = Arrays.asList(name.replace("]", "").split("[.\\[]"));
                known.problem(words, section -> "correct its name or remove it")
                        .ifPresentOrElse(problems::add, () -> left.put(folded(name), text));
            }
        });
    }

    private static String folded(String name) {
        if (name.startsWith(TEMPLATES)) {
            int settings = name.indexOf('.', TEMPLATES.length());
            boolean isProject = settings < 0 || name.startsWith("projects.", settings + 1);
            return isProject ? name : name.substring(0, settings) + KnownSettings.fold(name.substring(settings));
        }
        int kept = name.startsWith(DATASETS) ? name.indexOf('.', DATASETS.length()) : 0;
        return kept < 0 ? name : name.substring(0, kept) + KnownSettings.fold(name.substring(kept));
    }

    RawSettings bind() {
        RawSettings bound = record(RawSettings.class, ROOT);
        left.forEach((name, text) -> problems.add(name + ": "
                + (text.isEmpty()
                        ? "is empty; put settings below it or remove it"
                        : "'" + text + "' cannot be used here; see the settings in configuration.md")));
        return bound;
    }

    private <R extends Record> R record(Class<R> type, String prefix) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int index = 0; index < components.length; index++) {
            values[index] = value(
                    components[index], prefix + components[index].getName().toLowerCase(Locale.ROOT));
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Object value(RecordComponent component, String name) {
        Class<?> type = component.getType();
        if (type.equals(List.class)) {
            return list(name);
        }
        if (!type.equals(Map.class) && !type.isRecord()) {
            return left.remove(name);
        }
        if (left.keySet().stream().noneMatch(other -> other.startsWith(name + "."))) {
            return null;
        }
        if (type.isRecord()) {
            return record(type.asSubclass(Record.class), name + ".");
        }
        String declared = component.getGenericType().getTypeName();
        if (declared.contains(RawTemplate.class.getName())) {
            return sections(TEMPLATES).stream()
                    .collect(Collectors.toMap(
                            template -> template, template -> record(RawTemplate.class, TEMPLATES + template + ".")));
        }
        return declared.contains(RawDataset.class.getName()) ? datasets() : below(name);
    }

    /** Returns the elements of a list, or of a comma-separated text. */
    private @Nullable List<String> list(String name) {
        String text = left.remove(name);
        if (text != null) {
            return text.isEmpty()
                    ? List.of()
                    : Arrays.stream(text.split(",")).map(String::strip).toList();
        }
        List<String> elements = new ArrayList<>();
        String element = left.remove(name + "[0]");
        while (element != null) {
            elements.add(element);
            element = left.remove(name + "[" + elements.size() + "]");
        }
        return elements.isEmpty() ? null : elements;
    }

    private Map<String, RawDataset> datasets() {
        List<String> names = sections(DATASETS);
        names.forEach(
                name -> DatasetName.problem(name).ifPresent(problem -> problems.add("crowdlab.datasets: " + problem)));
        return names.stream()
                .collect(Collectors.toMap(name -> name, name -> record(RawDataset.class, DATASETS + name + ".")));
    }

    /** Returns the names below a section that have settings. */
    private List<String> sections(String section) {
        return left.keySet().stream()
                .filter(name -> name.startsWith(section) && name.indexOf('.', section.length()) >= 0)
                .map(name -> name.substring(section.length(), name.indexOf('.', section.length())))
                .distinct()
                .toList();
    }

    /** Returns the settings below a name, by the rest of their names. */
    private Map<String, String> below(String name) {
        Map<String, String> below = new TreeMap<>();
        left.forEach((other, text) -> {
            if (other.startsWith(name + ".")) {
                below.put(other.substring(name.length() + 1), text);
            }
        });
        left.keySet().removeIf(other -> other.startsWith(name + "."));
        return below;
    }
}
