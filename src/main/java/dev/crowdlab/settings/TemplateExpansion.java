package dev.crowdlab.settings;

import dev.crowdlab.settings.RawSettings.RawDataset;
import dev.crowdlab.settings.RawSettings.RawTemplate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

    void add(String template, RawTemplate raw) {
        String prefix = "crowdlab.templates." + template;
        if (raw.projects() == null || raw.projects().isEmpty() || raw.dataset() == null) {
            problems.add(prefix + ": needs projects, such as {sentiment: 12}, and dataset, the settings of each");
            return;
        }
        Set<String> found = new LinkedHashSet<>(); // the same for each project, but told once
        if (check(prefix + ".dataset", raw.dataset(), found)) {
            new TreeMap<>(raw.projects())
                    .forEach((name, project) -> found.addAll(add(prefix, name, project, raw.dataset())));
        }
        problems.addAll(found);
    }

    private List<String> add(String prefix, String name, String project, RawDataset raw) {
        String key = prefix + ".projects." + name + ": ";
        Optional<String> bad = DatasetName.problem(name);
        if (bad.isPresent()) {
            return List.of(prefix + ".projects: " + bad.get());
        }
        if (isTaken(name)) {
            return List.of(key + "another dataset has the same name, apart from case, _ or" + " -; rename one of them");
        }
        if (!VALUE.matcher(project).matches()) {
            return List.of(
                    key + "'" + project + "' cannot stand for a project; give letters, digits, blanks and _ . : / @ -");
        }
        List<String> sentences = new ArrayList<>();
        RawDataset filled = raw.withQueries(
                        filled(raw.annotationsQuery(), project),
                        filled(raw.predictionsQuery(), project),
                        filled(raw.goldQuery(), project))
                .withExamples(filledAddress(raw.exampleUrl(), project), filled(raw.exampleTextQuery(), project));
        RawDataset own = raw.source() == null ? filled : filled.withProject(project);
        datasets.put(name, new DatasetSettingsReader(name, prefix + ".dataset", own, sentences).read());
        return sentences;
    }

    private boolean isTaken(String name) {
        return datasets.keySet().stream()
                .anyMatch(other -> KnownSettings.fold(other).equals(KnownSettings.fold(name)));
    }

    private static boolean check(String prefix, RawDataset raw, Set<String> found) {
        String annotations = raw.annotationsQuery();
        if (raw.source() != null) {
            checkProject(prefix, raw, found);
        } else if (annotations == null || !annotations.contains(MARK)) {
            found.add(prefix + ".annotations-query: "
                    + (annotations == null ? "is missing" : "does not contain " + MARK)
                    + "; every project would have the same rows");
        }
        check(prefix + ".annotations-query", annotations, found);
        check(prefix + ".predictions-query", raw.predictionsQuery(), found);
        check(prefix + ".gold-query", raw.goldQuery(), found);
        check(prefix + ".example-text-query", raw.exampleTextQuery(), found);
        return found.isEmpty();
    }

    private static void checkProject(String prefix, RawDataset raw, Set<String> found) {
        if (raw.project() != null && !raw.project().strip().equals(MARK)) {
            found.add(prefix + ".project: is '" + raw.project()
                    + "', so every project would have the same rows; write '" + MARK + "', or leave it out");
        }
    }

    private static void check(String setting, @Nullable String query, Set<String> found) {
        if (query != null && WITHIN.matcher(query).find()) {
            found.add(setting + ": has " + MARK + " next to a quote or a letter; write it alone, as project_id = "
                    + MARK + ": it becomes a quoted text");
        }
    }

    private static @Nullable String filled(@Nullable String query, String project) {
        return query == null ? null : query.replace(MARK, "'" + project + "'");
    }

    private static @Nullable String filledAddress(@Nullable String url, String project) {
        return url == null ? null : url.replace(MARK, ExampleSettings.encoded(project));
    }
}
