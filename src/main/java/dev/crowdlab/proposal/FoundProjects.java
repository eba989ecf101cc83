package dev.crowdlab.proposal;

import java.util.List;

/**
 * The projects of Label Studio in the database.
 *
 * @param choices their questions that take one choice, by project
 * @param unreadable projects whose labeling configuration is no XML
 * @param missingRights what the user must be granted before its tables can be read, such as {@code select (id) on
 *     public.task}; none if there are no such tables, or they can be read
 */
public record FoundProjects(List<FoundChoices> choices, List<Long> unreadable, List<String> missingRights) {

    /** There are none. */
    static final FoundProjects NONE = new FoundProjects(List.of(), List.of(), List.of());

    public FoundProjects {
        choices = List.copyOf(choices);
        unreadable = List.copyOf(unreadable);
        missingRights = List.copyOf(missingRights);
    }

    /** The number of questions for which a dataset can be proposed. */
    public long datasetCount() {
        return choices.stream().filter(FoundChoices::isComplete).count();
    }
}
