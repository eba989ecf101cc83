package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.results.SummaryTables;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Spring Batch's tables tell about a run, and the sessions that it works with. */
class JobMetadataIT {

    private static final String STEPS = "select step_name || ' ' || status from crowdlab.batch_step_execution"
            + " where job_execution_id = (select job_execution_id from crowdlab.run where run_id = %d) order by 1";

    private static final String ROW_COUNTS = """
            select read_count || ' ' || write_count
            from crowdlab.batch_step_execution s
            join crowdlab.run r on r.job_execution_id = s.job_execution_id
            where r.run_id = %d and s.step_name = '%s'""";

    private Warehouse warehouse;

    @BeforeEach
    void fill() throws SQLException {
        warehouse = Warehouse.with("colors");
    }

    @AfterEach
    void drop() {
        warehouse.close();
    }

    @Test
    void everyStepOfAPublishedRunIsRecordedAsCompleted() throws SQLException {
        run("run");
        assertThat(warehouse.column(STEPS.formatted(1)))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of(
                                        "analyze",
                                        "checkRun",
                                        "compareInput",
                                        "openRun",
                                        "publishRun",
                                        "readAnnotations",
                                        "readPredictions",
                                        "retain",
                                        "scoreActiveLearning",
                                        "writeActiveLearningScore",
                                        "writeAlternativeConsensus",
                                        "writeDetailedLabelQuality",
                                        "writeLabelChange",
                                        "writeLabelQuality"),
                                SummaryTables.writtenWith(Set.of()).stream().map(TableSteps::stepName))
                        .map(step -> step + " COMPLETED")
                        .toList());
    }

    @Test
    @Tag("slow")
    void aSkippedRunReadsAndEndsThere() throws SQLException {
        run("run");
        run("run");
        assertThat(warehouse.column(STEPS.formatted(2)))
                .containsExactly(
                        "compareInput COMPLETED",
                        "openRun COMPLETED",
                        "readAnnotations COMPLETED",
                        "readPredictions COMPLETED",
                        "retain COMPLETED",
                        "skipRun COMPLETED");
    }

    @Test
    void stepsCountRowsAndNotBlocks() throws SQLException {
        warehouse.relabel("colors", "e2", "blue");
        runWithBlocksOf("7", "16384");
        for (int run = 1; run <= 2; run++) {
            assertThat(rowsMoved(run, "readAnnotations")).isEqualTo(twice(Warehouse.ANNOTATION_ROWS));
            assertThat(rowsMoved(run, "readPredictions")).isEqualTo(twice(Warehouse.PREDICTION_ROWS));
            assertThat(rowsMoved(run, "writeLabelQuality")).isEqualTo(twice(Warehouse.EXAMPLES));
            assertThat(rowsMoved(run, "writeAlternativeConsensus")).isEqualTo(twice(Warehouse.EXAMPLES));
            assertThat(rowsMoved(run, "writeDetailedLabelQuality")).isEqualTo(twice(Warehouse.ANNOTATION_ROWS - 1));
            assertThat(rowsMoved(run, "writeAnnotatorStats")).isEqualTo(twice(Warehouse.ANNOTATORS));
            assertThat(rowsMoved(run, "writeRunModel")).isEqualTo(twice(1));
            assertThat(rowsMoved(run, "writeRejectedRow")).isEqualTo(twice(1));
            assertThat(rowsMoved(run, "writeAnnotatorConfusion"))
                    .isEqualTo(warehouse.value("select count(*) || ' ' || count(*) from crowdlab.annotator_confusion"
                            + " where run_id = " + run))
                    .isNotEqualTo("0 0");
        }
    }

    @Test
    void aStepIsWrittenWhenItBeginsAndWhenItEndsHoweverManyBlocksItHas() throws SQLException {
        runWithBlocksOf("2", "16384");
        assertThat(warehouse.value("select min(version) || ' ' || max(version) from crowdlab.batch_step_execution"))
                .isEqualTo("3 3");
    }

    @Test
    void theIdentifyingParametersAreDatasetMomentAndRunAndNothingElse() throws SQLException {
        run("run", "--as-of", "2026-03-01T06:00:00Z");
        assertThat(warehouse.column("""
                        select parameter_name || ' ' || parameter_type || ' ' || parameter_value || ' ' || identifying
                        from crowdlab.batch_job_execution_params
                        order by 1"""))
                .containsExactly(
                        "as_of java.lang.String 2026-03-01T06:00:00Z Y",
                        "dataset java.lang.String colors Y",
                        "run java.lang.Long 1 Y");
    }

    @Test
    void aRunPointsToItsJobExecution() throws SQLException {
        run("run");
        run("run", "--force");
        assertThat(warehouse.column("""
                        select r.run_id || ' ' || p.parameter_value || ' ' || e.status || ' ' || i.job_name
                        from crowdlab.run r
                        join crowdlab.batch_job_execution e on e.job_execution_id = r.job_execution_id
                        join crowdlab.batch_job_instance i on i.job_instance_id = e.job_instance_id
                        join crowdlab.batch_job_execution_params p
                            on p.job_execution_id = e.job_execution_id and p.parameter_name = 'run'
                        order by 1""")).containsExactly("1 1 COMPLETED crowdlab", "2 2 COMPLETED crowdlab");
    }

    @Test
    void executionContextsHoldNothingOfTheRun() throws SQLException {
        run("run");
        List<String> contexts = warehouse.column("""
                select short_context || coalesce(serialized_context, '') from crowdlab.batch_job_execution_context
                union all
                select short_context || coalesce(serialized_context, '') from crowdlab.batch_step_execution_context""");
        assertThat(contexts)
                .as("that of the job, and those of its steps")
                .hasSize(1 + 14 + SummaryTables.writtenWith(Set.of()).size());
        for (String context : contexts) {
            for (String entry : decoded(context)) {
                assertThat(entry).startsWith("batch.");
            }
        }
    }

    /** The keys in a serialized context, which is a map in JSON or in Base64 of Java's serialization. */
    private static List<String> decoded(String context) {
        if (context.startsWith("{")) {
            return Pattern.compile("\"([^\"]+)\"\\s*:")
                    .matcher(context)
                    .results()
                    .map(match -> match.group(1))
                    .filter(key -> !key.equals("@class"))
                    .toList();
        }
        byte[] bytes = Base64.getDecoder().decode(context);
        try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return ((Map<?, ?>) stream.readObject())
                    .keySet().stream().map(String::valueOf).toList();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Tag("slow")
    void sessionsThatReadAndWriteCarryTheNumberOfTheRun() throws SQLException {
        warehouse.execute("""
                create table public.seen (what text, session text)""", """
                create function public.see() returns trigger language plpgsql security definer as $$
                begin
                    insert into public.seen values (tg_table_name, current_setting('application_name'));
                    return null;
                end $$""", """
                create trigger see after insert on crowdlab.annotator_stats
                    for each statement execute function public.see()""", """
                create trigger see after update on crowdlab.run
                    for each statement execute function public.see()""", """
                create trigger see after insert on crowdlab.batch_job_execution
                    for each statement execute function public.see()""", """
                create function public.see_table() returns event_trigger language plpgsql security definer as $$
                begin
                    insert into public.seen values ('new table', current_setting('application_name'));
                end $$""", """
                create event trigger see_table on ddl_command_end when tag in ('CREATE TABLE')
                    execute function public.see_table()""");
        Program.Result result = warehouse
                .program()
                .with("crowdlab.datasets.names.annotations-query", """
                        select 'e' || e as example_id, 'a' || a as annotator_id,
                            case e when 1 then 'other' else current_setting('application_name') end as label
                        from generate_series(1, 2) e
                        cross join generate_series(1, 3) a""")
                .call("run", "--dataset", "names");
        assertThat(result.exitCode()).as(result.err() + result.out()).isZero();
        assertThat(warehouse.value("select consensus_label from crowdlab_bi.label_quality where example_id = 'e2'"))
                .isEqualTo("crowdlab-etl run 1");
        assertThat(warehouse.column("select distinct what || ': ' || session from public.seen order by 1"))
                .containsExactly(
                        "annotator_stats: crowdlab-etl run 1",
                        "batch_job_execution: crowdlab-etl metadata",
                        "new table: crowdlab-etl run 1",
                        "run: crowdlab-etl run 1");
    }

    @Test
    @Tag("slow")
    void bothReadersSeeTheMomentAtWhichTheRunOpened() throws Exception {
        CompletableFuture<Program.Result> running;
        try (Warehouse.Gate gate = warehouse.gateBefore("readPredictions")) {
            running = CompletableFuture.supplyAsync(() -> warehouse.program().call("run"));
            gate.awaitArrival();
            warehouse.execute(
                    "delete from crowdlab.prediction where example_id = 'e3'",
                    "delete from crowdlab.annotation where example_id = 'e3'",
                    "insert into crowdlab.annotation select dataset, 'late', annotator_id, label, annotated_at"
                            + " from crowdlab.annotation where example_id = 'e4'",
                    "insert into crowdlab.prediction select dataset, model, 'late' || n, label, probability"
                            + " from crowdlab.prediction cross join generate_series(1, 5) n where example_id = 'e4'");
        }
        assertThat(running.get(120, TimeUnit.SECONDS).exitCode()).isZero();
        assertThat(rowsMoved(1, "readPredictions")).isEqualTo(twice(Warehouse.PREDICTION_ROWS));
        assertThat(rowsMoved(1, "readAnnotations")).isEqualTo(twice(Warehouse.ANNOTATION_ROWS));
        assertThat(warehouse.column("select consensus_label from crowdlab_bi.label_quality where example_id = 'e3'"))
                .hasSize(1);
        run("run");
        assertThat(rowsMoved(2, "readPredictions")).isEqualTo(twice(Warehouse.PREDICTION_ROWS - 3 + 15));
    }

    @Test
    void readersThatRunSideBySideShareTheirSnapshot() throws SQLException {
        Program.Result result = warehouse
                .program()
                .with("crowdlab.datasets.shared.annotations-query", """
                        select 'e' || e as example_id, 'a' as annotator_id,
                            case e when 1 then 'other' else pg_current_snapshot()::text end as label
                        from generate_series(1, 2) e""")
                .with("crowdlab.datasets.shared.predictions-query", """
                        select 'e' || e as example_id, l as label, 0.5 as probability
                        from generate_series(1, 2) e
                        cross join lateral (values ('other'), (pg_current_snapshot()::text)) as labels (l)""")
                .call("run", "--dataset", "shared");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(warehouse.value("select num_classes || ' ' || num_rejected from crowdlab.run"))
                .as("two classes: both readers gave the same snapshot as a label")
                .isEqualTo("2 0");
    }

    @Test
    void readersCannotWrite() throws SQLException {
        warehouse.execute("create table public.written (n int)", """
                create function public.sneak() returns text language plpgsql as $$
                begin
                    insert into public.written values (1);
                    return 'blue';
                end $$""");
        Program.Result result = warehouse
                .program()
                .with("crowdlab.datasets.sneaky.annotations-query", """
                        select 'e' as example_id, 'a' as annotator_id, public.sneak() as label""")
                .call("run", "--dataset", "sneaky");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("read-only transaction");
        assertThat(warehouse.value("select count(*) from public.written")).isEqualTo("0");
        assertThat(warehouse.value("select count(*) from crowdlab.run"))
                .as("it would not pass by trying again")
                .isEqualTo("1");
    }

    private String rowsMoved(int run, String step) throws SQLException {
        return warehouse.value(ROW_COUNTS.formatted(run, step));
    }

    private static String twice(int count) {
        return count + " " + count;
    }

    /** One run for each number of rows in a block. */
    private void runWithBlocksOf(String... blockRows) {
        for (String rows : blockRows) {
            assertThat(warehouse
                            .program()
                            .with("crowdlab.block-rows", rows)
                            .call("run", "--force")
                            .exitCode())
                    .isZero();
        }
    }

    private void run(String... words) {
        Program.Result result = warehouse.program().call(words);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }
}
