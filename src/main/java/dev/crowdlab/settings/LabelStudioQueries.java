package dev.crowdlab.settings;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The queries that read one choice of a project out of the tables of Label Studio. Annotations and predictions keep the
 * answers to all questions in one JSON array, an object for each, whose {@code from_name} says which question it
 * answers.
 *
 * @param schema where the tables are
 * @param project {@code project.id}
 * @param fromName the name of the {@code Choices} in the labeling configuration
 * @param annotator by which column of {@code htx_user} annotators are called
 * @param modelVersions the versions whose predictions count; empty: all
 */
record LabelStudioQueries(
        String schema, long project, String fromName, AnnotatorColumn annotator, List<String> modelVersions) {

    /** The column that names an annotator. */
    enum AnnotatorColumn {
        EMAIL,
        ID
    }

    /** No choice makes no label, one its text; several stay a JSON array, which is no class and is rejected as such. */
    private static final String LABEL = """
            case jsonb_array_length(r.choices) when 0 then null when 1 then r.choices ->> 0 else r.choices::text end as label""";

    private static final String MODEL = "coalesce(nullif(p.model_version, ''), 'default')";

    LabelStudioQueries {
        modelVersions = List.copyOf(modelVersions);
    }

    /** Reads every annotation that was neither skipped nor is ground truth, one row each. */
    String annotations() {
        boolean isEmail = annotator == AnnotatorColumn.EMAIL;
        return "select c.task_id as example_id, " + (isEmail ? "u.email" : "c.completed_by_id")
                + " as annotator_id,\n    "
                + LABEL + ",\n    c.created_at as annotated_at\n"
                + completions()
                + (isEmail ? "left join " + table("htx_user") + " u on u.id = c.completed_by_id\n" : "")
                + condition("c") + " and not c.was_cancelled and not c.ground_truth";
    }

    /** Reads the annotations that are ground truth. */
    String gold() {
        return "select c.task_id as example_id,\n    " + LABEL + "\n" + completions() + condition("c")
                + " and not c.was_cancelled and c.ground_truth";
    }

    /** Reads the newest prediction of each task and model version, one row for its class. */
    String predictions() {
        return "select distinct on (example_id, model) p.task_id as example_id, " + MODEL + " as model,\n    " + LABEL
                + ",\n    coalesce(" + firstScore() + "::float8, p.score) as probability\n"
                + "from " + table("prediction") + " p\n"
                + "join " + table("task") + " t on t.id = p.task_id\n"
                + choices("p")
                + condition("p") + " and jsonb_path_exists(p.result::jsonb, " + path("") + ")" + versions()
                + "\norder by example_id, model, p.created_at desc, p.id desc";
    }

    private String completions() {
        return "from " + table("task_completion") + " c\n"
                + "join " + table("task") + " t on t.id = c.task_id\n"
                + choices("c");
    }

    private String choices(String row) {
        return "cross join lateral (select jsonb_path_query_array(" + row + ".result::jsonb, "
                + path(".value.choices[*]") + ") as choices) r\n";
    }

    private String firstScore() {
        return "jsonb_path_query_first(p.result::jsonb, " + path(".score ? (@.type() == \"number\")") + ")";
    }

    /** The arguments for a path below the answers to the question; the name is made once for all rows. */
    private String path(String below) {
        return "'$[*] ? (@.from_name == $name)" + below + "', (select jsonb_build_object('name', " + literal(fromName)
                + "::text)), true";
    }

    private String condition(String row) {
        return "where t.project_id = " + project + " and " + row
                + ".created_at <= current_setting('crowdlab.as_of')::timestamptz";
    }

    private String versions() {
        return modelVersions.isEmpty()
                ? ""
                : "\n    and " + MODEL + " in ("
                        + modelVersions.stream()
                                .map(LabelStudioQueries::literal)
                                .collect(Collectors.joining(", "))
                        + ")";
    }

    private String table(String name) {
        return '"' + schema.replace("\"", "\"\"") + "\"." + name;
    }

    /** A text as SQL takes it, whatever {@code standard_conforming_strings} is. */
    private static String literal(String text) {
        String quoted = "'" + text.replace("'", "''") + "'";
        return text.contains("\\") ? "E" + quoted.replace("\\", "\\\\") : quoted;
    }
}
