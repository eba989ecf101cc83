package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.SlowAfter;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A result is published, its input changes, and the second run meets trouble: the first result stays as it was, nothing of
 * the second is left but its row and the reason, and the third run publishes.
 */
class FailedWriteIT {

    private static Warehouse published;
    private static Map<String, String> before;

    private Warehouse warehouse;

    @BeforeAll
    static void publish() throws SQLException {
        published = Warehouse.with("colors");
        published.execute("""
                create function public.full_disk() returns trigger language plpgsql as $$
                begin
                    raise exception using errcode = '53100', message = 'no space left on device';
                end $$""", """
                create function public.swallow() returns trigger language plpgsql as $$
                begin
                    return null;
                end $$""");
        assertThat(published.program().call("run").exitCode()).isZero();
        before = published.visible();
        assertThat(before.get("label_quality")).contains("e3");
        published.relabel("colors", "e3", "red");
    }

    @BeforeEach
    void copy() {
        warehouse = published.copy();
    }

    @AfterEach
    void drop() {
        warehouse.close();
    }

    @AfterAll
    static void dropPublished() {
        published.close();
    }

    @ParameterizedTest
    @SlowAfter(1)
    @ValueSource(
            strings = {
                "annotator_stats",
                "annotator_confusion",
                "run_model",
                "run_consensus",
                "rejected_row",
                "annotator_pair",
                "dataset_stats",
                "label_quality_bin",
                "work_list",
                "rejected_count",
                "label_change",
                "run_table",
                "published_run"
            })
    void aFullDiskAtASharedTable(String table) throws SQLException {
        // a failed run must be able to record that it failed
        String rows =
                table.equals("run_table") ? " for each row when (new.table_name <> 'run_check')" : " for each row";
        warehouse.execute("create trigger full_disk before insert or update on crowdlab." + table + rows
                + " execute function public.full_disk()");
        Program.Result result = run();
        assertFailed(result, "no space left on device");
        warehouse.execute("drop trigger full_disk on crowdlab." + table);
        assertNextRunPublishes();
    }

    @Test
    @Tag("slow")
    void aFullDiskAtTheFindings() throws SQLException {
        warehouse.execute("create trigger full_disk before insert on crowdlab.run_check for each row"
                + " when (new.code = 'ROW_COUNTS') execute function public.full_disk()");
        assertFailed(run(), "no space left on device");
        warehouse.execute("drop trigger full_disk on crowdlab.run_check");
        assertNextRunPublishes();
    }

    @ParameterizedTest
    @SlowAfter(1)
    @ValueSource(
            strings = {
                "create table crowdlab.label_quality_r2",
                "alter table crowdlab.detailed_label_quality_r2 add primary key",
                "alter table crowdlab.label_quality attach partition",
                "alter table crowdlab.alternative_consensus attach partition",
                "alter table crowdlab.detailed_label_quality attach partition"
            })
    void aFullDiskAtATableOfTheRun(String statement) throws SQLException {
        warehouse.execute("""
                create function public.full_disk_at() returns event_trigger language plpgsql as $$
                begin
                    if starts_with(current_query(), '%s') then
                        raise exception using errcode = '53100', message = 'no space left on device';
                    end if;
                end $$""".formatted(statement), """
                create event trigger full_disk on ddl_command_end execute function public.full_disk_at()""");
        assertFailed(run(), "no space left on device");
        warehouse.execute("drop event trigger full_disk");
        assertNextRunPublishes();
    }

    @ParameterizedTest
    @SlowAfter(1)
    @ValueSource(strings = {"label_quality", "alternative_consensus", "detailed_label_quality"})
    void aFullDiskWhileATableOfTheRunIsLoaded(String table) throws SQLException {
        warehouse.execute("""
                create function public.full_disk_for(example text) returns boolean language plpgsql as $$
                begin
                    if example = 'e3' then
                        raise exception using errcode = '53100', message = 'no space left on device';
                    end if;
                    return true;
                end $$""", """
                create function public.fill_disk() returns event_trigger language plpgsql as $$
                begin
                    if to_regclass('crowdlab.%1$s_r2') is not null then
                        alter table crowdlab.%1$s_r2 add constraint full_disk check (public.full_disk_for(example_id));
                    end if;
                end $$""".formatted(table), """
                create event trigger full_disk on ddl_command_end when tag in ('CREATE TABLE')
                    execute function public.fill_disk()""");
        assertFailed(run(), "no space left on device");
        warehouse.execute("drop event trigger full_disk");
        assertNextRunPublishes();
    }

    @ParameterizedTest
    @SlowAfter(1)
    @ValueSource(
            strings = {
                "annotator_stats",
                "annotator_confusion",
                "run_model",
                "run_consensus",
                "rejected_row",
                "annotator_pair",
                "dataset_stats",
                "label_quality_bin",
                "work_list",
                "rejected_count",
                "label_change"
            })
    void rowsThatVanishOnTheWayAreRefused(String table) throws SQLException {
        warehouse.execute("create trigger swallow before insert on crowdlab." + table + " for each row"
                + " execute function public.swallow()");
        Program.Result result = run();
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(3);
        assertThat(result.out())
                .containsPattern("colors: refused. Table " + table + " holds 0 rows, (1 was|\\d+ were) computed.");
        assertThat(warehouse.value("select status from crowdlab.run where run_id = 2"))
                .isEqualTo("REFUSED");
        assertThat(warehouse.value("select severity from crowdlab.run_check where run_id = 2 and code = 'ROW_COUNTS'"))
                .isEqualTo("FAIL");
        assertThat(warehouse.visible()).isEqualTo(before);
        assertThat(warehouse.standAloneTables()).isEmpty();
        warehouse.execute("drop trigger swallow on crowdlab." + table);
        assertNextRunPublishes();
    }

    @Test
    @Tag("slow")
    void aServerProcessThatIsEndedInTheMidstOfALoad() throws Exception {
        whileWaitingAt(
                warehouse.gateAt("annotator_stats"),
                "select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where application_name = 'crowdlab-etl run 2' and query like 'copy%'");
        assertNextRunPublishes();
    }

    @Test
    void aRunWhoseServerProcessesWereEndedIsRunAgain() throws Exception {
        CompletableFuture<Program.Result> running;
        try (Warehouse.Gate gate = warehouse.gateAt("run_model")) {
            running = CompletableFuture.supplyAsync(this::run);
            gate.awaitArrival();
            assertThat(warehouse.column("select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where application_name = 'crowdlab-etl run 2'"))
                    .hasSizeGreaterThan(1)
                    .containsOnly("t");
        }
        Program.Result result = running.get(120, TimeUnit.SECONDS);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).containsPattern("(?m)^colors +3 +published ");
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "FAILED", "PUBLISHED");
        assertThat(warehouse.column("select code || ' ' || message from crowdlab.run_check where run_id = 2"))
                .hasSize(1)
                .allMatch(line -> line.startsWith("FAILED PostgreSQL: "));
        assertThat(warehouse.plainTablesWithRowsOf(2)).isEmpty();
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.column("select e.status from crowdlab.run r"
                        + " join crowdlab.batch_job_execution e using (job_execution_id) order by r.run_id"))
                .containsExactly("COMPLETED", "FAILED", "COMPLETED");
    }

    @Test
    @Tag("slow")
    void allServerProcessesEndedWhileTheRunIsBetweenTwoSteps() throws Exception {
        whileWaitingAt(
                warehouse.gateBefore("checkRun"),
                "select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where application_name like 'crowdlab-etl %' and datname = current_database()");
        assertNextRunPublishes();
    }

    private void whileWaitingAt(Warehouse.Gate opened, String statement) throws Exception {
        CompletableFuture<Program.Result> running;
        try (Warehouse.Gate gate = opened) {
            running = CompletableFuture.supplyAsync(
                    () -> warehouse.program().with("crowdlab.retry", "0s").call("run"));
            gate.awaitArrival();
            assertThat(warehouse.column(statement)).isNotEmpty().containsOnly("t");
        }
        Program.Result result = running.get(120, TimeUnit.SECONDS);
        assertThat(result.exitCode()).as(result.out() + result.err()).isIn(1, 5);
        assertNothingLeft(result);
    }

    @Test
    void theLossOfTheLockAloneDoesNoHarmWhereNobodyTookTheDatasetOver() throws Exception {
        CompletableFuture<Program.Result> running;
        try (Warehouse.Gate gate = warehouse.gateBefore("analyze")) {
            running = CompletableFuture.supplyAsync(this::run);
            gate.awaitArrival();
            assertThat(warehouse.column("select pg_terminate_backend(l.pid) from pg_locks l"
                            + " join pg_stat_activity a on a.pid = l.pid and a.application_name = 'crowdlab-etl run 2'"
                            + " where l.locktype = 'advisory' and a.datname = current_database()"))
                    .containsExactly("t");
        }
        assertThat(running.get(120, TimeUnit.SECONDS).exitCode()).isZero();
        assertThat(warehouse.published("colors")).isEqualTo("2");
    }

    @ParameterizedTest
    @SlowAfter(1)
    @ValueSource(strings = {"readAnnotations", "analyze", "checkRun", "publishRun"})
    void aRunThatSomebodyElseClosedDoesNotPublish(String step) throws Exception {
        CompletableFuture<Program.Result> running;
        try (Warehouse.Gate gate = warehouse.gateBefore(step)) {
            running = CompletableFuture.supplyAsync(this::run);
            gate.awaitArrival();
            warehouse.execute("update crowdlab.run set status = 'FAILED', finished_at = now() where run_id = 2");
        }
        Program.Result result = running.get(120, TimeUnit.SECONDS);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
        assertOneSentence(result);
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "FAILED");
        assertThat(warehouse.visible()).isEqualTo(before);
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.value("select count(*) from crowdlab.label_quality where run_id = 2"))
                .isEqualTo("0");
        assertNextRunPublishes();
    }

    @Test
    void theSentenceTellsThatAnotherProcessClosedTheRun() throws Exception {
        CompletableFuture<Program.Result> running;
        try (Warehouse.Gate gate = warehouse.gateBefore("publishRun")) {
            running = CompletableFuture.supplyAsync(this::run);
            gate.awaitArrival();
            warehouse.execute("update crowdlab.run set status = 'FAILED', finished_at = now() where run_id = 2");
        }
        assertThat(running.get(120, TimeUnit.SECONDS).out()).contains("Run 2 was closed by another process");
    }

    @ParameterizedTest
    @SlowAfter(1)
    @ValueSource(strings = {"openRun", "analyze", "writeDetailedLabelQuality", "publishRun"})
    void metadataThatCannotBeWrittenAtTheBeginningOfAStep(String step) throws SQLException {
        warehouse.execute("create trigger full_disk before insert on crowdlab.batch_step_execution for each row"
                + " when (new.step_name = '" + step + "') execute function public.full_disk()");
        Program.Result result = run();
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
        assertOneSentence(result);
        assertThat(warehouse.visible()).isEqualTo(before);
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.statuses()).doesNotContain("RUNNING");
        warehouse.execute("drop trigger full_disk on crowdlab.batch_step_execution");
        assertNextRunPublishes();
    }

    @Test
    @Tag("slow")
    void metadataThatCannotBeWrittenAtTheEndOfAStep() throws SQLException {
        warehouse.execute("create trigger full_disk before update on crowdlab.batch_step_execution for each row"
                + " when (new.step_name = 'writeAnnotatorStats') execute function public.full_disk()");
        Program.Result result = run();
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
        assertNothingLeft(result);
        warehouse.execute("drop trigger full_disk on crowdlab.batch_step_execution");
        assertNextRunPublishes();
    }

    @Test
    @Tag("slow")
    void metadataThatCannotBeWrittenAfterPublishingDoNotUnpublish() throws SQLException {
        warehouse.execute(
                "create trigger full_disk before update on crowdlab.batch_step_execution for each row"
                        + " when (new.step_name = 'publishRun' and new.status <> 'STARTED') execute function public.full_disk()");
        Program.Result result = run();
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(warehouse.published("colors")).isEqualTo("2");
        assertThat(warehouse.visible()).isNotEqualTo(before);
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.chainFaults()).isEmpty();
    }

    @Test
    @Tag("slow")
    void metadataOfTheJobThatCannotBeWrittenAtItsEnd() throws SQLException {
        warehouse.execute("create trigger full_disk before update on crowdlab.batch_job_execution for each row"
                + " when (new.end_time is not null) execute function public.full_disk()");
        Program.Result result = run();
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(warehouse.published("colors")).isEqualTo("2");
        warehouse.execute("update crowdlab.annotation set label = 'green' where example_id = 'e3'");
        warehouse.execute("create trigger full_disk before insert on crowdlab.run_model for each row"
                + " execute function public.full_disk()");
        Program.Result failed = run();
        assertThat(failed.exitCode()).as(failed.out() + failed.err()).isEqualTo(1);
        assertOneSentence(failed);
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "PUBLISHED", "FAILED");
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.plainTablesWithRowsOf(3)).isEmpty();
    }

    private Program.Result run() {
        return warehouse.program().call("run");
    }

    private void assertFailed(Program.Result result, String sentence) throws SQLException {
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
        assertThat(result.out()).contains("colors: failed.").contains(sentence);
        assertThat(warehouse.value("select message from crowdlab.run_check where run_id = 2"))
                .contains(sentence);
        assertNothingLeft(result);
    }

    private void assertNothingLeft(Program.Result result) throws SQLException {
        assertOneSentence(result);
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "FAILED");
        assertThat(warehouse.column("select code || ' ' || severity from crowdlab.run_check where run_id = 2"))
                .containsExactly("FAILED FAIL");
        assertThat(warehouse.visible()).isEqualTo(before);
        assertThat(warehouse.published("colors")).isEqualTo("1");
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.plainTablesWithRowsOf(2)).isEmpty();
        for (String table : new String[] {"label_quality", "detailed_label_quality", "alternative_consensus"}) {
            assertThat(warehouse.value("select count(*) from crowdlab." + table + " where run_id = 2"))
                    .isEqualTo("0");
        }
        assertThat(warehouse.chainFaults()).isEmpty();
    }

    private static void assertOneSentence(Program.Result result) {
        String all = result.out() + result.err();
        assertThat(all.lines().filter(line -> line.startsWith("colors: failed. ")))
                .as(all)
                .hasSize(1);
        assertThat(all).doesNotContain("Exception").doesNotContain("\tat ");
    }

    private void assertNextRunPublishes() throws SQLException {
        Program.Result next = run();
        assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
        assertThat(warehouse.value("select run_id = (select max(run_id) from crowdlab.run)"
                        + " from crowdlab.published_run where dataset = 'colors'"))
                .isEqualTo("t");
        assertThat(warehouse.column("select distinct run_id - (select run_id from crowdlab.published_run)"
                        + " from crowdlab_bi.label_quality"))
                .containsExactly("0");
        assertThat(warehouse.value("select consensus_label from crowdlab_bi.label_quality where example_id = 'e3'"))
                .isEqualTo("red");
        assertThat(warehouse.column("select example_id || ' ' || previous_label || ' ' || consensus_label"
                        + " from crowdlab_bi.label_changes"))
                .containsExactly("e3 blue red");
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.chainFaults())
                .as("what was done to the run before is found, and nothing else")
                .allMatch(fault -> fault.startsWith("Dataset 'colors', run 2: "));
        assertThat(warehouse.statuses()).doesNotContain("RUNNING");
    }
}
