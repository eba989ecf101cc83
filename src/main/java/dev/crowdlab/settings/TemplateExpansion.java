package dev.crowdlab.settings;

import static dev.crowdlab.settings.DatasetSetting.ANNOTATIONS_QUERY;
import static dev.crowdlab.settings.DatasetSetting.EXAMPLE_URL;
import static dev.crowdlab.settings.DatasetSetting.PROJECT;
import static dev.crowdlab.settings.DatasetSetting.SOURCE;

import dev.crowdlab.settings.WrittenSettings.Template;
import dev.crowdlab.settings.section.Section;
import dev.crowdlab.settings.section.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes datasets of a template: for each project the same settings, with the project in its queries as a quoted
 * literal.
 */
final class TemplateExpansion {

    private static final String MARK = "{{project}}";

    /** What needs no escape within the quotes of a literal, whatever the server's settings are. */
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_.:/@ -]{1,200}");

    /** The mark within a longer text or name, where it would not be a literal of its own. */
    private static final Pattern WITHIN = Pattern.compile("['\"$\\w]\\{\\{project}}|\\{\\{project}}['\"$\\w]");

    private final Map<String, DatasetSettings> datasets;
    private final List<String> problems;

    /**
     * Adds to datasets that have settings of their own.
     *
     * @param datasets by name
     * @param problems receives a sentence for what cannot be used
     */
    TemplateExpansion(Map<String, DatasetSettings> datasets, List<String> problems) {
        this.datasets = datasets;
        this.problems = problems;
    }

    void add(String template, Template raw) {
        String prefix = WrittenSettings.TEMPLATES + "." + template;
        Map<String, String> projects = raw.projects().map(WrittenSettings.PROJECTS);
        if (projects.isEmpty() || raw.dataset().isEmpty()) {
            problems.add(prefix + ": needs projects, such as {sentiment: 12}, and dataset, the settings of each");
            return;
        }
        List<String> found = new ArrayList<>(); // the same for each project, but told once
        check(raw.dataset().reporting(found));
        if (found.isEmpty()) {
            projects.forEach((name, project) -> found.addAll(add(prefix, name, project, raw.dataset())));
        }
        found.stream().distinct().forEach(problems::add);
    }

    private List<String> add(String prefix, String name, String project, Section dataset) {
        String key = prefix + "." + WrittenSettings.PROJECTS.name() + "." + name + ": ";
        Optional<String> bad = DatasetName.problem(name);
        if (bad.isPresent()) {
            return List.of(prefix + "." + WrittenSettings.PROJECTS.name() + ": " + bad.get());
        }
        if (isTaken(name)) {
            return List.of(key + "another dataset has the same name, apart from case, _ or" + " -; rename one of them");
        }
        if (!VALUE.matcher(project).matches()) {
            return List.of(
                    key + "'" + project + "' cannot stand for a project; give letters, digits, blanks and _ . : / @ -");
        }
        List<String> sentences = new ArrayList<>();
        Section filled = dataset.reporting(sentences);
        for (Setting<?> query : DatasetSetting.queries()) {
            filled = filled.with(query, filled(dataset.text(query), "'" + project + "'"));
        }
        filled = filled.with(EXAMPLE_URL, filled(dataset.text(EXAMPLE_URL), ExampleSettings.encoded(project)));
        Section own = dataset.has(SOURCE) ? filled.with(PROJECT, project) : filled;
        datasets.put(name, new DatasetSettingsReader(name, own).read());
        return sentences;
    }

    private boolean isTaken(String name) {
        return datasets.keySet().stream()
                .anyMatch(other -> KnownSettings.fold(other).equals(KnownSettings.fold(name)));
    }

    private static void check(Section dataset) {
        String annotations = dataset.text(ANNOTATIONS_QUERY);
        if (dataset.has(SOURCE)) {
            checkProject(dataset);
        } else if (annotations == null || !annotations.contains(MARK)) {
            dataset.problem(
                    ANNOTATIONS_QUERY,
                    (annotations == null ? "is missing" : "does not contain " + MARK)
                            + "; every project would have the same rows");
        }
        DatasetSetting.queries().forEach(query -> checkQuery(dataset, query));
    }

    private static void checkProject(Section dataset) {
        String project = dataset.text(PROJECT);
        if (project != null && !project.strip().equals(MARK)) {
            dataset.problem(
                    PROJECT,
                    "is '" + project + "', so every project would have the same rows; write '" + MARK
                            + "', or leave it out");
        }
    }

    private static void checkQuery(Section dataset, Setting<?> setting) {
        String query = dataset.text(setting);
        if (query != null && WITHIN.matcher(query).find()) {
            dataset.problem(
                    setting,
                    "has " + MARK + " next to a quote or a letter; write it alone, as project_id = " + MARK
                            + ": it becomes a quoted text");
        }
    }

    private static @Nullable String filled(@Nullable String text, String project) {
        return text == null ? null : text.replace(MARK, project);
    }
}
