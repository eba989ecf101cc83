package dev.crowdlab.proposal;

import java.util.List;

/**
 * A question of a project of Label Studio that takes one of several choices.
 *
 * @param schema where the tables are
 * @param project its number
 * @param title of the project, on one line; empty: it has none
 * @param fromName the name of the question
 * @param classes what annotations hold of it; empty: the tasks' data say it
 */
record FoundChoices(String schema, long project, String title, String fromName, List<String> classes) {

    FoundChoices {
        classes = List.copyOf(classes);
    }

    /** Whether a dataset can be made of it. */
    boolean isComplete() {
        return classes.size() > 1;
    }
}
