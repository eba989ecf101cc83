package dev.crowdlab.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Rows;
import dev.crowdlab.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Datasets that come from queries over somebody else's tables. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SourceQueriesIT {

    private static final String WAREHOUSE = """
            create schema lab;
            create type lab.verdict as enum ('yes', 'unsure', 'no');
            create domain lab.share as numeric(20, 15) check (value between 0 and 1);
            create table lab.verdict_given (
                task_id bigint, worker uuid, verdict lab.verdict, given_at timestamptz, tags jsonb);
            create table lab.guess (task_id bigint, model varchar(20), verdict lab.verdict, likely lab.share);
            insert into lab.verdict_given
            select 9000000000 + t, ('00000000-0000-4000-8000-00000000000' || w)::uuid,
                (array['yes', 'no', 'unsure', 'yes', 'no'])[1 + (t * w + t) % 5]::lab.verdict,
                '2026-01-01Z'::timestamptz + t * interval '1 day', jsonb_build_object('task', t, 'worker' || w, 1)
            from generate_series(1, 40) t, generate_series(1, 4) w
            where (t + w) % 3 > 0;
            insert into lab.guess
            select 9000000000 + t, 'gpt', v, case when v = g then 0.7 else 0.15 end
            from generate_series(1, 45) t, unnest(enum_range(null::lab.verdict)) v,
                lateral (select (array['no', 'yes', 'unsure'])[1 + t % 3]::lab.verdict) as guessed (g);
            """;

    private static final String VERDICTS =
            "select task_id as example_id, worker as annotator_id, verdict as label, given_at as annotated_at"
                    + " from lab.verdict_given";
    private static final String GUESSES =
            "select task_id as example_id, model, verdict as label, likely as probability from lab.guess";
    private static final String GUESS_ARRAYS = "select task_id as example_id, model,"
            + " array_agg(likely::numeric order by verdict::text) as probabilities from lab.guess group by 1, 2";

    private static final List<String> ODD_IDS = List.of(
            "it's \"quoted\"",
            "tab\there",
            "new\nline",
            "carriage\r\nreturn",
            "back\\slash \\N \\t \\.",
            " blanks around ",
            "a,b;c|d",
            "? $1 :name {fn x} %s",
            "-- /* $$",
            "\u0001control\u007f",
            "Grüße, naïve café",
            "e\u0301 is not \u00e9",
            "\ufeffmark",
            "日本語",
            "👩‍🔬🏳️‍🌈",
            "x".repeat(1_000),
            "😀".repeat(250));

    private TestDatabase database;
    private JdbcClient jdbc;

    @BeforeAll
    void makeWarehouse() throws SQLException {
        database = TestDatabase.create();
        jdbc = JdbcClient.create(database.dataSource());
        jdbc.sql(WAREHOUSE).update();
        jdbc.sql("create view lab.verdicts as " + VERDICTS).update();
        jdbc.sql("create view lab.guesses as " + GUESSES).update();
        assertThat(Program.on(database).call("migrate").exitCode()).isZero();
    }

    @AfterAll
    void dropDatabase() {
        database.close();
    }

    @Test
    void numbersUuidsEnumsAndDomainsServeAsWellAsTexts() {
        jdbc.sql("""
                        insert into crowdlab.annotation (dataset, example_id, annotator_id, label, annotated_at)
                        select 'texts', task_id::text, worker::text, verdict::text, given_at from lab.verdict_given;
                        insert into crowdlab.prediction (dataset, model, example_id, label, probability)
                        select 'texts', model, task_id::text, verdict::text, likely from lab.guess""").update();
        Program program = Program.on(database);
        dataset(program, "rows", VERDICTS, GUESSES, "no", "unsure", "yes");
        dataset(program, "arrays", VERDICTS, GUESS_ARRAYS, "no", "unsure", "yes");
        dataset(program, "unnamed-classes", VERDICTS, GUESSES);
        publish(program, "rows", "arrays", "unnamed-classes", "texts");
        assertThat(digests("texts")).containsKeys("label_quality", "detailed_label_quality", "annotator_stats");
        assertThat(digests("rows")).isEqualTo(digests("texts"));
        assertThat(digests("arrays")).isEqualTo(digests("texts"));
        assertThat(digests("unnamed-classes")).isEqualTo(digests("texts"));
        assertThat(jdbc.sql(
                                "select distinct annotator_id from crowdlab_bi.annotator_stats where dataset = 'rows' order by 1")
                        .query(String.class)
                        .list())
                .hasSize(4)
                .startsWith("00000000-0000-4000-8000-000000000001");
        assertThat(run("rows"))
                .containsEntry("num_examples", 40L)
                .containsEntry("num_unlabeled", 5L)
                .containsEntry("num_rejected", 0L);
    }

    @Test
    void oneLabelWithAScoreIsSpreadAsIfTheQueryHadDoneIt() {
        String best = "select distinct on (task_id, model) task_id as example_id, model, verdict as label, likely as"
                + " probability from lab.guess order by task_id, model, likely desc";
        String byQuery =
                "select task_id as example_id, model, c as label, case when c = verdict::text then likely::float8 else"
                        + " (1 - likely::float8) / (cardinality(classes) - 1) end as probability"
                        + " from (select distinct on (task_id, model) * from lab.guess order by task_id, model, likely desc) top,"
                        + " (select current_setting('crowdlab.classes')::text[]) given (classes), unnest(classes) c";
        Program program = Program.on(database);
        dataset(program, "best", VERDICTS, best, "no", "unsure", "yes");
        dataset(program, "by-query", VERDICTS, byQuery, "no", "unsure", "yes");
        Program.Result refused = program.call("run", "--dataset", "best");
        assertThat(refused.exitCode()).as(refused.out()).isEqualTo(3);
        assertThat(refused.out())
                .contains(
                        "INCOMPLETE_PREDICTION 45 (only class 'yes' of 3 has a probability; on-incomplete-prediction: spread");
        program.with("crowdlab.datasets.best.on-incomplete-prediction", "spread");
        publish(program, "best", "by-query");
        assertThat(digests("best")).isEqualTo(digests("by-query"));
        assertThat(jdbc.sql(
                                "select settings ->> 'on_incomplete_prediction' from crowdlab.run order by run_id desc limit 1")
                        .query(String.class)
                        .single())
                .isEqualTo("reject");
    }

    @Test
    void theClassesArriveInAQueryAsTheyAreWritten() {
        Program program = Program.on(database);
        List<String> classes = List.of("a \"b\"", "c\\d", "e,{f}", " g ", "NULL");
        String classesQuery = "select c as example_id, w as annotator_id, c as label from"
                + " unnest(current_setting('crowdlab.classes')::text[]) c, generate_series(1, 2) w";
        program.with("crowdlab.datasets.classes.annotations-query", classesQuery);
        for (int label = 0; label < classes.size(); label++) {
            program.with("crowdlab.datasets.classes.classes[" + label + "]", classes.get(label));
        }
        program.with(
                "crowdlab.datasets.no-classes.annotations-query",
                "select c as example_id, w as annotator_id, c as label from unnest("
                        + " '{x,y}' || current_setting('crowdlab.classes')::text[]) c, generate_series(1, 2) w");
        publish(program, "classes", "no-classes");
        assertThat(labels("classes")).containsExactlyInAnyOrderElementsOf(classes);
        assertThat(labels("no-classes")).containsExactlyInAnyOrder("x", "y");
    }

    private List<String> labels(String dataset) {
        return jdbc.sql("select consensus_label from crowdlab_bi.label_quality where dataset = ?")
                .param(dataset)
                .query(String.class)
                .list();
    }

    @Test
    void idsAndLabelsComeOutByteForByte() throws SQLException {
        jdbc.sql("create table lab.odd (id text, who text, label text)").update();
        Rows rows = new Rows();
        for (String example : ODD_IDS) {
            for (int annotator = 0; annotator < ODD_IDS.size(); annotator++) {
                rows.add(example, ODD_IDS.get(annotator), annotator % 3 == 0 ? "né\t'in' \\ 👎" : "ja\n\"👍\"");
            }
        }
        rows.copyTo(database, "lab.odd");
        Program program = Program.on(database);
        dataset(
                program,
                "odd",
                "select id as example_id, who as annotator_id, label from lab.odd",
                "select distinct id as example_id, id as model, l as label, 0.5 as probability"
                        + " from lab.odd, (select distinct label from lab.odd) labels (l) where id = '日本語'");
        program.with("crowdlab.datasets.odd.on-missing-prediction", "uniform");
        publish(program, "odd");
        List<String> expected =
                ODD_IDS.stream().map(SourceQueriesIT::hex).sorted().toList();
        assertThat(hexes("select distinct example_id from crowdlab_bi.label_quality where dataset = 'odd'"))
                .isEqualTo(expected);
        assertThat(hexes("select distinct annotator_id from crowdlab_bi.annotator_stats where dataset = 'odd'"))
                .isEqualTo(expected);
        assertThat(jdbc.sql("""
                        select count(*) from crowdlab_bi.detailed_label_quality d
                        join lab.odd o on o.id = d.example_id and o.who = d.annotator_id and o.label = d.label
                        where d.dataset = 'odd'""").query(Integer.class).single()).isEqualTo(ODD_IDS.size() * ODD_IDS.size());
        assertThat(hexes("select distinct consensus_label from crowdlab_bi.label_quality where dataset = 'odd'"))
                .containsExactly(hex("ja\n\"👍\""));
        assertThat(hexes("select model from crowdlab.run_model join crowdlab.published_run using (run_id)"
                        + " where dataset = 'odd'"))
                .containsExactly(hex("日本語"));
    }

    @Test
    @Tag("slow")
    void semicolonsCommentsAndParenthesesDoNoHarm() {
        List<String> spellings = List.of(
                "%s",
                "%s;",
                "%s -- the end",
                "%s; -- don't stop",
                "%s /* ; */",
                "/* first */ %s ; /* it's over */ ;\n",
                "-- 'first\n%s\n-- last",
                "with q as (%s) select * from q where ';' = $$;$$ and '{fn x}' = '{fn x}' -- {d 'x'}",
                "(%s)",
                "(%s limit 1) union (%s)");
        Program program = Program.on(database);
        String[] names = new String[spellings.size()];
        for (int spelling = 0; spelling < names.length; spelling++) {
            names[spelling] = "spelling-" + spelling;
            dataset(
                    program,
                    names[spelling],
                    spellings.get(spelling).replace("%s", VERDICTS),
                    spellings.get(spelling).replace("%s", GUESSES));
        }
        dataset(program, "table-command", "table lab.verdicts", "table lab.guesses; -- all of it");
        publish(program, names);
        publish(program, "table-command");
        assertThat(digests("table-command")).isEqualTo(digests(names[0]));
        assertThat(names).allSatisfy(name -> assertThat(digests(name)).isEqualTo(digests(names[0])));
    }

    @Test
    void operatorsThatLookLikeParametersWork() {
        Program program = Program.on(database);
        dataset(
                program,
                "operators",
                VERDICTS + " where tags ? 'worker2' or tags ?| array['worker3']" + " or tags @? '$.worker4'",
                GUESSES);
        publish(program, "operators");
        assertThat(jdbc.sql(
                                "select annotator_id from crowdlab_bi.annotator_stats where dataset = 'operators' order by 1")
                        .query(String.class)
                        .list())
                .extracting(worker -> worker.substring(worker.length() - 1))
                .containsExactly("2", "3", "4");
    }

    @Test
    void queriesSeeTheMomentThatTheRunDescribes() {
        Program program = Program.on(database);
        dataset(
                program,
                "moment",
                VERDICTS + " where given_at < current_setting('crowdlab.as_of')::timestamptz",
                GUESSES);
        assertThat(program.call("run", "--dataset", "moment", "--as-of", "2026-01-11")
                        .exitCode())
                .isZero();
        assertThat(run("moment"))
                .containsEntry("num_examples", 9L)
                .containsEntry("num_unlabeled", 36L)
                .extractingByKey("as_of")
                .hasToString("2026-01-11 00:00:00.0");
        assertThat(program.call("run", "--dataset", "moment", "--as-of", "2026-01-11T02:00:00+01:00")
                        .exitCode())
                .isZero();
        assertThat(run("moment")).containsEntry("num_examples", 10L);
        publish(program, "moment");
        assertThat(run("moment")).containsEntry("num_examples", 40L);
    }

    @Test
    @Tag("slow")
    void idsDoNotDependOnTheServersSettings() throws SQLException {
        try (TestDatabase other = TestDatabase.create()) {
            JdbcClient client = JdbcClient.create(other.dataSource());
            Program program = Program.on(other);
            dataset(program, "formats", """
                    select '2026-03-01 12:00:00.5Z'::timestamptz + e * interval '1 day' as example_id,
                        0.1::float8 * a as annotator_id, '\\x00ff'::bytea as label, date '2026-03-05' as annotated_at
                    from generate_series(1, 5) e, generate_series(1, 3) a""", """
                    select '2026-03-01 12:00:00.5Z'::timestamptz + e * interval '1 day' as example_id,
                        interval '1 year 2 days' as model, label, 0.5 as probability
                    from generate_series(1, 5) e, (values ('\\x00ff'::bytea), ('\\x01')) v (label)""");
            assertThat(program.call("run").exitCode()).isZero();
            formatOtherwise(client);
            assertNothingNewIn(program, client);
            assertThat(client.sql("select count(distinct input_digest) || ' ' || count(distinct output_digest)"
                                    + " || ' ' || count(*) from crowdlab.run where status = 'PUBLISHED'")
                            .query(String.class)
                            .single())
                    .isEqualTo("1 2 2");
            assertThat(client.sql("select concat_ws(' ', example_id, annotator_id, label)"
                                    + " from crowdlab_bi.detailed_label_quality order by 1")
                            .query(String.class)
                            .list())
                    .hasSize(15)
                    .startsWith("2026-03-02 12:00:00.5+00 0.1 \\x00ff")
                    .contains("2026-03-06 12:00:00.5+00 0.30000000000000004 \\x00ff");
            assertThat(client.sql("select distinct model from crowdlab.run_model")
                            .query(String.class)
                            .list())
                    .containsExactly("1 year 2 days");
        }
    }

    /** Lets new sessions of the database write everything in another form. */
    private static void formatOtherwise(JdbcClient client) {
        for (String setting : List.of(
                "timezone = 'Asia/Tokyo'",
                "datestyle = 'German'",
                "intervalstyle = 'iso_8601'",
                "extra_float_digits = -3",
                "bytea_output = 'escape'")) {
            client.sql("do $$ begin execute format('alter database %I set " + setting.replace("'", "''")
                            + "', current_database()); end $$")
                    .update();
        }
    }

    /** Nor is there with the JVM in another time zone. */
    private static void assertNothingNewIn(Program program, JdbcClient client) {
        TimeZone zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
        try {
            assertThat(client.sql("select format('%s %s %s', '2026-03-01 12:00Z'::timestamptz, 0.1::float8 * 3,"
                                    + " interval '1 day')")
                            .query(String.class)
                            .single())
                    .isEqualTo("2026-03-01 21:00:00+09 0.3 P1D");
            assertThat(program.call("run").out()).contains("nothing new");
            assertThat(program.call("run", "--force").exitCode()).isZero();
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void theAnnotationsMayLiveInAnotherDatabase() throws SQLException {
        try (TestDatabase results = TestDatabase.create()) {
            JdbcClient client = JdbcClient.create(results.dataSource());
            assertThat(Program.on(results).call("migrate").exitCode()).isZero();
            new Rows()
                    .add("near", "e1", "a1", "yes", null)
                    .add("near", "e1", "a2", "no", null)
                    .copyTo(results, Rows.ANNOTATION);
            jdbc.sql("select count(*) from pg_namespace where nspname like 'crowdlab%'")
                    .query(Integer.class)
                    .single();
            Program program = Program.on(results)
                    .with("crowdlab.source.url", database.url())
                    .with("crowdlab.source.username", database.user())
                    .with("crowdlab.source.password", database.password());
            dataset(program, "far", VERDICTS, GUESSES);
            Program.Result run = program.call("run");
            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(client.sql("select dataset || ' ' || num_examples from crowdlab.run where status = 'PUBLISHED'"
                                    + " order by 1")
                            .query(String.class)
                            .list())
                    .containsExactly("far 40", "near 1");
            assertThat(jdbc.sql("select count(*) from crowdlab.run where dataset in ('far', 'near')")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
    }

    @Test
    @Tag("slow")
    void settingsComeFromAFileInTheWorkingDirectory(@TempDir Path directory) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("application.yml"), """
                spring.datasource:
                  url: %s
                  username: %s
                  password: "%s"
                crowdlab:
                  datasets:
                    from-file:
                      annotations-query: |
                        select task_id as example_id, worker as annotator_id,
                          verdict as label -- as it was given
                        from lab.verdict_given;
                      predictions-query: %s
                      classes: ["no", unsure, "yes"]
                      consensus-methods: [majority_vote]
                      checks: {max-rejected-share: 0.01, min-examples: 40}
                """.formatted(
                        database.url(), database.user(), database.password(), GUESSES));
        Program.Result result = Program.withoutDatabase().callInNewProcess(directory, "run", "--dataset", "from-file");
        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.out()).contains("from-file").contains("published");
        assertThat(jdbc.sql("select settings ->> 'consensus_methods' from crowdlab.run where dataset = 'from-file'")
                        .query(String.class)
                        .single())
                .contains("majority_vote")
                .doesNotContain("best_quality");
        assertThat(jdbc.sql("select threshold from crowdlab.run_check join crowdlab.run using (run_id)"
                                + " where dataset = 'from-file' and code = 'MIN_EXAMPLES'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(40);
    }

    @Test
    void classesThatYamlReadsAsBooleansAreRefused(@TempDir Path directory) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("application.yml"), "crowdlab.datasets.d.classes: [yes, no]\n");
        Program.Result result = Program.on(database).callInNewProcess(directory, "run");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).contains("crowdlab.datasets.d.classes[0]").contains("quote yes/no/true/false");
    }

    /** Gives a dataset its queries and, if any are named, its classes. */
    static void dataset(Program program, String name, String annotations, String predictions, String... classes) {
        String prefix = "crowdlab.datasets." + name + ".";
        program.with(prefix + "annotations-query", annotations).with(prefix + "predictions-query", predictions);
        for (int label = 0; label < classes.length; label++) {
            program.with(prefix + "classes[" + label + "]", classes[label]);
        }
    }

    private static void publish(Program program, String... datasets) {
        String[] words = IntStream.range(0, 2 * datasets.length + 1)
                .mapToObj(word -> word == 0 ? "run" : word % 2 == 1 ? "--dataset" : datasets[word / 2 - 1])
                .toArray(String[]::new);
        Program.Result run = program.call(words);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    private Map<String, String> digests(String dataset) {
        return jdbc
                .sql("select t.table_name, t.digest from crowdlab.run_table t join crowdlab.published_run p"
                        + " on p.run_id = t.run_id where p.dataset = ? and t.table_name <> 'run_check'")
                .param(dataset)
                .query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Map<String, Object> run(String dataset) {
        return jdbc.sql("select *, as_of at time zone 'UTC' as as_of from crowdlab_bi.run_history"
                        + " where dataset = ? and is_current")
                .param(dataset)
                .query()
                .singleRow();
    }

    private List<String> hexes(String query) {
        return jdbc.sql("select encode(convert_to(t, 'UTF8'), 'hex') from (" + query + ") q (t) order by 1")
                .query(String.class)
                .list();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
