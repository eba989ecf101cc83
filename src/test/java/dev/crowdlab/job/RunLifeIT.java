package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.results.SummaryTables;
import dev.crowdlab.run.ResultsVersion;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a dataset is run, what becomes of its runs, and which of them the dashboards show. */
class RunLifeIT {

    private Warehouse warehouse;

    @AfterEach
    void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.column("select distinct status from crowdlab.batch_job_execution"))
                .isSubsetOf("COMPLETED", "FAILED");
        warehouse.close();
    }

    @Test
    void unchangedInputIsReadAndSkipped() throws SQLException {
        warehouse = Warehouse.with("colors");
        run();
        Map<String, String> visible = warehouse.visible();
        Program.Result second = run();
        assertThat(second.out()).contains("nothing new");
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "SKIPPED");
        assertThat(warehouse.published("colors")).isEqualTo("1");
        assertThat(warehouse.visible()).isEqualTo(visible);
        assertThat(warehouse.plainTablesWithRowsOf(2)).isEmpty();
        assertThat(warehouse.value("select r2.input_digest = r1.input_digest from crowdlab.run r1, crowdlab.run r2"
                        + " where r1.run_id = 1 and r2.run_id = 2"))
                .isEqualTo("t");
    }

    @Test
    @Tag("slow")
    void theOrderOfRowsIsNoChange() throws SQLException {
        warehouse = Warehouse.with("colors");
        run();
        warehouse.execute(
                "create table public.reordered as select * from crowdlab.annotation order by md5(ctid::text)",
                "delete from crowdlab.annotation",
                "insert into crowdlab.annotation select * from public.reordered");
        run();
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "SKIPPED");
    }

    @Test
    @Tag("slow")
    void oneRowMoreOrLessOrOtherIsAChange() throws SQLException {
        warehouse = Warehouse.with("colors");
        run();
        warehouse.execute("update crowdlab.annotation set label = 'red' where example_id = 'e3' and annotator_id ="
                + " (select min(annotator_id) from crowdlab.annotation where example_id = 'e3')");
        run();
        warehouse.execute("delete from crowdlab.prediction where example_id = 'e5' and label = 'red'");
        warehouse.execute(
                "insert into crowdlab.prediction (dataset, example_id, label, probability) values ('colors', 'e5', 'red',"
                        + " 0.11)");
        run();
        warehouse.execute("insert into crowdlab.annotation values ('colors', 'e1', 'a2', null, null)");
        run();
        warehouse.execute("delete from crowdlab.annotation where label is null");
        run();
        assertThat(warehouse.statuses())
                .containsExactly("PUBLISHED", "PUBLISHED", "PUBLISHED", "PUBLISHED", "PUBLISHED");
        assertThat(warehouse.published("colors")).isEqualTo("5");
        assertThat(warehouse.value("select count(distinct input_digest) from crowdlab.run"))
                .isEqualTo("5");
    }

    @Test
    void aSettingThatMattersIsAChangeAndOneThatDoesNotIsNone() throws SQLException {
        warehouse = Warehouse.with("colors");
        run();
        Program other = warehouse
                .program()
                .with("crowdlab.block-rows", "3")
                .with("crowdlab.threads", "1")
                .with("crowdlab.retention.runs", "5")
                .with("crowdlab.datasets.colors.checks.max-rejected-share", "0.9");
        assertThat(other.call("run").exitCode()).isZero();
        other.with("crowdlab.datasets.colors.on-duplicate-annotation", "first");
        assertThat(other.call("run").exitCode()).isZero();
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "SKIPPED", "PUBLISHED");
        assertThat(warehouse.value("select settings ->> 'on_duplicate_annotation' from crowdlab.run where run_id = 3"))
                .isEqualTo("first");
    }

    @Test
    @Tag("slow")
    void anotherVersionOfTheResultsIsAChangeButNotAnotherBuild() throws SQLException {
        warehouse = Warehouse.with("colors");
        run();
        rewriteRun1("software_version = '0.0.1'");
        run();
        rewriteRun1("results_version = results_version + 1");
        run();
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "SKIPPED", "PUBLISHED");
        assertThat(warehouse.column("select distinct results_version from crowdlab.run where run_id > 1"))
                .containsExactly(Integer.toString(ResultsVersion.CURRENT));
    }

    /** Changes the closed run 1, and the hashes of it and of the runs that follow it. */
    private void rewriteRun1(String change) throws SQLException {
        warehouse.execute(
                "set session_replication_role = replica; update crowdlab.run set " + change + " where run_id = 1");
        warehouse.letPass("0 s");
    }

    @Test
    void forceRunsWhatIsUnchangedAndGivesTheSameResult() throws SQLException {
        warehouse = Warehouse.with("colors");
        run();
        run("--force");
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "PUBLISHED");
        assertThat(warehouse.value("select count(distinct output_digest) from crowdlab.run"))
                .as("label_change is a table of the second run only")
                .isEqualTo("2");
        assertThat(warehouse.column("select table_name || count(distinct digest) from crowdlab.run_table"
                        + " where table_name not in ('label_change', 'run_check') group by table_name"))
                .hasSize(4 + SummaryTables.writtenWith(Set.of()).size())
                .allMatch(line -> line.endsWith("1"));
    }

    @Test
    @Tag("slow")
    void anExplicitMomentAlwaysRuns() throws SQLException {
        warehouse = Warehouse.with("colors");
        run("--as-of", "2026-03-01");
        run("--as-of", "2026-03-01");
        run("--as-of", "2026-03-02");
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "PUBLISHED", "PUBLISHED");
        assertThat(warehouse.published("colors")).isEqualTo("3");
    }

    @Test
    @Tag("slow")
    void anOlderMomentEntersTheHistoryAndStaysOutOfTheDashboards() throws SQLException {
        warehouse = Warehouse.with("colors");
        run("--as-of", "2026-03-02");
        Map<String, String> visible = warehouse.visible();
        warehouse.relabel("colors", "e1", "blue");
        Program.Result older = run("--as-of", "2026-03-01");
        assertThat(older.out()).contains("history only").contains("--replace-newer");
        assertThat(warehouse.published("colors")).isEqualTo("1");
        assertThat(warehouse.visible().get("label_quality")).isEqualTo(visible.get("label_quality"));
        assertThat(warehouse.visible().get("label_changes")).isEmpty();
        assertThat(warehouse.column("select distinct run_id || ' ' || as_of::date"
                        + " from crowdlab_bi.annotator_quality_history order by 1"))
                .containsExactly("1 2026-03-02", "2 2026-03-01");
        assertThat(warehouse.value("select count(*) from crowdlab.label_quality where run_id = 2"))
                .isEqualTo("40");

        run("--as-of", "2026-03-01", "--replace-newer");
        assertThat(warehouse.published("colors")).isEqualTo("3");
        assertThat(warehouse.visible().get("label_quality")).isNotEqualTo(visible.get("label_quality"));
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "PUBLISHED", "PUBLISHED");
        warehouse.execute("delete from crowdlab.prediction");
        assertThat(warehouse
                        .program()
                        .with("crowdlab.datasets.colors.on-missing-prediction", "fail")
                        .call("run")
                        .exitCode())
                .isEqualTo(1);
        assertThat(warehouse.column("select run_id || ' ' || status || ' ' || became_current"
                        + " from crowdlab_bi.run_history order by run_id"))
                .containsExactly("1 PUBLISHED true", "2 PUBLISHED false", "3 PUBLISHED true", "4 FAILED false");
        setBecameCurrent(true);
        assertThat(warehouse.chainFaults()).as("the hash covers it").isNotEmpty();
        setBecameCurrent(false);
    }

    private void setBecameCurrent(boolean value) throws SQLException {
        warehouse.execute("set session_replication_role = replica; update crowdlab.run set became_current = " + value
                + " where run_id = 2");
    }

    @Test
    void labelChangesAreThoseAgainstTheRunPublishedBefore() throws SQLException {
        warehouse = Warehouse.with("colors", "other");
        run();
        assertThat(warehouse.value("select count(*) from crowdlab.label_change"))
                .isEqualTo("0");
        warehouse.relabel("colors", "e3", "red");
        warehouse.execute(
                "delete from crowdlab.annotation where dataset = 'colors' and example_id = 'e4'",
                "delete from crowdlab.prediction where dataset = 'colors' and example_id = 'e4'",
                "insert into crowdlab.annotation values ('colors', 'e99', 'a1', 'green', null)",
                "insert into crowdlab.prediction values ('colors', 'default', 'e99', 'green', 1),"
                        + " ('colors', 'default', 'e99', 'red', 0), ('colors', 'default', 'e99', 'blue', 0)");
        run();
        assertThat(warehouse.column("""
                        select concat_ws(' ', dataset, run_id, example_id, coalesce(previous_label, '-'),
                            coalesce(consensus_label, '-'), previous_score is null, consensus_quality_score is null)
                        from crowdlab_bi.label_changes order by example_id"""))
                .containsExactly("colors 3 e3 blue red f f", "colors 3 e4 green - f t", "colors 3 e99 - green t f");
        assertThat(warehouse.value("select bool_and(c.previous_score = p.consensus_quality_score)"
                        + " from crowdlab.label_change c join crowdlab.label_quality p on p.run_id = 1"
                        + " and p.example_id = c.example_id"))
                .isEqualTo("t");
        warehouse.relabel("colors", "e3", "blue");
        run();
        assertThat(warehouse.column("select example_id || ' ' || previous_label || ' ' || consensus_label"
                        + " from crowdlab.label_change where run_id = 5"))
                .containsExactly("e3 red blue");
    }

    @Test
    void aDryRunLeavesNothingBehind() throws SQLException {
        warehouse = Warehouse.with("colors", "other");
        for (int round = 0; round < 2; round++) {
            List<String> relations = warehouse.relations();
            Map<String, String> counts = warehouse.rowCounts();
            Program.Result result = run("--dry-run", "--parallel", "2");
            assertThat(result.out()).contains("dry run").contains("40").contains("120");
            assertThat(warehouse.relations()).isEqualTo(relations);
            assertThat(warehouse.rowCounts()).isEqualTo(counts);
            run(); // the second round has something published to leave alone
        }
    }

    @Test
    void aDryRunSaysWhatWouldChange() throws SQLException {
        warehouse = Warehouse.with("colors");
        assertThat(run("--dry-run").out())
                .containsPattern(
                        "Dataset 'colors' has about \\d+ annotation and \\d+ prediction rows; a run takes about ")
                .contains("colors: a run would be published, the first of this dataset.");
        run();
        assertThat(run("--dry-run").out()).contains("colors: a run would find nothing new.");
        warehouse.relabel("colors", "e3", "red");
        warehouse.execute("delete from crowdlab.annotation where example_id in ('e7', 'e8')");
        Program.Result foreseen = run("--dry-run");
        String published = warehouse.published("colors");
        run();
        assertThat(foreseen.out())
                .contains("of the 38 labels that run " + published + " published too, "
                        + warehouse.value("select count(*) from crowdlab.label_change where previous_label"
                                + " <> consensus_label")
                        + " would change; 0 examples would be new and 2 gone.");
        assertThat(warehouse.value("select count(*) from crowdlab.label_change where consensus_label is null"))
                .isEqualTo("2");
    }

    @Test
    @Tag("slow")
    void aDryRunThatFailsLeavesNothingBehindEither() throws SQLException {
        warehouse = Warehouse.with("colors");
        run();
        List<String> relations = warehouse.relations();
        Map<String, String> counts = warehouse.rowCounts();
        Program.Result result = warehouse
                .program()
                .with("crowdlab.datasets.broken.annotations-query", """
                        select 'e' || n as example_id, 'a' as annotator_id, (1 / (3 - n))::text as label
                        from generate_series(1, 5) n""")
                .call("run", "--dry-run");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("broken: failed. crowdlab.datasets.broken.annotations-query: failed while rows were read;"
                        + " PostgreSQL: division by zero");
        assertThat(warehouse.relations()).isEqualTo(relations);
        assertThat(warehouse.rowCounts()).isEqualTo(counts);
    }

    @Test
    void aPublishedRunRecordsWhatItReadAndWrote() throws SQLException {
        warehouse = Warehouse.with("colors");
        run();
        assertThat(warehouse.value("select concat_ws(' ', num_examples, num_annotations, num_annotators, num_classes,"
                        + " num_unlabeled, num_collapsed, num_rejected) from crowdlab.run"))
                .isEqualTo("40 120 5 3 0 0 1");
        assertThat(warehouse.column("select table_name || ' ' || row_count from crowdlab.run_table"))
                .contains(
                        "active_learning_score 40",
                        "alternative_consensus 40",
                        "annotator_pair 10",
                        "annotator_stats 5",
                        "dataset_stats 7",
                        "detailed_label_quality 120",
                        "label_quality 40",
                        "rejected_count 1",
                        "rejected_row 1",
                        "run_consensus 2",
                        "run_model 1");
        assertThat(warehouse.value("select started_by from crowdlab.run"))
                .matches(warehouse.database().user() + "@[0-9a-f.:]+, system user "
                        + Pattern.quote(System.getProperty("user.name")));
        for (String table : warehouse.column("select table_name from crowdlab.run_table")) {
            assertThat(warehouse.value("select count(*) from crowdlab." + table + " where run_id = 1"))
                    .isEqualTo(warehouse.value(
                            "select row_count from crowdlab.run_table where table_name = '" + table + "'"));
        }
        assertThat(warehouse.value("select published_at = finished_at from crowdlab.published_run"
                        + " join crowdlab.run using (dataset, run_id)"))
                .isEqualTo("t");
    }

    @Test
    @Tag("slow")
    void theChainHoldsThroughEveryKindOfEnding() throws SQLException {
        warehouse = Warehouse.with("colors");
        run();
        run();
        Program.Result refused = warehouse
                .program()
                .with("crowdlab.datasets.colors.checks.min-examples", "1000")
                .call("run", "--force");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.out()).contains("colors: refused. 40 examples were analyzed, checks.min-examples is 1000");
        Program.Result failed = warehouse
                .program()
                .with("crowdlab.datasets.colors.annotations-query", """
                        select 'e' || n as example_id, 'a' as annotator_id, (1 / (3 - n))::text as label
                        from generate_series(1, 5) n""")
                .call("run");
        assertThat(failed.exitCode()).isEqualTo(1);
        run("--force");
        run("--as-of", "2020-01-01");
        assertThat(warehouse.statuses())
                .containsExactly("PUBLISHED", "SKIPPED", "REFUSED", "FAILED", "PUBLISHED", "PUBLISHED");
        assertThat(warehouse.chainFaults()).isEmpty();
        assertThat(warehouse.published("colors")).isEqualTo("5");
    }

    @Test
    void aRefusedRunKeepsItsTablesOutOfTheDashboards() throws SQLException {
        warehouse = Warehouse.with("colors");
        run();
        Map<String, String> visible = warehouse.visible();
        warehouse.relabel("colors", "e3", "red");
        assertThat(warehouse
                        .program()
                        .with("crowdlab.datasets.colors.checks.max-rejected-share", "0")
                        .call("run")
                        .exitCode())
                .isEqualTo(3);
        assertThat(warehouse.visible()).isEqualTo(visible);
        assertThat(warehouse.value("select count(*) from crowdlab.label_quality where run_id = 2"))
                .isEqualTo("40");
        assertThat(warehouse.value(
                        "select severity from crowdlab.run_check where run_id = 2" + " and code = 'REJECTED_SHARE'"))
                .isEqualTo("FAIL");
        run();
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "REFUSED", "PUBLISHED");
        assertThat(warehouse.value("select count(*) from crowdlab.label_change where run_id = 3"))
                .as("compared with the published run, not with the refused one")
                .isEqualTo("1");
    }

    @Test
    @Tag("slow")
    void eightDatasetsRunFourAtATimeAndKeepOutOfEachOthersWay() throws SQLException {
        String[] datasets = {"d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8"};
        warehouse = Warehouse.with(datasets);
        for (int night = 1; night <= 3; night++) {
            Program.Result result = warehouse
                    .program()
                    .with("crowdlab.retention.runs", "1")
                    .with("crowdlab.retention.grace", "0s")
                    .call("run", "--parallel", "4", "--force");
            assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
            assertThat(warehouse.value("select count(*) from crowdlab.run where status = 'PUBLISHED'"))
                    .isEqualTo(String.valueOf(8 * night));
        }
        assertThat(warehouse.value("select count(*) || ' ' || min(run_id) from crowdlab.published_run"))
                .isEqualTo("8 17");
        assertThat(warehouse.column("select dataset || ' ' || count(*) from crowdlab_bi.label_quality"
                        + " group by dataset order by dataset"))
                .containsExactly("d1 40", "d2 40", "d3 40", "d4 40", "d5 40", "d6 40", "d7 40", "d8 40");
        assertThat(warehouse.column("select substring(relname from '\\d+$')::int as run from pg_class"
                        + " where relname ~ '^label_quality_r\\d+$' order by run"))
                .as("what was removed of the nights before")
                .containsExactly("17", "18", "19", "20", "21", "22", "23", "24");
        assertThat(warehouse.value("select count(distinct t.digest) from crowdlab.run_table t where"
                        + " table_name = 'label_quality'"))
                .as("equal input of eight datasets, three nights: one result")
                .isEqualTo("1");
    }

    @Test
    @Tag("slow")
    void datasetsThatAreExpectedToFillTheMemoryRunOneAfterTheOther() throws SQLException {
        warehouse = Warehouse.with();
        warehouse.execute("create function public.hardly_many() returns setof integer language sql rows 100000000"
                + " as 'select generate_series(1, 3)'");
        Program program = warehouse.program();
        for (String dataset : List.of("d1", "d2")) {
            program.with("crowdlab.datasets." + dataset + ".annotations-query", """
                    select 'e' || e as example_id, 'a' || a as annotator_id, 'l' || (e + a) % 2 as label
                    from public.hardly_many() e, generate_series(1, 2) a""");
        }
        Program.Result result = program.call("run", "--parallel", "2");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(warehouse.value("select max(started_at) >= min(finished_at) from crowdlab.run"))
                .as("the second began when the first had ended")
                .isEqualTo("t");
    }

    @Test
    void aDatasetThatFailsDoesNotHinderTheOthers() throws SQLException {
        warehouse = Warehouse.with("colors", "zebras");
        Program.Result result = warehouse
                .program()
                .with("crowdlab.datasets.broken.annotations-query", """
                        select 'e' || n as example_id, 'a' as annotator_id, (1 / (3 - n))::text as label
                        from generate_series(1, 5) n""")
                .call("run");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("broken: failed. crowdlab.datasets.broken.annotations-query: failed while rows were read;"
                        + " PostgreSQL: division by zero");
        assertThat(warehouse.column("select dataset || ' ' || status from crowdlab.run order by 1"))
                .containsExactly("broken FAILED", "colors PUBLISHED", "zebras PUBLISHED");
    }

    private Program.Result run(String... options) {
        String[] words = new String[options.length + 1];
        words[0] = "run";
        System.arraycopy(options, 0, words, 1, options.length);
        Program.Result result = warehouse.program().call(words);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result;
    }
}
