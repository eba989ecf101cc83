package dev.crowdlab.init;

import java.util.List;

/**
 * The projects of Label Studio in the database.
 *
 * @param choices their questions that take one answer, by project
 * @param leftOut projects without such a question
 * @param otherQuestions projects that have such questions and others
 * @param missingRights what the user must be granted before its tables can be read, such as {@code select (id) on
 *     public.task}; none if there are no such tables, or they can be read
 */
public record FoundProjects(
        List<FoundChoices> choices, List<LeftOut> leftOut, List<LeftOut> otherQuestions, List<String> missingRights) {

    /** There are none. */
    static final FoundProjects NONE = new FoundProjects(List.of(), List.of(), List.of(), List.of());

    public FoundProjects {
        choices = List.copyOf(choices);
        leftOut = List.copyOf(leftOut);
        otherQuestions = List.copyOf(otherQuestions);
        missingRights = List.copyOf(missingRights);
    }

    /** Whether the source for Label Studio reads the table of this name, with its schema. */
    boolean readsTable(String name) {
        return choices.stream()
                .map(FoundChoices::schema)
                .distinct()
                .anyMatch(schema -> LabelStudioFinder.TABLES.keySet().stream()
                        .anyMatch(table -> name.equals(FoundTable.quoted(schema) + "." + table)));
    }

    /** The number of questions for which a dataset can be proposed. */
    public long datasetCount() {
        return choices.stream().filter(FoundChoices::isComplete).count();
    }
}
