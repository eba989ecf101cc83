package dev.crowdlab.cli.command;

import dev.crowdlab.init.FoundInput;
import dev.crowdlab.init.FoundProjects;
import dev.crowdlab.init.LeftOut;
import dev.crowdlab.text.Plural;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@code init} says about what it has found. */
final class InitSummary {

    private InitSummary() {}

    /** The end of a sentence about the file. */
    static String of(boolean isConnected, FoundInput input) {
        if (!isConnected) {
            return "with an example; with --spring.datasource.url=jdbc:postgresql://… it would have looked for tables";
        }
        FoundProjects projects = input.projects();
        if (projects.datasetCount() > 0) {
            return "with " + Plural.of(projects.datasetCount(), "dataset", "datasets") + " of Label Studio's projects"
                    + leftOut(projects) + "; check them, then call validate";
        }
        if (!projects.missingRights().isEmpty()) {
            return "without the projects of Label Studio: its tables are there, but this user may not read them, and lacks "
                    + String.join("; ", projects.missingRights())
                    + "; grant this, remove the file, and call init again";
        }
        return ofTables(input);
    }

    private static String ofTables(FoundInput input) {
        String others = leftOut(input.projects())
                + (input.leftOut().isEmpty()
                        ? ""
                        : ", without " + Plural.of(input.leftOut().size(), "other table", "other tables")
                                + " (the file says why)");
        if (input.annotations().isEmpty()) {
            return "in which you still have to describe a dataset: no table that this user may read has columns that"
                    + " look like an example, an annotator and a label" + others
                    + "; if there is one, grant usage on its schema and"
                    + " select on it, remove the file, and call init again";
        }
        String classes = input.needsClasses()
                ? " (list the classes in the file, without which it cannot read the predictions)"
                : "";
        String models = input.models().stream()
                .findFirst()
                .map(found -> ", and "
                        + Plural.of(found.names().size(), "column as a machine", "columns as machines")
                        + " (" + String.join(", ", found.names()) + ")")
                .orElse("");
        return "with queries for the tables that fit best" + models + others + "; check them" + classes
                + ", then call validate";
    }

    /** How many projects are left out, by the types of their questions. */
    private static String leftOut(FoundProjects projects) {
        if (projects.leftOut().isEmpty()) {
            return "";
        }
        Map<String, Long> counts = projects.leftOut().stream()
                .collect(Collectors.groupingBy(LeftOut::reason, TreeMap::new, Collectors.counting()));
        return ", without " + Plural.of(projects.leftOut().size(), "project", "projects")
                + " that cannot be read ("
                + counts.entrySet().stream()
                        .map(count -> count.getKey() + " " + count.getValue())
                        .collect(Collectors.joining("; "))
                + ")";
    }
}
