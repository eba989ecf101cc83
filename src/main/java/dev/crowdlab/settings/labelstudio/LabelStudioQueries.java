package dev.crowdlab.settings.labelstudio;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The queries that read the answers to one question of a project out of the tables of Label Studio. Annotations and predictions keep the
 * answers to all questions in one JSON array, an object for each, whose {@code from_name} says which question it
 * answers.
 *
 * @param schema where the tables are
 * @param project {@code project.id}
 * @param fromName the name of the question in the labeling configuration
 * @param annotator by which column of {@code htx_user} annotators are called
 * @param modelVersions the versions whose predictions count; empty: all
 * @param unscored what predictions without a score are
 */
// more components: one for each setting of the source
public record LabelStudioQueries(
        String schema,
        long project,
        String fromName,
        AnnotatorColumn annotator,
        List<String> modelVersions,
        UnscoredPredictions unscored) {

    /** The column that names an annotator. */
    public enum AnnotatorColumn {
        EMAIL,
        ID
    }

    /** What predictions without a score are taken for. */
    public enum UnscoredPredictions {
        /** Rows without a probability, which are rejected. */
        REJECT,
        /** Labels by machines that are called as their version. */
        MACHINES
    }

    /** The places of an answer to a part of the task: in a text or a sound, in a picture, among its items. */
    private static final String PLACES = "'start', 'x', 'points', 'vertices', 'rle', 'sequence', 'item_index'";

    private static final String MODEL = "coalesce(nullif(p.model_version, ''), 'default')";

    public LabelStudioQueries {
        modelVersions = List.copyOf(modelVersions);
    }

    private boolean areMachines() {
        return unscored == UnscoredPredictions.MACHINES;
    }

    /**
     * Reads every annotation that was neither skipped nor is ground truth, one row each; then the labels of machines if
     * they are wanted.
     */
    public String annotations() {
        return areMachines()
                ? people(",\n    'human' as annotator_kind")
                        + "\nunion all\nselect m.example_id, m.model, m.label, m.annotated_at, 'machine'\nfrom ("
                        + newest(", p.created_at as annotated_at")
                        + ") m\nwhere m.probability is null"
                : people("");
    }

    private String people(String kind) {
        boolean isEmail = annotator == AnnotatorColumn.EMAIL;
        String id = areMachines() ? "c.completed_by_id::text" : "c.completed_by_id";
        return "select c.task_id as example_id, " + (isEmail ? "u.email" : id)
                + " as annotator_id,\n    "
                + label("c") + ",\n    c.created_at as annotated_at" + kind + "\n"
                + completions()
                + (isEmail ? "left join " + table("htx_user") + " u on u.id = c.completed_by_id\n" : "")
                + condition("c") + " and not c.was_cancelled and not c.ground_truth";
    }

    /** Reads the annotations that are ground truth. */
    public String gold() {
        return "select c.task_id as example_id,\n    " + label("c") + "\n" + completions() + condition("c")
                + " and not c.was_cancelled and c.ground_truth";
    }

    /** Reads the newest prediction of each task and model version, one row for its class. */
    public String predictions() {
        return areMachines()
                ? "select m.example_id, m.model, m.label, m.probability\nfrom (" + newest("")
                        + ") m\nwhere m.probability is not null"
                : newest("");
    }

    private String newest(String time) {
        return "select distinct on (example_id, model) p.task_id as example_id, " + MODEL + " as model,\n    "
                + label("p")
                + ",\n    coalesce(" + firstScore() + "::float8, p.score) as probability" + time + "\n"
                + "from " + table("prediction") + " p\n"
                + "join " + table("task") + " t on t.id = p.task_id\n"
                + answers("p")
                + condition("p") + " and jsonb_path_exists(p.result::jsonb, " + path("") + ")" + versions()
                + "\norder by example_id, model, p.created_at desc, p.id desc";
    }

    private String completions() {
        return "from " + table("task_completion") + " c\n"
                + "join " + table("task") + " t on t.id = c.task_id\n"
                + answers("c");
    }

    /** Both are evaluated once for a row; answers of another type are looked for only where there are no choices. */
    private String answers(String row) {
        return "cross join lateral (select a.answers, coalesce(nullif(" + labels(LabelStudioType.CHOICES)
                + ", '[]'),\n    " + labels(LabelStudioType.RATING) + " || " + labels(LabelStudioType.PAIRWISE)
                + ") as labels\n    from (select jsonb_path_query_array(" + row + ".result::jsonb, " + path(".value")
                + ") as answers offset 0) a offset 0) r\n";
    }

    private static String labels(LabelStudioType type) {
        return "jsonb_path_query_array(a.answers, '$[*]." + type.key() + "[*]')";
    }

    /**
     * One choice is a label, no answer none. Several stay a JSON array, and an answer about a part of the task or of a
     * type that is not read makes a JSON object that names its type; both are no class and are rejected as such.
     */
    private String label(String row) {
        String otherType = Stream.of(LabelStudioType.values())
                .map(type -> "@ != \"" + type.type() + "\"")
                .collect(Collectors.joining(" && ", ".type ? (", ")"));
        return "case when jsonb_array_length(r.labels) = 0 then '{\"type\": ' || jsonb_path_query_first(" + row
                + ".result::jsonb, " + path(otherType) + ")::text || '}'\n"
                + "        when jsonb_exists_any(r.answers -> 0, array[" + PLACES
                + "]) then '{\"type\": \"perRegion or perItem\"}'\n"
                + "        when jsonb_array_length(r.labels) = 1 then r.labels ->> 0 else r.labels::text end as label";
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
