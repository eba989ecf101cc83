package dev.crowdlab.init;

import java.util.List;

/**
 * A question of a project of Label Studio that takes one answer for a task.
 *
 * @param schema where the tables are
 * @param project its number
 * @param title of the project; empty: it has none
 * @param fromName the name of the question
 * @param classes what annotations hold of it; empty: the tasks' data say it
 */
record FoundChoices(String schema, long project, String title, String fromName, List<String> classes) {

    FoundChoices {
        classes = List.copyOf(classes);
    }

    /** A project as it is named to people. */
    static String name(long project, String title) {
        return "project " + project + (title.isEmpty() ? "" : ", " + title);
    }

    /** Whether a dataset can be made of it. */
    boolean isComplete() {
        return classes.size() > 1;
    }
}
