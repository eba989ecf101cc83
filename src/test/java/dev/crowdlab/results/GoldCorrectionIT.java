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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose labels gold corrects, as their tables, views and commands show them. */
class GoldCorrectionIT {

    private static final String FINDING =
            "select severity || ' ' || message from crowdlab_bi.run_checks where code = 'GOLD_ACCURACY'";

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    /** 600 examples; p1 to p3 call every c b, p4 errs in one case of ten. The same without that error in sound. */
    @BeforeEach
    void fill() throws SQLException {
        warehouse = Warehouse.with("d");
        warehouse.execute(
                "create table public.truth as select 'e' || e as example_id, chr(97 + abs(hashint4(e)) % 3) as label, e"
                        + " from generate_series(1, 600) e",
                """
                create table public.misled as
                select example_id, 'p' || p as annotator_id, case
                    when p < 4 then case label when 'c' then 'b' else label end
                    when abs(hashint4(1000 + e)) % 10 = 0 then chr(97 + abs(hashint4(2000 + e)) % 3)
                    else label end as label
                from public.truth, generate_series(1, 4) p""", """
                create table public.sound as
                select example_id, 'p' || p as annotator_id,
                    case when abs(hashint4(1000 * p + e)) % 10 = 0 then chr(97 + abs(hashint4(2000 * p + e)) % 3)
                    else label end as label
                from public.truth, generate_series(1, 4) p""", "create table public.gold (example_id text, label text)");
    }

    @AfterEach
    void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.close();
    }

    private void gold(int count) throws SQLException {
        warehouse.execute("truncate public.gold", """
                insert into public.gold
                select example_id, label from public.truth order by hashtext(example_id) limit""" + " " + count);
    }

    private Program program(String labels) {
        return warehouse
                .program()
                .with(
                        "crowdlab.datasets.d.annotations-query",
                        "select example_id, annotator_id, label from public." + labels)
                .with("crowdlab.datasets.d.gold-query", "select example_id, label from public.gold")
                .with("crowdlab.datasets.d.consensus-methods", "committee,majority_vote");
    }

    private Program anchored(String labels) {
        return program(labels).with("crowdlab.datasets.d.use-gold", "anchor");
    }

    private static String text(Program.Result result) {
        return result.out() + result.err();
    }

    private void run(Program program) {
        Program.Result result = program.call("run");
        assertThat(result.exitCode()).as(text(result)).isZero();
    }

    private double accuracy() throws SQLException {
        return Double.parseDouble(warehouse.value("""
                select avg((consensus_label = t.label)::int) from crowdlab_bi.label_quality
                join public.truth t using (example_id)
                where not exists (select from public.gold g where g.example_id = t.example_id)"""));
    }

    @Test
    void goldChangesLabelsThatAllGetWrong() throws SQLException, IOException {
        gold(150);
        run(program("misled"));
        double before = accuracy();
        run(anchored("misled"));
        assertThat(before).isLessThan(0.75);
        assertThat(accuracy()).isGreaterThan(0.88);
        assertThat(warehouse.value("""
                select concat_ws(' ', consensus_method, status, strength in (1, 4, 16, 64), wins - losses > 30, num_gold,
                    lower < accuracy and accuracy < upper)
                from crowdlab_bi.gold_correction""")).isEqualTo("committee CHANGED t t 150 t");
        assertThat(warehouse.value("select accuracy from crowdlab_bi.gold_correction"))
                .satisfies(accuracy -> assertThat(Math.abs(Double.parseDouble(accuracy) - accuracy()))
                        .isLessThan(0.06));
        assertThat(warehouse.column("select concat_ws(' ', place, feature, class, annotator_id)"
                        + " from crowdlab_bi.gold_weight order by place"))
                .containsExactly(
                        "1 consensus",
                        "2 votes",
                        "3 class a",
                        "4 class b",
                        "5 class c",
                        "6 annotator p1",
                        "7 annotator p2",
                        "8 annotator p3",
                        "9 annotator p4");
        assertThat(warehouse.value("select max(weight) = max(weight) filter (where annotator_id = 'p4')"
                        + " from crowdlab_bi.gold_weight where feature = 'annotator'"))
                .isEqualTo("t");
        checkConsistent();
        assertThat(warehouse.value(FINDING))
                .matches(
                        "INFO 150 gold labels: the labels were changed, \\d+ right more than before in cross-validation"
                                + " \\(\\d+ better, \\d+ worse\\); of those without gold 9\\d\\.\\d\\d % are right \\(90 % interval from"
                                + " \\d+\\.\\d\\d to 9\\d\\.\\d\\d %\\), if gold was drawn at random\\.");
        assertThat(text(anchored("misled").call("show", "2"))).contains("150 gold labels: the labels were changed");
        assertThat(text(anchored("misled").call("show", "2", "--output", "json")))
                .contains("150 gold labels: the labels were changed");
        Path report = directory.resolve("report.html");
        assertThat(anchored("misled")
                        .call("report", "--dataset", "d", "--out", report.toString())
                        .exitCode())
                .isZero();
        assertThat(Files.readString(report))
                .contains("150 gold labels: the labels were changed")
                .contains(warehouse.value("select round(accuracy::numeric, 3) from crowdlab_bi.gold_correction"));
        assertThat(text(anchored("misled").call("verify")))
                .as("digests of both tables")
                .contains("found no difference");
    }

    /** Gold is published, and what follows from labels follows from the published ones. */
    private void checkConsistent() throws SQLException {
        assertThat(warehouse.value("""
                select count(*) from crowdlab_bi.label_quality l
                join public.gold g on g.example_id = l.example_id and g.label = l.consensus_label
                where l.consensus_quality_score = 1 and l.tie_break = 'none'""")).isEqualTo(warehouse.value("select count(*) from public.gold"));
        assertThat(warehouse.value("""
                select count(*) from crowdlab_bi.annotator_stats s
                join (select d.annotator_id, avg((d.label = l.consensus_label)::int)::float8 as equal
                    from crowdlab_bi.detailed_label_quality d join crowdlab_bi.label_quality l using (example_id)
                    group by 1) a using (annotator_id)
                where abs(a.equal - s.agreement_with_consensus) < 1e-12""")).isEqualTo("4");
        assertThat(warehouse.value("""
                select count(*) from crowdlab_bi.detailed_label_quality d join crowdlab_bi.label_quality l using (example_id)
                where d.label = l.consensus_label and abs(d.quality_score - l.consensus_quality_score) > 1e-12""")).isEqualTo("0");
        assertThat(warehouse.value("""
                select (select sum(num_annotations) from crowdlab_bi.annotator_confusion
                    where consensus_label = 'c' and given_label = 'b') = count(*)
                from crowdlab_bi.detailed_label_quality d join crowdlab_bi.label_quality l using (example_id)
                where l.consensus_label = 'c' and d.label = 'b'""")).isEqualTo("t");
    }

    @Test
    void changedLabelsAreChanges() throws SQLException {
        gold(150);
        run(program("misled"));
        run(anchored("misled"));
        assertThat(warehouse.value("""
                select count(*) > 100 and bool_and(c.consensus_label = l.consensus_label)
                from crowdlab.label_change c
                join crowdlab_bi.label_quality l using (run_id, example_id)""")).isEqualTo("t");
        assertThat(warehouse.value("select count(distinct (gold_accuracy, gold_lower, gold_upper, num_gold))"
                        + " from crowdlab.run_consensus where consensus_method = 'committee'"))
                .as("gold measures labels that are made without it")
                .isEqualTo("1");
        assertThat(warehouse.value("select count(distinct (class, counted_share, share)) from crowdlab.class_share"))
                .as("so do shares")
                .isEqualTo("3");
    }

    @Test
    void goldKeepsLabelsThatAreSound() throws SQLException {
        gold(200);
        run(program("sound"));
        run(anchored("sound").with("crowdlab.datasets.d.store-posterior", "true"));
        assertThat(warehouse.value("""
                select concat_ws(' ', status, strength is null, wins is not null, losses is not null, num_gold,
                    lower <= accuracy and accuracy <= upper)
                from crowdlab_bi.gold_correction""")).isEqualTo("KEPT t t t 200 t");
        assertThat(warehouse.column("select place from crowdlab_bi.gold_weight"))
                .isEmpty();
        assertThat(warehouse.value("""
                select count(*) from crowdlab.label_change c
                where c.previous_label <> c.consensus_label
                    and not exists (select from public.gold g where g.example_id = c.example_id)""")).isEqualTo("0");
        assertThat(warehouse.value("""
                select bool_and(abs((select max(x) from unnest(p.posterior) x) - l.consensus_quality_score) < 1e-9)
                from crowdlab.label_posterior p join crowdlab_bi.label_quality l using (run_id, example_id)
                where l.consensus_quality_score > 0.5""")).isEqualTo("t");
        checkConsistent();
        assertThat(warehouse.value(FINDING))
                .startsWith("INFO 200 gold labels: the labels were kept, since a correction does not make them clearly"
                        + " better (");
    }

    @Test
    void tooLittleGoldIsSaid() throws SQLException {
        gold(19);
        run(anchored("misled"));
        assertThat(warehouse.value(
                        "select concat_ws(' ', status, wins, accuracy, num_gold) from crowdlab_bi.gold_correction"))
                .isEqualTo("TOO_LITTLE_GOLD 19");
        assertThat(warehouse.value(FINDING))
                .isEqualTo(
                        "INFO 19 gold labels: the labels were kept, and their accuracy is not measured, which takes 20"
                                + " gold labels; labels change from 100 on (gold-minimum).");
        gold(99);
        run(anchored("misled"));
        assertThat(
                        warehouse.value(
                                "select concat_ws(' ', status, wins, num_gold, accuracy < upper) from crowdlab_bi.gold_correction"))
                .isEqualTo("KEPT 99 t");
        assertThat(warehouse.value(FINDING))
                .startsWith("INFO 99 gold labels: the labels were kept, since they change from 100 gold labels on"
                        + " (gold-minimum); of those without gold ");
        run(anchored("misled").with("crowdlab.datasets.d.gold-minimum", "50"));
        assertThat(warehouse.value("select status from crowdlab_bi.gold_correction"))
                .isEqualTo("CHANGED");
    }

    @Test
    void repeatedConflictingAndUnlabeledGoldIsLeftOut() throws SQLException {
        gold(150);
        warehouse.execute(
                "insert into public.gold select * from public.gold",
                "insert into public.gold select example_id, case label when 'a' then 'b' else 'a' end from public.gold"
                        + " where example_id in (select example_id from public.gold order by 1 limit 1)",
                "insert into public.gold values ('nowhere', 'a')");
        run(anchored("misled"));
        assertThat(warehouse.value("select status || ' ' || num_gold from crowdlab_bi.gold_correction"))
                .isEqualTo("CHANGED 149");
        assertThat(warehouse.column(
                        "select distinct reason from crowdlab.rejected_row where source = 'gold' order by 1"))
                .containsExactly("CONFLICTING_GOLD", "NOT_ANNOTATED");
    }

    @Test
    void goldOfAllExamplesIsPublished() throws SQLException {
        gold(600);
        run(anchored("misled"));
        checkConsistent();
        assertThat(warehouse.value("select status || ' ' || num_gold from crowdlab_bi.gold_correction"))
                .isEqualTo("CHANGED 600");
    }

    @Test
    void withoutGoldNothingIsCorrected() throws SQLException {
        run(anchored("misled"));
        assertThat(warehouse.value("select status || ' ' || num_gold from crowdlab_bi.gold_correction"))
                .isEqualTo("TOO_LITTLE_GOLD 0");
        assertThat(warehouse.value(FINDING)).startsWith("WARN No analyzed example has a usable gold label");
    }

    @Test
    void otherRunsDoNotHaveTheTables() throws SQLException {
        gold(150);
        for (String use : List.of("false", "true")) {
            run(program("misled").with("crowdlab.datasets.d.use-gold", use));
        }
        assertThat(warehouse.column(
                        "select table_name from crowdlab.run_table where table_name like 'gold%' order by 1"))
                .isEmpty();
        assertThat(warehouse.column("select settings ->> 'use_gold' from crowdlab.run order by run_id"))
                .containsExactly("false", "true");
        run(anchored("misled"));
        assertThat(warehouse.column(
                        "select table_name from crowdlab.run_table where table_name like 'gold%' order by 1"))
                .containsExactly("gold_correction", "gold_weight");
        assertThat(warehouse.value("select settings ->> 'use_gold' from crowdlab.run order by run_id desc limit 1"))
                .isEqualTo("anchor");
    }

    @Test
    void theCheckOfGoldSeesCorrectedLabels() throws SQLException {
        gold(150);
        String limit = "crowdlab.datasets.d.checks.min-gold-accuracy";
        assertThat(program("misled").with(limit, "0.8").call("run").exitCode()).isEqualTo(3);
        run(anchored("misled").with(limit, "0.8"));
        assertThat(anchored("misled")
                        .with(limit, "0.999")
                        .call("run", "--force")
                        .exitCode())
                .isEqualTo(3);
    }

    @Test
    void aForgottenAnnotatorIsForgottenAmongTheWeights() throws SQLException {
        gold(150);
        run(anchored("misled"));
        Program.Result result = anchored("misled").call("forget", "--annotator", "p4");
        assertThat(result.exitCode()).as(text(result)).isZero();
        assertThat(warehouse.value("select count(*) from crowdlab.gold_weight where annotator_id = 'p4'"))
                .isEqualTo("0");
        assertThat(warehouse.value("select count(*) from crowdlab.gold_weight where feature = 'annotator'"))
                .isEqualTo("4");
    }
}
