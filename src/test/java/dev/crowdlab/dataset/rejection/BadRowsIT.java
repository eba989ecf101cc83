package dev.crowdlab.dataset.rejection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Rows;
import dev.crowdlab.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows that cannot be used are refused one by one, with the reason; the rest of the dataset is analyzed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRowsIT {

    private static final String LONG_ID = "x".repeat(1_001);
    private static final String LONG_ACCENTS = "e" + "\u00e9".repeat(500);
    private static final String LONG_LABEL = "z".repeat(251);
    private static final String EARLY = "2026-01-01 00:00:00Z";
    private static final String LATE = "2026-01-02 00:00:00Z";

    private static final String SAME_TIME =
            "the annotator gave this example different labels at the deciding annotated_at";
    private static final String NO_TIME =
            "the annotator gave this example different labels, and an annotated_at is null";
    private static final String SUPERSEDED = "another annotated_at of this annotator and example decides";

    private final List<RefusedRow> expected = new ArrayList<>();
    private final List<Object[]> annotations = new ArrayList<>();
    private final List<Object[]> predictions = new ArrayList<>();
    private TestDatabase database;
    private JdbcClient jdbc;
    private Program.Result run;

    /** A row of rejected_row without its number. */
    record RefusedRow(
            String source,
            @Nullable String example,
            @Nullable String annotator,
            @Nullable String model,
            @Nullable String label,
            RejectionReason reason,
            String detail) {

        /** By content: source, ids, label, reason; null last. */
        static Comparator<RefusedRow> order() {
            return Comparator.comparing(RefusedRow::source)
                    .thenComparing(nullsLast(RefusedRow::example))
                    .thenComparing(nullsLast(RefusedRow::annotator))
                    .thenComparing(nullsLast(RefusedRow::model))
                    .thenComparing(nullsLast(RefusedRow::label))
                    .thenComparing(RefusedRow::reason)
                    .thenComparing(RefusedRow::detail);
        }

        private static Comparator<RefusedRow> nullsLast(Function<RefusedRow, @Nullable String> column) {
            return Comparator.comparing(column, Comparator.nullsLast(Comparator.naturalOrder()));
        }
    }

    @BeforeAll
    void runOneNight() throws SQLException {
        database = TestDatabase.create();
        jdbc = JdbcClient.create(database.dataSource());
        assertThat(Program.on(database).call("migrate").exitCode()).isZero();
        goodRows();
        badAnnotations();
        badPredictions();
        load("bad", new Random(1));
        load("shuffled", new Random(2));
        Program program = Program.on(database);
        for (String dataset : List.of("bad", "shuffled")) {
            classes(program, dataset, "a", "b", "c").with(key(dataset, "checks.max-rejected-share"), "1");
        }
        arrays(program);
        twoModels(program);
        hopeless(program);
        run = program.call("run", "--parallel", "2");
    }

    @AfterAll
    void dropDatabase() {
        database.close();
    }

    private void goodRows() {
        for (int example = 1; example <= 4; example++) {
            for (int annotator = 1; annotator <= 3; annotator++) {
                annotate("g" + example, "w" + annotator, example == 4 && annotator == 3 ? "b" : "a", LATE);
            }
            predict("g" + example, 0.6, 0.3, 0.1);
        }
        annotate("g3", "w1", "a", null); // the same label again, though without a time: collapses
        annotate("g3", "w1", "a", LATE);
        annotate("near", "w1", "b", null);
        predict("near", 0, 1 + 9e-7, 0); // out of range by a rounding error
        annotate("sum", "w2", "b", null);
        predict("sum", 0.2, 0.6, 0.2005); // mended
        predict("unlabeled", 0.2, 0.6, 0.2);
    }

    private void badAnnotations() {
        refuseAnnotation(null, "w1", "a", RejectionReason.MISSING_ID, "example_id is null");
        refuseAnnotation("", "", "a", RejectionReason.MISSING_ID, "example_id is empty, annotator_id is empty");
        refuseAnnotation("g1", null, null, RejectionReason.MISSING_ID, "annotator_id is null");
        annotate(LONG_ID, "w1", "a", null);
        refuse(
                "annotation",
                LONG_ID.substring(1),
                "w1",
                "a",
                RejectionReason.TOO_LONG,
                tooLong("example_id", 1_001, 1_000));
        annotate("g1", LONG_ACCENTS, null, null);
        refuse(
                "annotation",
                "g1",
                LONG_ACCENTS.substring(0, 500),
                null,
                RejectionReason.TOO_LONG,
                tooLong("annotator_id", 1_001, 1_000));
        refuseAnnotation("g1", "w8", LONG_LABEL, RejectionReason.TOO_LONG, tooLong("label", 251, 250));
        refuseAnnotation("g1", "w8", null, RejectionReason.MISSING_LABEL, "label is null");
        refuseAnnotation("g1", "w8", "", RejectionReason.MISSING_LABEL, "label is empty");
        refuseAnnotation(
                "g1",
                "w8",
                "A",
                RejectionReason.UNKNOWN_LABEL,
                "label 'A' is not one of the dataset's classes, it differs from 'a' in case or blanks alone; did you mean"
                        + " 'a'?");
        refuseAnnotation(
                "g1",
                "w8",
                "zebra",
                RejectionReason.UNKNOWN_LABEL,
                "label 'zebra' is not one of the dataset's classes");
        conflicts();
        refuseAnnotation(
                "unpredicted", "w1", "a", RejectionReason.NO_PREDICTION, "the example has no usable prediction");
        refuseAnnotation(
                "unpredicted", "w2", "b", RejectionReason.NO_PREDICTION, "the example has no usable prediction");
    }

    private void conflicts() {
        annotate("same-time", "w1", "a", LATE);
        annotate("same-time", "w1", "b", LATE);
        annotate("same-time", "w1", "c", EARLY);
        annotate("no-time", "w1", "a", LATE);
        annotate("no-time", "w1", "b", null);
        for (String label : List.of("a", "b", "c")) {
            refuse("annotation", "same-time", "w1", label, RejectionReason.CONFLICTING_ANNOTATION, SAME_TIME);
        }
        for (String label : List.of("a", "b")) {
            refuse("annotation", "no-time", "w1", label, RejectionReason.CONFLICTING_ANNOTATION, NO_TIME);
        }
        predict("same-time", 0.6, 0.3, 0.1);
        annotate("g2", "w9", "c", EARLY);
        annotate("g2", "w9", "b", LATE);
        annotate("g2", "w9", "b", LATE); // collapses
        refuse("annotation", "g2", "w9", "c", RejectionReason.SUPERSEDED_ANNOTATION, SUPERSEDED);
    }

    private void badPredictions() {
        predictions.add(new Object[] {"default", null, "a", 1});
        refused(null, "default", "a", RejectionReason.MISSING_ID, "example_id is null");
        predictions.add(new Object[] {null, "", "", 1});
        refused("", null, "", RejectionReason.MISSING_ID, "example_id is empty, model is null");
        predictions.add(new Object[] {"", "g1", "a", 1});
        refused("g1", "", "a", RejectionReason.MISSING_ID, "model is empty");
        predictions.add(new Object[] {null, "g1", "a", 1});
        refused("g1", null, "a", RejectionReason.MISSING_ID, "model is null");
        predictions.add(new Object[] {LONG_ID, "g1", "a", 1});
        refused("g1", LONG_ID.substring(1), "a", RejectionReason.TOO_LONG, tooLong("model", 1_001, 1_000));
        refuseWhole("p-label-long", LONG_LABEL, 0.5, RejectionReason.TOO_LONG, tooLong("label", 251, 250));
        refuseWhole("p-label-null", null, 0.5, RejectionReason.MISSING_LABEL, "label is missing");
        refuseWhole(
                "p-unknown", "d", 0, RejectionReason.UNKNOWN_LABEL, "label 'd' is not one of the dataset's classes");
        refuseWhole("p-null", "c", null, RejectionReason.BAD_PROBABILITY, probability("null"));
        refuseWhole("p-nan", "c", "NaN", RejectionReason.BAD_PROBABILITY, probability("NaN"));
        refuseWhole("p-infinite", "c", "Infinity", RejectionReason.BAD_PROBABILITY, probability("Infinity"));
        refuseWhole("p-over", "c", 1.1, RejectionReason.BAD_PROBABILITY, probability("1.1"));
        refuseWhole("p-under", "c", -2e-6, RejectionReason.BAD_PROBABILITY, probability("-2.0E-6"));
        refuseWhole(
                "p-twice",
                "b",
                0.5,
                RejectionReason.DUPLICATE_PREDICTION,
                "class 'b' has more than one probability, 0.5 and 0.5");
        refuseWhole("p-sum", "c", 0.002, RejectionReason.PROBABILITY_SUM, "the probabilities sum to 1.002, not to 1");
        predictions.add(new Object[] {"default", "p-incomplete", "a", 0.5});
        predictions.add(new Object[] {"default", "p-incomplete", "c", 0.5});
        refused("p-incomplete", "default", "a", RejectionReason.INCOMPLETE_PREDICTION, "class 'b' has no probability");
        refused("p-incomplete", "default", "c", RejectionReason.INCOMPLETE_PREDICTION, "class 'b' has no probability");
        refuseAnnotation(
                "p-incomplete", "w1", "a", RejectionReason.NO_PREDICTION, "the example has no usable prediction");
    }

    private static String tooLong(String column, int length, int allowed) {
        return column + " has " + length + " bytes, at most " + allowed + " are allowed";
    }

    private static String probability(String value) {
        return "probability of class 'c' is " + value + ", not between 0 and 1";
    }

    /** Predicts 0.5 for a and b, and one more row that spoils the prediction. */
    private void refuseWhole(
            String example,
            @Nullable String label,
            @Nullable Object probability,
            RejectionReason reason,
            String detail) {
        predictions.add(new Object[] {"default", example, "a", 0.5});
        predictions.add(new Object[] {"default", example, "b", 0.5});
        predictions.add(new Object[] {"default", example, label, probability});
        refused(example, "default", "a", reason, detail);
        refused(example, "default", "b", reason, detail);
        refused(example, "default", label, reason, detail);
    }

    private void refuseAnnotation(
            @Nullable String example,
            @Nullable String annotator,
            @Nullable String label,
            RejectionReason reason,
            String detail) {
        annotate(example, annotator, label, null);
        refuse("annotation", example, annotator, label, reason, detail);
    }

    private void annotate(
            @Nullable String example, @Nullable String annotator, @Nullable String label, @Nullable String time) {
        annotations.add(new Object[] {example, annotator, label, time});
    }

    private void predict(String example, double... probabilities) {
        for (int label = 0; label < probabilities.length; label++) {
            predictions.add(new Object[] {"default", example, "abc".substring(label, label + 1), probabilities[label]});
        }
    }

    private void refuse(
            String source,
            @Nullable String example,
            @Nullable String annotator,
            @Nullable String label,
            RejectionReason reason,
            String detail) {
        String model = reason == RejectionReason.NO_PREDICTION ? "default" : null;
        expected.add(new RefusedRow(source, example, annotator, model, label, reason, detail));
    }

    private void refused(
            @Nullable String example,
            @Nullable String model,
            @Nullable String label,
            RejectionReason reason,
            String detail) {
        expected.add(new RefusedRow("prediction", example, null, model, label, reason, detail));
    }

    private void load(String dataset, Random random) throws SQLException {
        Rows annotationRows = new Rows();
        annotations.forEach(row -> annotationRows.add(dataset, row[0], row[1], row[2], row[3]));
        annotationRows.shuffle(random).copyTo(database, Rows.ANNOTATION);
        Rows predictionRows = new Rows();
        predictions.forEach(row -> predictionRows.add(dataset, row[0], row[1], row[2], row[3]));
        predictionRows.shuffle(random).copyTo(database, Rows.PREDICTION);
    }

    private void arrays(Program program) {
        jdbc.sql("""
                        create table votes (example_id text, annotator_id text, label text);
                        create table arrays (example_id text, probabilities float8[]);
                        insert into votes select e, a, 'a' from (values ('e1'), ('e2')) e (e), (values ('x'), ('y')) a (a);
                        insert into arrays values ('e1', '{0.7, 0.3}'), ('e2', '{0.6, 0.4}'), ('null', null),
                            ('null-inside', '{0.5, null}'), ('nan', '{NaN, 0.5}'), ('empty', '{}'), ('short', '{1}'),
                            ('long', '{0.2, 0.3, 0.5}'), ('twice', '{0.5, 0.5}'), ('twice', '{0.5, 0.5}'),
                            ('sum', '{0.5, 0.25}'), (null, '{0.5, 0.5}')""").update();
        classes(program, "arrays", "a", "b")
                .with(key("arrays", "annotations-query"), "select * from votes")
                .with(key("arrays", "predictions-query"), "select * from arrays")
                .with(key("arrays", "checks.max-rejected-share"), "1");
    }

    private void twoModels(Program program) throws SQLException {
        Rows annotationRows = new Rows();
        Rows predictionRows = new Rows();
        for (String example : List.of("both", "one", "spoilt")) {
            annotationRows.add("models", example, "w1", "a", null).add("models", example, "w2", "a", null);
            predictionRows.add("models", "m1", example, "a", 0.5).add("models", "m1", example, "b", 0.5);
        }
        predictionRows.add("models", "m2", "both", "a", 0.5).add("models", "m2", "both", "b", 0.5);
        predictionRows.add("models", "m2", "spoilt", "a", 0.5).add("models", "m2", "spoilt", "b", 0.25);
        annotationRows.copyTo(database, Rows.ANNOTATION);
        predictionRows.copyTo(database, Rows.PREDICTION);
        program.with(key("models", "checks.max-rejected-share"), "1");
    }

    /** Datasets that fail, each for another reason. */
    private void hopeless(Program program) throws SQLException {
        new Rows()
                .add("f-conflict", "e1", "w1", "a", EARLY)
                .add("f-conflict", "e1", "w1", "b", LATE)
                .add("f-lonely", "e1", "w1", "a", null)
                .add("f-lonely", "e2", "w2", "b", null)
                .add("f-missing", "e1", "w1", "a", null)
                .add("f-missing", "e1", "w2", "b", null)
                .add("f-one-class", "e1", "w1", "a", null)
                .add("f-one-class", "e1", "w2", "a", null)
                .copyTo(database, Rows.ANNOTATION);
        program.with(key("f-conflict", "on-duplicate-annotation"), "fail")
                .with(key("f-missing", "on-missing-prediction"), "fail")
                .with(
                        key("f-poison", "annotations-query"),
                        "select example_id, annotator_id, (100 / (length(example_id) - 2))::text as label from votes");
    }

    private static String key(String dataset, String setting) {
        return "crowdlab.datasets." + dataset + "." + setting;
    }

    private static Program classes(Program program, String dataset, String... classes) {
        for (int label = 0; label < classes.length; label++) {
            program.with(key(dataset, "classes[" + label + "]"), classes[label]);
        }
        return program;
    }

    @Test
    void everyRefusedRowIsToldWithItsReason() {
        assertThat(expected.stream().map(RefusedRow::reason))
                .containsAll(EnumSet.complementOf(EnumSet.of(
                        RejectionReason.UNKNOWN_KIND,
                        RejectionReason.CONFLICTING_KIND,
                        RejectionReason.ONLY_ABSTENTIONS, // nobody abstains here
                        RejectionReason.CONFLICTING_GOLD,
                        RejectionReason.NOT_ANNOTATED)));
        assertThat(refusedRows("bad"))
                .containsExactlyElementsOf(
                        expected.stream().sorted(RefusedRow.order()).toList());
    }

    @Test
    void refusedRowsAreNumberedByTheirContent() {
        for (String dataset : List.of("bad", "shuffled")) {
            assertThat(jdbc.sql("select row_number from crowdlab.rejected_row where run_id = ? order by row_number")
                            .param(runId(dataset))
                            .query(Integer.class)
                            .list())
                    .startsWith(1, 2)
                    .endsWith(expected.size());
        }
        assertThat(refusedRows("shuffled")).isNotEmpty().isEqualTo(refusedRows("bad"));
    }

    @Test
    void theOrderOfArrivalChangesNothing() {
        String digests =
                "select string_agg(table_name || ' ' || row_count || ' ' || digest, e'\\n' order by table_name)"
                        + " from crowdlab.run_table where run_id = ?";
        String bad = jdbc.sql(digests).param(runId("bad")).query(String.class).single();
        assertThat(bad).contains("label_quality").contains("rejected_row");
        assertThat(jdbc.sql(digests)
                        .param(runId("shuffled"))
                        .query(String.class)
                        .single())
                .isEqualTo(bad);
        assertThat(history("shuffled"))
                .containsEntry("input_digest", history("bad").get("input_digest"));
    }

    @Test
    void everyRowReadIsAnalyzedCollapsedOrRefused() {
        Map<String, Object> bad = history("bad");
        assertThat(bad)
                .containsEntry("num_examples", 6L)
                .containsEntry("num_annotations", 15L)
                .containsEntry("num_annotators", 4L)
                .containsEntry("num_classes", 3L)
                .containsEntry("num_unlabeled", 2L)
                .containsEntry("num_collapsed", 3L)
                .containsEntry("num_rejected", (long) expected.size());
        long refusedAnnotations = expected.stream()
                .filter(row -> row.source().equals("annotation"))
                .count();
        assertThat(15 + 3 + refusedAnnotations).isEqualTo(annotations.size());
        long usedPredictions = 3L * (6 + 2);
        assertThat(usedPredictions + expected.size() - refusedAnnotations).isEqualTo(predictions.size());
        assertThat(jdbc.sql("""
                        select s.step_name || ' ' || s.read_count from crowdlab.batch_step_execution s
                        join crowdlab.run r on r.job_execution_id = s.job_execution_id
                        where r.run_id = ? and s.step_name like 'read%' order by 1""").param(runId("bad")).query(String.class).list())
                .containsExactly("readAnnotations " + annotations.size(), "readPredictions " + predictions.size());
    }

    @Test
    void smallDeviationsAreMendedAndCounted() {
        assertThat(jdbc.sql(
                                "select observed from crowdlab.run_check where run_id = ? and code = 'RENORMALIZED_PREDICTIONS'")
                        .param(runId("bad"))
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void theLaterLabelCountsAndEqualOnesCountOnce() {
        assertThat(jdbc.sql("""
                        select annotator_id || ' ' || label from crowdlab_bi.detailed_label_quality
                        where dataset = 'bad' and example_id in ('g2', 'g3') order by example_id, annotator_id""").query(String.class).list())
                .containsExactly("w1 a", "w2 a", "w3 a", "w9 b", "w1 a", "w2 a", "w3 a");
    }

    @Test
    void arraysAreRefusedForTheSameReasons() {
        assertThat(refusedRows("arrays"))
                .extracting(row -> row.example() + ": " + row.reason() + ", " + row.detail())
                .containsExactly(
                        "empty: INCOMPLETE_PREDICTION, probabilities has 0 elements, the dataset has 2 classes",
                        "long: INCOMPLETE_PREDICTION, probabilities has 3 elements, the dataset has 2 classes",
                        "nan: BAD_PROBABILITY, probabilities[1] is NaN, not between 0 and 1",
                        "null: BAD_PROBABILITY, probabilities is null",
                        "null-inside: BAD_PROBABILITY, probabilities[2] is null, not between 0 and 1",
                        "short: INCOMPLETE_PREDICTION, probabilities has 1 elements, the dataset has 2 classes",
                        "sum: PROBABILITY_SUM, the probabilities sum to 0.75, not to 1",
                        "twice: DUPLICATE_PREDICTION, 2 rows for one example and model; if they are from several models, let the"
                                + " query return a column model",
                        "twice: DUPLICATE_PREDICTION, 2 rows for one example and model; if they are from several models, let the"
                                + " query return a column model",
                        "null: MISSING_ID, example_id is null");
        assertThat(history("arrays")).containsEntry("num_examples", 2L).containsEntry("num_unlabeled", 0L);
    }

    @Test
    void anExampleThatLacksOneOfTheModelsLacksPredictions() {
        String detail = "the example has no usable prediction of model 'm2'";
        assertThat(refusedRows("models"))
                .extracting(row -> row.source() + " " + row.example() + ": " + row.reason() + ", " + row.detail())
                .containsExactly(
                        "annotation one: NO_PREDICTION, " + detail,
                        "annotation one: NO_PREDICTION, " + detail,
                        "annotation spoilt: NO_PREDICTION, " + detail,
                        "annotation spoilt: NO_PREDICTION, " + detail,
                        "prediction spoilt: PROBABILITY_SUM, the probabilities sum to 0.75, not to 1",
                        "prediction spoilt: PROBABILITY_SUM, the probabilities sum to 0.75, not to 1");
        assertThat(history("models")).containsEntry("num_examples", 1L);
    }

    @Test
    void aDatasetThatCannotBeAnalyzedFailsAlone() {
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
        assertThat(jdbc.sql("select dataset || ' ' || status from crowdlab.run order by 1")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "arrays PUBLISHED",
                        "bad PUBLISHED",
                        "f-conflict FAILED",
                        "f-lonely FAILED",
                        "f-missing FAILED",
                        "f-one-class FAILED",
                        "f-poison FAILED",
                        "models PUBLISHED",
                        "shuffled PUBLISHED");
        Map<String, String> reasons = Map.of(
                "f-conflict", "Annotator 'w1' gave example 'e1' different labels",
                "f-lonely", "No example has two annotations",
                "f-missing", "Example 'e1' has annotations but no usable prediction",
                "f-one-class", "There is 1 class;",
                "f-poison", "division by zero");
        reasons.forEach((dataset, reason) -> {
            assertThat(run.out().lines())
                    .anySatisfy(
                            line -> assertThat(line).startsWith(dataset + ": ").contains(reason));
            assertThat(jdbc.sql("select message from crowdlab.run_check join crowdlab.run using (run_id)"
                                    + " where dataset = ? and code = 'FAILED'")
                            .param(dataset)
                            .query(String.class)
                            .single())
                    .contains(reason);
        });
    }

    @Test
    void tooManyRefusedRowsKeepTheRunOutOfTheViews() throws SQLException {
        try (TestDatabase other = TestDatabase.create()) {
            JdbcClient client = JdbcClient.create(other.dataSource());
            Program program = Program.on(other).with(key("share", "checks.max-rejected-share"), "0.25");
            assertThat(program.call("migrate").exitCode()).isZero();
            Rows good = new Rows();
            for (String annotator : List.of("w1", "w2", "w3")) {
                good.add("share", "e1", annotator, "a", null).add("share", "e2", annotator, "b", null);
            }
            good.add("share", "", "w1", "a", null)
                    .add("share", null, "w1", "a", null)
                    .copyTo(other, Rows.ANNOTATION);
            assertThat(program.call("run").exitCode()).isZero(); // two of eight: exactly the limit
            long published = client.sql("select run_id from crowdlab.published_run")
                    .query(Long.class)
                    .single();

            new Rows().add("share", "e3", null, "a", null).copyTo(other, Rows.ANNOTATION);
            Program.Result refused = program.call("run");
            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.out())
                    .contains("3 of 9 annotations were rejected (33.33 %; ")
                    .contains("rejected_row");
            assertThat(client.sql("select run_id || ' ' || status from crowdlab.run where run_id > ?")
                            .param(published)
                            .query(String.class)
                            .single())
                    .endsWith(" REFUSED");
            assertThat(client.sql("select distinct run_id from crowdlab_bi.label_quality")
                            .query(Long.class)
                            .list())
                    .containsExactly(published);
            assertThat(client.sql("select count(*) from crowdlab.label_quality where run_id > ?")
                            .param(published)
                            .query(Integer.class)
                            .single())
                    .as("the refused result can be looked at")
                    .isEqualTo(2);
        }
    }

    private List<RefusedRow> refusedRows(String dataset) {
        return jdbc.sql("""
                        select source, example_id, annotator_id, model, label, reason, detail from crowdlab.rejected_row
                        where run_id = ? order by row_number""")
                .param(runId(dataset))
                .query((row, number) -> new RefusedRow(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        RejectionReason.valueOf(row.getString(6)),
                        row.getString(7)))
                .list();
    }

    private long runId(String dataset) {
        return jdbc.sql("select run_id from crowdlab.published_run where dataset = ?")
                .param(dataset)
                .query(Long.class)
                .single();
    }

    private Map<String, Object> history(String dataset) {
        return jdbc.sql("select * from crowdlab_bi.run_history where dataset = ?")
                .param(dataset)
                .query()
                .singleRow();
    }
}
