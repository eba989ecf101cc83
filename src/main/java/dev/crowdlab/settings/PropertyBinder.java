package dev.crowdlab.settings;

import dev.crowdlab.settings.WrittenSettings.Template;
import dev.crowdlab.settings.section.Section;
import dev.crowdlab.settings.section.Setting;
import dev.crowdlab.settings.section.SettingType.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds settings that are given by their full names, and reports unknown names. */
final class PropertyBinder {

    private static final String ROOT = WrittenSettings.ROOT + ".";
    private static final String DATASETS = WrittenSettings.DATASETS + ".";
    private static final String TEMPLATES = WrittenSettings.TEMPLATES + ".";

    /** The settings that are not found yet, by name; in lower case except for the names of datasets. */
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
            boolean isProject = settings < 0 || name.startsWith(WrittenSettings.PROJECTS.name() + ".", settings + 1);
            return isProject ? name : name.substring(0, settings) + KnownSettings.fold(name.substring(settings));
        }
        int kept = name.startsWith(DATASETS) ? name.indexOf('.', DATASETS.length()) : 0;
        return kept < 0 ? name : name.substring(0, kept) + KnownSettings.fold(name.substring(kept));
    }

    WrittenSettings bind() {
        Section program = section(WrittenSettings.ROOT, ProgramSetting.all());
        WrittenSettings written = new WrittenSettings(program, datasets(), templates(), problems);
        left.forEach((name, text) -> problems.add(name + ": "
                + (text.isEmpty()
                        ? "is empty; put settings below it or remove it"
                        : "'" + text + "' cannot be used here; see the settings in configuration.md")));
        return written;
    }

    private Section section(String prefix, List<Setting<?>> settings) {
        Map<String, List<String>> found = new TreeMap<>();
        for (Setting<?> setting : settings) {
            String name = prefix + "." + KnownSettings.fold(setting.name());
            if (setting.type().shape() == Shape.MAP) {
                below(name).forEach((key, text) -> found.put(setting.name() + "." + key, List.of(text)));
                continue;
            }
            List<String> texts = setting.type().shape() == Shape.LIST ? list(name) : one(name);
            if (texts != null) {
                found.put(setting.name(), texts);
            }
        }
        return new Section(prefix, found, problems);
    }

    private @Nullable List<String> one(String name) {
        String text = left.remove(name);
        return text == null ? null : List.of(text);
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

    private Map<String, Section> datasets() {
        List<String> names = sections(DATASETS);
        names.forEach(
                name -> DatasetName.problem(name).ifPresent(problem -> problems.add("crowdlab.datasets: " + problem)));
        return names.stream()
                .collect(Collectors.toMap(name -> name, name -> section(DATASETS + name, DatasetSetting.all())));
    }

    private Map<String, Template> templates() {
        return sections(TEMPLATES).stream()
                .collect(Collectors.toMap(
                        name -> name,
                        name -> new Template(
                                section(TEMPLATES + name, List.of(WrittenSettings.PROJECTS)),
                                section(
                                        TEMPLATES + name + "." + WrittenSettings.DATASET.name(),
                                        DatasetSetting.all()))));
    }

    /** Returns the names below a section that have settings. */
    private List<String> sections(String section) {
        return left.keySet().stream()
                .filter(name -> name.startsWith(section) && name.indexOf('.', section.length()) >= 0)
                .map(name -> name.substring(section.length(), name.indexOf('.', section.length())))
                .distinct()
                .toList();
    }

    /** Removes the settings below a name, and returns them by the rest of their names. */
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
