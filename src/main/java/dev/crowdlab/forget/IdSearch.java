package dev.crowdlab.forget;

import dev.crowdlab.forget.Subject.Kind;
import dev.crowdlab.postgres.TableDoor.Use;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds an id in everything that schema crowdlab stores for a dataset. */
final class IdSearch {

    /** A text that may mention the id, where it is, and the key by which an update finds it. */
    record Text(TextPlace place, long id, String part, String text) {}

    static final TextPlace RUN_CHECK = new TextPlace("run_check", """
            select t.run_id as id, t.code as part, t.message as text
            from crowdlab.run_check t
            join crowdlab.run r on r.run_id = t.run_id and r.dataset = :dataset""", """
            update crowdlab.run_check set message = :text where run_id = :id and code = :part""");

    /** The parts of these sentences. The id of an annotator stands there without the quotes that it has in a sentence. */
    static final TextPlace RUN_CHECK_PARTS = new TextPlace("run_check", """
            select t.run_id as id, t.code || ' ' || p.place - 1 || ' ' || k.key as part,
                case k.key when 'annotator' then '''' || k.value || '''' else k.value end as text
            from crowdlab.run_check t
            join crowdlab.run r on r.run_id = t.run_id and r.dataset = :dataset
            cross join lateral jsonb_array_elements(t.wording) with ordinality p (part, place)
            cross join lateral jsonb_each_text(p.part) k""", """
            update crowdlab.run_check
            set wording = jsonb_set(wording, array[split_part(:part, ' ', 2), split_part(:part, ' ', 3)], to_jsonb(
                case split_part(:part, ' ', 3)
                    when 'annotator' then substr(:text, 2, length(:text) - 2) else cast(:text as text) end))
            where run_id = :id and code = split_part(:part, ' ', 1)""");

    static final TextPlace REJECTED_ROW = new TextPlace("rejected_row", """
            select t.run_id as id, t.row_number::text as part, t.detail as text
            from crowdlab.rejected_row t
            join crowdlab.run r on r.run_id = t.run_id and r.dataset = :dataset""", """
            update crowdlab.rejected_row set detail = :text where run_id = :id and row_number = cast(:part as bigint)""");

    static final TextPlace SETTINGS = new TextPlace("run", """
            select r.run_id as id, s.key as part, s.value as text
            from crowdlab.run r
            cross join lateral jsonb_each_text(r.settings) s
            where r.dataset = :dataset and jsonb_typeof(r.settings -> s.key) = 'string'""", """
            update crowdlab.run set settings = jsonb_set(settings, array[:part], to_jsonb(cast(:text as text)))
            where run_id = :id""");

    private static final String DATASETS = """
            select dataset from crowdlab.run
            union select dataset from crowdlab.annotation
            union select dataset from crowdlab.prediction
            union select dataset from crowdlab.gold
            order by 1""";

    private final JdbcClient jdbc;
    private final RunTableWriter runTables;
    private final Subject subject;
    private final List<TextPlace> elsewhere;
    private final Mentions mentions;

    /**
     * @param session one connection, in a transaction for each search
     * @param elsewhere further texts that may mention the id
     */
    IdSearch(DataSource session, Subject subject, List<TextPlace> elsewhere) {
        jdbc = JdbcClient.create(session);
        runTables = new RunTableWriter(session);
        this.subject = subject;
        this.elsewhere = elsewhere;
        mentions = new Mentions(subject.id(), subject.id());
    }

    /** Names of all datasets that have runs or built-in input. */
    List<String> datasets() {
        return jdbc.sql(DATASETS).query((row, number) -> row.getString(1)).list();
    }

    /** Whether any row or text of the dataset contains the id. */
    boolean finds(String dataset) {
        return Stream.concat(ResultTableDefinitions.PARTITIONED.stream(), ResultTableDefinitions.SHARED.stream())
                        .anyMatch(definition -> !runs(definition, dataset).isEmpty())
                || inputTables().anyMatch(table -> isInInput(table, dataset))
                || Stream.concat(Stream.of(RUN_CHECK, RUN_CHECK_PARTS, REJECTED_ROW, SETTINGS), elsewhere.stream())
                        .anyMatch(place -> !texts(place, dataset).isEmpty());
    }

    /** The built-in tables that have ids of this kind. */
    Stream<String> inputTables() {
        return subject.kind() == Kind.EXAMPLE ? Stream.of("annotation", "prediction", "gold") : Stream.of("annotation");
    }

    private boolean isInInput(String table, String dataset) {
        return jdbc.sql("select exists (select from crowdlab." + table + " where dataset = ? and "
                        + subject.kind().column() + " = ?)")
                .params(dataset, subject.id())
                .query(Boolean.class)
                .single();
    }

    /** Returns the runs of a dataset whose rows in a table contain the id, by number. */
    List<Long> runs(ResultTableDefinition definition, String dataset) {
        List<String> columns = subject.kind().columns(definition);
        if (columns.isEmpty()) {
            return List.of();
        }
        if (definition.partitioned()) {
            return runTables.runs(definition, dataset).stream()
                    .filter(runId -> runTables.open(Use.READ, definition, runId))
                    .filter(runId -> jdbc.sql("select exists (select from " + definition.target(runId) + " where "
                                    + columns.get(0) + " = ?)")
                            .param(subject.id())
                            .query(Boolean.class)
                            .single())
                    .toList();
        }
        return jdbc.sql("select distinct t.run_id from crowdlab." + definition.name()
                        + " t join crowdlab.run r on r.run_id = t.run_id where r.dataset = ? and ? in (t."
                        + String.join(", t.", columns) + ") order by 1")
                .params(dataset, subject.id())
                .query((row, number) -> row.getLong(1))
                .list();
    }

    /** Returns the texts of a dataset that mention the id. */
    List<Text> texts(TextPlace place, String dataset) {
        return candidates(place, dataset).stream()
                .filter(text -> mentions.isIn(place, text.text()))
                .toList();
    }

    /** Returns the recorded settings of a dataset that have the id within a longer string. */
    List<Text> longerStrings(String dataset) {
        return candidates(SETTINGS, dataset).stream()
                .filter(text -> mentions.isWithinStringOf(text.text()))
                .toList();
    }

    private List<Text> candidates(TextPlace place, String dataset) {
        return jdbc.sql("select t.id, t.part, t.text from (" + place.texts()
                        + ") t where strpos(t.text, :id) > 0 or strpos(t.text, :quoted) > 0 order by 1, 2")
                .param("dataset", dataset)
                .param("id", subject.id())
                .param("quoted", Mentions.quoted(subject.id()))
                .query((row, number) ->
                        new Text(place, row.getLong("id"), row.getString("part"), row.getString("text")))
                .list();
    }
}
