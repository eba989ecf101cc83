package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dataset with gold: what is measured by it, what is refused of it, and what it leaves alone. */
class GoldIT {

    private static final String WILSON = """
            (%1$s + z * z / 2 / n %2$s z * sqrt((%1$s * (1 - %1$s) + z * z / 4 / n) / n)) / (1 + z * z / n)""";

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeEach
    void fill() throws SQLException {
        warehouse = Warehouse.with("d");
        warehouse.execute(
                "create table public.gold (example_id text, label text)",
                """
                insert into public.gold
                select 'e' || e, (array['blue', 'green', 'red'])[1 + (case when e % 7 = 0 then e + 1 else e end) % 3]
                from generate_series(1, 30) e""",
                "insert into public.gold select * from public.gold");
    }

    @AfterEach
    void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.close();
    }

    private Program plain() {
        return warehouse
                .program()
                .with(
                        "crowdlab.datasets.d.annotations-query",
                        "select example_id, annotator_id, label from crowdlab.annotation")
                .with(
                        "crowdlab.datasets.d.predictions-query",
                        "select example_id, label, probability from crowdlab.prediction")
                .with("crowdlab.datasets.d.consensus-methods", "best_quality,majority_vote,committee");
    }

    private Program gold() {
        return plain().with("crowdlab.datasets.d.gold-query", "select example_id, label from public.gold");
    }

    private static String text(Program.Result result) {
        return result.out() + result.err();
    }

    private void run(Program program, int exitCode) {
        Program.Result result = program.call("run");
        assertThat(result.exitCode()).as(text(result)).isEqualTo(exitCode);
    }

    @Test
    void annotatorsAreMeasured() throws SQLException {
        run(gold(), 0);
        assertThat(warehouse.column(
                        "select distinct num_gold > 0 and gold_accuracy < 1 from crowdlab_bi.annotator_stats"))
                .containsExactly("t");
        assertThat(warehouse.value("""
                with known as (
                    select a.annotator_id, count(*)::float8 as n, avg((a.label = g.label)::int)::float8 as share,
                        1.6448536269514722::float8 as z
                    from crowdlab.annotation a
                    join (select distinct * from public.gold) g using (example_id)
                    where a.label is not null
                    group by a.annotator_id)
                select count(*) filter (where num_gold = n and abs(gold_accuracy - share) < 1e-12
                    and abs(gold_lower - %s) < 1e-12 and abs(gold_upper - %s) < 1e-12)
                from crowdlab_bi.annotator_stats
                join known using (annotator_id)""".formatted(WILSON.formatted("share", "-"), WILSON.formatted("share", "+"))))
                .isEqualTo(String.valueOf(Warehouse.ANNOTATORS));
    }

    @Test
    @Tag("slow")
    void theQualityOfEveryMethodIsComparedWithHowOftenItIsRight() throws SQLException {
        run(gold(), 0);
        assertThat(warehouse.value(
                        "select string_agg(distinct consensus_method, ' ') from crowdlab_bi.calibration_bins"))
                .isEqualTo("best_quality committee majority_vote");
        assertThat(warehouse.value("""
                with consensus as (
                    select 'best_quality' as consensus_method, example_id, consensus_label, consensus_quality_score as score
                    from crowdlab_bi.label_quality
                    union all
                    select consensus_method, example_id, consensus_label, consensus_quality_score
                    from crowdlab_bi.alternative_consensus),
                known as (
                    select consensus_method, least(10, 1 + floor(score * 10))::int as bin, count(*) as n, avg(score) as mean,
                        avg((consensus_label = label)::int)::float8 as share
                    from consensus
                    join (select distinct * from public.gold) g using (example_id)
                    group by 1, 2)
                select count(*) filter (where b.num_gold is distinct from n or abs(mean_predicted - mean) > 1e-12
                        or actual <> share or mean_predicted not between bin_lower and bin_upper)
                    || ' ' || (count(*) > 3) || ' ' || sum(n)
                from crowdlab_bi.calibration_bins b
                full join known using (consensus_method, bin)""")).isEqualTo("0 true 90");
    }

    @Test
    void everyMethodIsMeasured() throws SQLException {
        run(gold(), 0);
        assertThat(warehouse.value("""
                with consensus as (
                    select 'best_quality' as consensus_method, example_id, consensus_label from crowdlab_bi.label_quality
                    union all
                    select consensus_method, example_id, consensus_label from crowdlab_bi.alternative_consensus),
                known as (
                    select consensus_method, count(*)::float8 as n, avg((consensus_label = label)::int)::float8 as share,
                        1.6448536269514722::float8 as z
                    from consensus
                    join (select distinct * from public.gold) g using (example_id)
                    group by 1)
                select count(*) filter (where num_gold = n and n = 30 and abs(gold_accuracy - share) < 1e-12
                    and abs(gold_lower - %s) < 1e-12 and abs(gold_upper - %s) < 1e-12)
                from crowdlab_bi.run_consensus
                join known using (consensus_method)""".formatted(WILSON.formatted("share", "-"), WILSON.formatted("share", "+"))))
                .isEqualTo("3");
    }

    @Test
    void theRunTellsHowOftenThePublishedLabelIsRight() throws SQLException {
        run(gold(), 0);
        assertThat(warehouse.value("""
                select observed = right_count / 30.0 and severity = 'INFO' and threshold is null
                    and message like right_count || ' of 30 gold labels equal the published label (%'
                from crowdlab.run_check
                cross join (
                    select count(*) as right_count
                    from crowdlab_bi.label_quality l
                    join (select distinct * from public.gold) g on g.example_id = l.example_id and g.label = l.consensus_label) g
                where code = 'GOLD_ACCURACY'""")).isEqualTo("t");
    }

    @Test
    @Tag("slow")
    void nothingElseChanges() throws SQLException {
        run(plain(), 0);
        run(gold(), 0);
        assertThat(warehouse.column("""
                select p.table_name
                from crowdlab.run_table g
                left join crowdlab.run_table p on p.table_name = g.table_name and p.run_id = 1 and p.digest = g.digest
                    and p.columns = g.columns
                where g.run_id = 2 and p.run_id is null and g.table_name not in
                    ('annotator_stats', 'calibration_bin', 'class_share', 'run_check', 'label_change', 'run_consensus')""")).isEmpty();
        assertThat(warehouse.column("select table_name from crowdlab.run_table where run_id = 1"))
                .doesNotContain("calibration_bin");
        assertThat(warehouse.value("select columns && array['gold_accuracy', 'num_gold'] from crowdlab.run_table"
                        + " where run_id = 1 and table_name = 'annotator_stats'"))
                .isEqualTo("f");
        assertThat(warehouse.value("select count(*) from crowdlab.label_change where run_id = 2"))
                .isEqualTo("0");
        assertThat(warehouse.value("""
                select count(*)
                from crowdlab.annotator_stats p
                join crowdlab.annotator_stats g using (annotator_id, annotator_quality, annotator_weight, quality_lower)
                where p.run_id = 1 and g.run_id = 2 and p.num_gold is null""")).isEqualTo(String.valueOf(Warehouse.ANNOTATORS));
    }

    @Test
    @Tag("slow")
    void otherGoldIsNewInputAndTheSameIsNot() throws SQLException {
        run(gold(), 0);
        run(gold(), 0);
        warehouse.execute("update public.gold set label = 'red' where example_id = 'e1'");
        run(gold(), 0);
        run(plain(), 0);
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "SKIPPED", "PUBLISHED", "PUBLISHED");
    }

    @Test
    void whatCannotBeUsedIsRefusedWithItsReason() throws SQLException {
        warehouse.execute("""
                insert into public.gold values
                    ('e1', 'blue'), ('e31', 'Red'), ('e99', 'red'), ('e98', 'red'), ('e97', 'red'), ('e96', 'red'), (null, 'red'),
                    ('e2', null), (repeat('x', 1001), 'red'), ('e3', repeat('y', 251))""", """
                insert into public.gold select 'none' || e, 'red' from generate_series(1, 200) e""");
        run(gold(), 0);
        assertThat(warehouse.column(
                        "select reason || ' ' || num_rows from crowdlab.rejected_count where source = 'gold'"
                                + " order by 1"))
                .containsExactly(
                        "CONFLICTING_GOLD 3",
                        "MISSING_ID 1",
                        "MISSING_LABEL 1",
                        "NOT_ANNOTATED 204",
                        "TOO_LONG 2",
                        "UNKNOWN_LABEL 1");
        assertThat(warehouse.value(
                        "select num_rejected = (select sum(num_rows) from crowdlab.rejected_count) from crowdlab.run"))
                .isEqualTo("t");
        assertThat(warehouse.column("select example_id || ' ' || coalesce(label, '-') || ': ' || detail"
                        + " from crowdlab.rejected_row where source = 'gold' and example_id in ('e2', 'e31')"))
                .containsExactly(
                        "e2 -: label is null",
                        "e31 Red: label 'Red' is not one of the dataset's classes, it differs from 'red' in case or blanks"
                                + " alone; did you mean 'red'?");
        assertThat(warehouse.column(
                        "select severity || ' ' || observed from crowdlab.run_check where code = 'GOLD_REJECTED'"))
                .containsExactly("INFO 212");
        assertThat(warehouse.value("select message from crowdlab.run_check where code = 'GOLD_ACCURACY'"))
                .contains("of 29 gold labels");
        assertThat(warehouse.value("select num_gold from crowdlab_bi.annotator_stats where annotator_id = 'a1'"))
                .isEqualTo(warehouse.value("select count(*) from crowdlab.annotation where annotator_id = 'a1'"
                        + " and substr(example_id, 2)::int between 2 and 30"));
    }

    @Test
    @Tag("slow")
    void tooLowAnAccuracyIsRefusedAndTheFormerResultStays() throws SQLException {
        run(plain(), 0);
        Program strict = gold().with("crowdlab.datasets.d.checks.min-gold-accuracy", "0.95");
        run(strict, 3);
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "REFUSED");
        assertThat(warehouse.published("d")).isEqualTo("1");
        assertThat(warehouse.value("select severity || ' ' || threshold || ' ' || message from crowdlab.run_check"
                        + " where run_id = 2 and code = 'GOLD_ACCURACY'"))
                .startsWith("FAIL 0.95 ")
                .contains("of 30 gold labels", ", checks.min-gold-accuracy is 0.95; look at");
        run(gold().with("crowdlab.datasets.d.checks.min-gold-accuracy.warn", "0.95"), 0);
        assertThat(warehouse.value(
                        "select severity from crowdlab.run_check where run_id = 3 and code = 'GOLD_ACCURACY'"))
                .isEqualTo("WARN");
    }

    @Test
    @Tag("slow")
    void goldWithoutAUsableRowIsAWarning() throws SQLException {
        warehouse.execute("delete from public.gold");
        run(gold().with("crowdlab.datasets.d.checks.min-gold-accuracy", "0.9"), 0);
        warehouse.execute("insert into public.gold values ('nowhere', 'red')");
        run(gold(), 0);
        assertThat(warehouse.program().call("show", "2").out())
                .containsPattern("\\n  gold_query +select ")
                .doesNotContain("\"gold_query\"");
        assertThat(warehouse.column("select run_id || ' ' || severity || ' ' || message from crowdlab.run_check"
                        + " where code like 'GOLD%' order by run_id, code"))
                .containsExactly(
                        "1 WARN No analyzed example has a usable gold label, so checks.min-gold-accuracy has nothing to"
                                + " compare; gold has no row, check its query or table.",
                        "2 WARN No analyzed example has a usable gold label; look at rejected_row for the reasons.",
                        "2 WARN 1 gold row could not be used: NOT_ANNOTATED 1 (the example has no annotation that"
                                + " could be analyzed, such as of 'nowhere'); rejected_row has it with the reason.");
        assertThat(warehouse.column(
                        "select distinct num_gold from crowdlab_bi.annotator_stats where gold_accuracy is null"))
                .containsExactly("0");
        assertThat(warehouse.column("select bin from crowdlab_bi.calibration_bins"))
                .isEmpty();
    }

    @Test
    void usedGoldIsPublishedAndJudgesTheAnnotators() throws SQLException {
        run(gold(), 0);
        for (String methods : List.of("committee,best_quality,majority_vote,dawid_skene", "best_quality,committee")) {
            run(
                    gold().with("crowdlab.datasets.d.use-gold", "true")
                            .with("crowdlab.datasets.d.consensus-methods", methods),
                    0);
            checkUsed();
        }
        assertThat(warehouse.value("""
                select count(distinct (annotator_id, gold_accuracy, gold_lower, gold_upper, num_gold))
                from crowdlab.annotator_stats"""))
                .as("gold judges them the same, used or not")
                .isEqualTo(String.valueOf(Warehouse.ANNOTATORS));
    }

    private void checkUsed() throws SQLException {
        assertThat(warehouse.value("""
                select count(*) from crowdlab_bi.label_quality l
                join (select distinct * from public.gold) g on g.example_id = l.example_id and g.label = l.consensus_label
                where l.consensus_quality_score = 1 and l.tie_break = 'none'""")).isEqualTo("30");
        assertThat(warehouse.value("""
                select count(*) = 30 * (select count(distinct consensus_method) from crowdlab_bi.alternative_consensus)
                from crowdlab_bi.alternative_consensus a
                join (select distinct * from public.gold) g on g.example_id = a.example_id and g.label = a.consensus_label
                where a.consensus_quality_score = 1""")).isEqualTo("t");
        assertThat(warehouse.value("""
                select bool_and(d.quality_score = (d.label = g.label)::int)
                from crowdlab_bi.detailed_label_quality d
                join (select distinct * from public.gold) g using (example_id)""")).isEqualTo("t");
        assertThat(warehouse.value(
                        "select bool_and(num_gold > 0 and gold_accuracy is not null) from crowdlab_bi.annotator_stats"))
                .isEqualTo("t");
    }

    @Test
    void usedGoldMeasuresTheLabelsFromBefore() throws SQLException {
        String methods = "committee,best_quality,majority_vote,dawid_skene";
        run(gold().with("crowdlab.datasets.d.consensus-methods", methods), 0);
        run(
                gold().with("crowdlab.datasets.d.consensus-methods", methods)
                        .with("crowdlab.datasets.d.use-gold", "true"),
                0);
        for (String table : List.of("calibration_bin", "class_share")) {
            assertThat(warehouse.value(
                            "select count(distinct digest) || ' ' || count(*) || ' ' || min(row_count) from crowdlab.run_table"
                                    + " where table_name = '" + table + "'"))
                    .as(table)
                    .matches("1 2 [1-9].*");
        }
        assertThat(warehouse.value("""
                select count(*) || ' ' || count(distinct (consensus_method, gold_accuracy, gold_lower, gold_upper, num_gold))
                    || ' ' || count(distinct (consensus_method, estimated_accuracy)) || ' ' || min(num_gold)
                from crowdlab.run_consensus"""))
                .as("the committee alone estimates one, which counts gold as right")
                .isEqualTo("8 4 5 30");
        assertThat(warehouse.value(
                        "select severity || ' ' || message from crowdlab_bi.run_checks where code = 'GOLD_ACCURACY'"))
                .matches("INFO \\d+ of 30 gold labels equal the label from before gold decided \\(use-gold\\) \\(.*");
    }

    @Test
    void goldOfEveryExampleMayDecideAllOfThem() throws SQLException {
        warehouse.execute("truncate public.gold", """
                insert into public.gold select example_id, min(label) from crowdlab.annotation group by example_id""");
        run(gold().with("crowdlab.datasets.d.use-gold", "true"), 0);
        assertThat(warehouse.column("""
                select estimated_accuracy || ' ' || upper from crowdlab_bi.run_consensus
                where dataset = 'd' and consensus_method = 'committee'""")).containsExactly("1 1");
    }

    @Test
    @Tag("slow")
    void wrongColumnsAreFoundBeforeAnythingIsRead() throws SQLException {
        Program wrong =
                plain().with("crowdlab.datasets.d.gold-query", "select example_id, label as answer from public.gold");
        Program.Result validated = wrong.call("validate");
        assertThat(validated.exitCode()).isEqualTo(2);
        assertThat(text(validated))
                .contains("crowdlab.datasets.d.gold-query: has no column label; it has example_id, answer");
        run(wrong, 1);
        assertThat(warehouse.statuses()).containsExactly("FAILED");
        assertThat(gold().call("validate").exitCode()).isZero();
    }

    /** In a column of its own, which is there only with gold. */
    @Test
    @Tag("slow")
    void theReportTellsHowOftenAnnotatorsAreRight() throws Exception {
        String column = "data-sort=\"number\">Gold</th>";
        Path file = directory.resolve("report.html");
        run(plain(), 0);
        assertThat(warehouse
                        .program()
                        .call("report", "--run", "1", "--out", file.toString())
                        .exitCode())
                .isZero();
        assertThat(Files.readString(file)).doesNotContain(column);
        warehouse.execute("insert into public.gold values ('nowhere', 'red')");
        run(gold(), 0);
        assertThat(warehouse
                        .program()
                        .call("report", "--run", "2", "--out", file.toString())
                        .exitCode())
                .isZero();
        assertThat(Files.readString(file))
                .contains(column, "Gold of an example without labels")
                .contains(warehouse.column("""
                        select round(gold_accuracy::numeric, 2) || ' of' || chr(160) || num_gold || '<span class="hidden"> interval '
                            || round(gold_lower::numeric, 2) || ' to ' || round(gold_upper::numeric, 2) || '</span>'
                        from crowdlab_bi.annotator_stats"""));
    }

    @Test
    @Tag("slow")
    void aDryRunReadsGold() throws SQLException {
        Program.Result result = gold().with("crowdlab.datasets.d.checks.min-gold-accuracy", "0.95")
                .call("run", "--dry-run");
        assertThat(result.exitCode()).as(text(result)).isEqualTo(3);
        assertThat(text(result)).contains("of 30 gold labels");
        assertThat(warehouse.statuses()).isEqualTo(List.of());
    }

    @Test
    void aDryRunRefersToNoTableThatItDoesNotWrite() throws SQLException {
        warehouse.execute("delete from public.gold");
        warehouse.execute("insert into public.gold values ('nowhere', 'red')");
        Program.Result result = gold().call("run", "--dry-run");
        assertThat(result.exitCode()).as(text(result)).isZero();
        assertThat(text(result))
                .contains("No analyzed example has a usable gold label; a run would store the reasons in rejected_row.")
                .contains("such as of 'nowhere'); a run would store it with the reason in rejected_row.");
    }

    @Test
    void goldThatIsLoadedIntoTheBuiltInTableIsMeasuredBy() throws SQLException, IOException {
        try (Warehouse loaded = Warehouse.with("built-in", "other")) {
            loaded.call(0, "run");
            Path file = Files.createTempFile("gold", ".csv");
            Files.writeString(file, "Example_ID;label\ne1;green\ne2;red\ne3;blue\n");
            assertThat(loaded.call(0, "load", "--dataset", "built-in", "--gold", file.toString()))
                    .contains("Loaded 3 rows into crowdlab.gold, dataset built-in. It had none there before.");
            Files.delete(file);
            assertThat(loaded.call(0, "run"))
                    .containsPattern("built-in +3 +published")
                    .containsPattern("other +4 +nothing");
            assertThat(loaded.value("select num_gold from crowdlab_bi.run_consensus where dataset = 'built-in'"
                            + " and consensus_method = 'best_quality'"))
                    .isEqualTo("3");
            assertThat(loaded.call(0, "run", "--dataset", "built-in")).contains("nothing new");
            String gold = "--crowdlab.datasets.built-in.";
            assertThat(loaded.call(0, "run", "--dataset", "built-in", gold + "use-gold=true"))
                    .contains("published");
            assertThat(loaded.call(
                            0,
                            "run",
                            "--dataset",
                            "other",
                            "--force",
                            "--crowdlab.datasets.other.checks.min-gold-accuracy=0.9"))
                    .contains("checks.min-gold-accuracy has nothing to compare; gold has no row");
            loaded.call(0, "forget", "--example", "e2");
            assertThat(loaded.column("select example_id from crowdlab.gold where example_id in ('e1', 'e2')"))
                    .containsExactly("e1");
        }
    }
}
