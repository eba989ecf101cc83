package dev.crowdlab.proposal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The lines of a file that make datasets of the projects of Label Studio. */
final class ProposedProjects {

    private static final int MAX = 200;

    private final List<String> lines = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private ProposedProjects() {}

    static List<String> lines(FoundProjects found) {
        ProposedProjects proposed = new ProposedProjects();
        proposed.lines.addAll(List.of(
                "",
                "# The tables of Label Studio are here: a dataset for each question of a project that takes one choice, with the choices",
                "# of its labeling configuration as classes.",
                "crowdlab:",
                "  datasets:"));
        found.choices().stream().limit(MAX).forEach(choices -> proposed.add(choices, found));
        if (found.choices().size() > MAX) {
            proposed.lines.add("    # There are " + (found.choices().size() - MAX) + " more.");
        }
        if (!found.unreadable().isEmpty()) {
            proposed.lines.add("    # The labeling configurations of these projects cannot be read: "
                    + found.unreadable().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return proposed.lines;
    }

    private void add(FoundChoices choices, FoundProjects found) {
        lines.add("    # Project " + choices.project()
                + (choices.title().isEmpty() ? "" : ", " + choices.title())
                + (choices.isComplete() ? "" : "; its choices are in the tasks' data: list them as classes"));
        String begin = choices.isComplete() ? "    " : "    # ";
        lines.add(begin + FileText.quoted(name(choices, found)) + ":");
        lines.add(begin + "  source: label-studio");
        lines.add(begin + "  project: " + choices.project());
        lines.add(begin + "  from-name: " + FileText.quoted(choices.fromName()));
        if (!choices.schema().equals("public")) {
            lines.add(begin + "  schema: " + FileText.quoted(choices.schema()));
        }
        lines.add(begin + "  classes: ["
                + choices.classes().stream().map(FileText::quoted).collect(Collectors.joining(", "))
                + "]");
    }

    /** The project's, and if it has several questions that of the question, too. */
    private String name(FoundChoices choices, FoundProjects found) {
        boolean isOnly = found.choices().stream()
                        .filter(other -> other.project() == choices.project())
                        .count()
                == 1;
        String question = choices.fromName()
                .replaceAll("[^A-Za-z0-9]+", " ")
                .strip()
                .replace(' ', '-')
                .toLowerCase(Locale.ROOT);
        String name = "project-" + choices.project()
                + (isOnly ? "" : "-" + question.substring(0, Math.min(question.length(), 60)));
        String unique = name;
        for (int number = 2; !names.add(unique.replace("-", "")); number++) {
            unique = name + "-" + number;
        }
        return unique;
    }
}
