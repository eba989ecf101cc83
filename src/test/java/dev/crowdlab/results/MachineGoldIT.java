package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Gold that corrects labels to which machines contribute, or which they gave alone. */
class MachineGoldIT {

    private static final String FINDING =
            "select severity || ' ' || message from crowdlab_bi.run_checks where code = 'PANEL_WITHOUT_ANCHOR'";

    private Warehouse warehouse;

    /**
     * Of 600 examples of three classes, people labeled the first 300, three machines all. People but p4, and machines but
     * gpt-1, call every c b; these two err in one case of ten.
     */
    @BeforeEach
    void fill() throws SQLException {
        warehouse = Warehouse.with("d");
        warehouse.execute(
                "create table public.truth as select 'e' || to_char(e, 'FM000') as example_id,"
                        + " chr(97 + abs(hashint4(e)) % 3) as label, e from generate_series(1, 600) e",
                """
                create function public.answer(e int, label text, who int, is_misled boolean) returns text language sql as $$
                select case
                    when is_misled then case label when 'c' then 'b' else label end
                    when abs(hashint4(1000 * who + e)) % 10 = 0 then chr(97 + abs(hashint4(2000 * who + e)) % 3)
                    else label end $$""", """
                create table public.label as
                select example_id, 'p' || p as annotator_id, public.answer(e, label, p, p < 4) as label
                from public.truth, generate_series(1, 4) p where e <= 300
                union all
                select example_id, 'gpt-' || m, public.answer(e, label, 10 + m, m > 1)
                from public.truth, generate_series(1, 3) m""", "create table public.gold (example_id text, label text)");
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

    private Program program() {
        return warehouse
                .program()
                .with(
                        "crowdlab.datasets.d.annotations-query",
                        "select example_id, annotator_id, label from public.label")
                .with("crowdlab.datasets.d.gold-query", "select example_id, label from public.gold")
                .with("crowdlab.datasets.d.consensus-methods", "committee,majority_vote")
                .with("crowdlab.datasets.d.machines", "gpt-*");
    }

    private Program anchored() {
        return program().with("crowdlab.datasets.d.use-gold", "anchor");
    }

    private String run(Program program) {
        Program.Result result = program.call("run");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result.out() + result.err();
    }

    private String value(String select) throws SQLException {
        return warehouse.value(select);
    }

    /** How many labels are right of the examples without gold that the condition names. */
    private double accuracy(String which) throws SQLException {
        return Double.parseDouble(value("""
                select avg((consensus_label = t.label)::int) from crowdlab_bi.label_quality
                join public.truth t using (example_id)
                where not exists (select from public.gold g where g.example_id = t.example_id) and""" + " " + which));
    }

    private void checkGoldIsPublished() throws SQLException {
        assertThat(value("""
                select count(*) from crowdlab_bi.label_quality l
                join public.gold g on g.example_id = l.example_id and g.label = l.consensus_label
                where l.consensus_quality_score = 1 and l.label_source <> 'MACHINES'""")).isEqualTo(value("select count(*) from public.gold"));
    }

    @Test
    void goldCorrectsWhatPeopleAndMachinesGetWrong() throws SQLException {
        gold(200);
        run(program());
        double mixed = accuracy("e <= 300");
        double alone = accuracy("e > 300");
        run(anchored());
        assertThat(mixed).isLessThan(0.75);
        assertThat(alone).isLessThan(0.75);
        assertThat(accuracy("e <= 300")).isGreaterThan(0.85);
        assertThat(accuracy("e > 300")).isGreaterThan(0.85);
        assertThat(value("select message from crowdlab_bi.run_checks where code = 'GOLD_ACCURACY'"))
                .startsWith("200 gold labels: the labels were changed");
        assertThat(value("""
                select concat_ws(' ', consensus_method, status, strength in (1, 4, 16, 64), wins - losses > 40, num_gold,
                    lower < accuracy and accuracy < upper)
                from crowdlab_bi.gold_correction""")).isEqualTo("committee CHANGED t t 200 t");
        assertThat(value("select accuracy from crowdlab_bi.gold_correction"))
                .satisfies(accuracy -> assertThat(Math.abs(Double.parseDouble(accuracy) - accuracy("true")))
                        .isLessThan(0.06));
        assertThat(value("select status || ' ' || num_anchors from crowdlab_bi.run_panel"))
                .isEqualTo("ANCHORED 300");
    }

    @Test
    void peopleAndMachinesHaveWeightsOfTheirOwn() throws SQLException {
        gold(200);
        run(anchored());
        assertThat(warehouse.column("select concat_ws(' ', place, feature, class, annotator_id)"
                        + " from crowdlab_bi.gold_weight order by place"))
                .startsWith("1 consensus", "2 votes", "3 class a", "4 class b", "5 class c", "6 annotator gpt-1")
                .contains("7 annotator gpt-2", "8 annotator gpt-3")
                .hasSize(12);
        assertThat(warehouse.column("select annotator_id from crowdlab_bi.gold_weight where feature = 'annotator'"
                        + " order by weight desc limit 2"))
                .containsExactlyInAnyOrder("gpt-1", "p4");
        assertThat(anchored().call("forget", "--annotator", "gpt-1").exitCode()).isZero();
        assertThat(value("select count(*) from crowdlab.gold_weight where annotator_id = 'gpt-1'"))
                .isEqualTo("0");
    }

    /** What follows from labels follows from the published ones. */
    @Test
    void tablesAgreeAboutCorrectedLabels() throws SQLException {
        gold(200);
        run(anchored().with("crowdlab.datasets.d.store-posterior", "true"));
        checkGoldIsPublished();
        assertThat(warehouse.column("select label_source || ' ' || (e > 300) || ' ' || (g.label is not null) from"
                        + " crowdlab_bi.label_quality l join public.truth t using (example_id)"
                        + " left join public.gold g using (example_id) group by 1 order by 1"))
                .containsExactly("HUMANS true true", "MACHINES true false", "MIXED false false", "MIXED false true");
        assertThat(warehouse.column("select annotator_id from crowdlab_bi.annotator_stats order by 1"))
                .containsExactly("p1", "p2", "p3", "p4");
        assertThat(value("""
                select count(*) from crowdlab_bi.annotator_stats s
                join (select d.annotator_id, avg((d.label = l.consensus_label)::int)::float8 as equal
                    from crowdlab_bi.detailed_label_quality d join crowdlab_bi.label_quality l using (example_id)
                    group by 1) a using (annotator_id)
                where abs(a.equal - s.agreement_with_consensus) < 1e-12""")).isEqualTo("4");
        assertThat(value("""
                select count(*) from crowdlab_bi.detailed_label_quality d join crowdlab_bi.label_quality l using (example_id)
                where d.label = l.consensus_label and abs(d.quality_score - l.consensus_quality_score) > 1e-12""")).isEqualTo("0");
        assertThat(value("""
                select bool_and(abs((select max(x) from unnest(p.posterior) x) - l.consensus_quality_score) < 1e-9)
                from crowdlab.label_posterior p join crowdlab_bi.label_quality l using (run_id, example_id)""")).isEqualTo("t");
        Program.Result verified = anchored().call("verify");
        assertThat(verified.out() + verified.err()).contains("found no difference");
    }

    @Test
    void goldKeepsLabelsThatAreSound() throws SQLException {
        warehouse.execute(
                "update public.label l set label = public.answer(e, t.label, 30 + ascii(right(annotator_id, 1)), false)"
                        + " from public.truth t where t.example_id = l.example_id");
        gold(200);
        run(program());
        warehouse.execute(
                "create table public.before as select example_id, consensus_label from crowdlab_bi.label_quality");
        run(anchored());
        assertThat(value("""
                select concat_ws(' ', status, strength is null, num_gold, lower <= accuracy and accuracy <= upper)
                from crowdlab_bi.gold_correction""")).isEqualTo("KEPT t 200 t");
        assertThat(value("""
                select count(*) from public.before b join crowdlab_bi.label_quality l using (example_id)
                where b.consensus_label <> l.consensus_label
                    and not exists (select from public.gold g where g.example_id = b.example_id)""")).isEqualTo("0");
        assertThat(value("""
                select abs(avg(consensus_quality_score) - (select accuracy from crowdlab_bi.gold_correction)) < 0.05
                from crowdlab_bi.label_quality where label_source = 'MACHINES'""")).isEqualTo("t");
        checkGoldIsPublished();
    }

    @Test
    void goldOfExamplesThatOnlyMachinesLabeledIsEnough() throws SQLException {
        warehouse.execute("insert into public.gold select example_id, label from public.truth where e > 450");
        String said = run(anchored());
        assertThat(said).doesNotContain("No analyzed example has a usable gold label");
        assertThat(value("select status || ' ' || num_gold from crowdlab_bi.gold_correction"))
                .isEqualTo("CHANGED 150");
        assertThat(accuracy("e > 300")).isGreaterThan(0.85);
        checkGoldIsPublished();
    }

    @Test
    void goldMeasuresMachinesThatNobodyCanJudge() throws SQLException {
        warehouse.execute("delete from public.label where annotator_id like 'p%'");
        gold(150);
        assertThat(program().call("run").exitCode()).isNotZero();
        run(anchored());
        assertThat(value("select status || ' ' || num_machines || ' ' || num_anchors from crowdlab_bi.run_panel"))
                .isEqualTo("BY_GOLD 0 0");
        assertThat(value("select string_agg(status || ' ' || num_overlap, ',') from crowdlab_bi.machine_stats"))
                .isEqualTo("NOT_ANCHORED 0,NOT_ANCHORED 0,NOT_ANCHORED 0");
        assertThat(value(FINDING))
                .isEqualTo(
                        "INFO 3 machines are counted as annotators and measured by gold, since people cannot judge them:"
                                + " 0 examples have labels of two people, and 50 must.");
        assertThat(value("select status || ' ' || num_gold from crowdlab_bi.gold_correction"))
                .isEqualTo("CHANGED 150");
        assertThat(accuracy("true")).isGreaterThan(0.85);
        assertThat(warehouse.column("select label_source || ' ' || count(*) from crowdlab_bi.label_quality"
                        + " group by label_source order by 1"))
                .containsExactly("HUMANS 150", "MACHINES 450");
        assertThat(warehouse.column("select annotator_id from crowdlab_bi.gold_weight where feature = 'annotator'"
                        + " order by weight desc"))
                .startsWith("gpt-1")
                .hasSize(3);
        assertThat(warehouse.column("select annotator_id from crowdlab_bi.annotator_stats order by 1"))
                .containsExactly("gpt-1", "gpt-2", "gpt-3");
        assertThat(value("select count(*) from crowdlab_bi.run_checks where code = 'LOOKS_LIKE_A_MACHINE'"))
                .isEqualTo("0");
        checkGoldIsPublished();
        Program.Result verified = anchored().call("verify");
        assertThat(verified.out() + verified.err()).contains("found no difference");
    }

    @Test
    void fewPeopleAreAnnotatorsBesideMachinesThatGoldMeasures() throws SQLException {
        warehouse.execute("delete from public.label where annotator_id like 'p%' and example_id > 'e049'");
        gold(150);
        run(anchored());
        assertThat(value("select status || ' ' || num_anchors from crowdlab_bi.run_panel"))
                .isEqualTo("BY_GOLD 49");
        assertThat(
                        warehouse.column(
                                "select label_source || ' ' || count(*) from crowdlab_bi.label_quality l"
                                        + " where example_id not in (select example_id from public.gold) group by label_source order by 1"))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("MACHINES");
        assertThat(accuracy("true")).isGreaterThan(0.85);
        gold(19);
        Program.Result refused = anchored().call("run");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.out() + refused.err())
                .contains("give gold labels of 20 examples and write use-gold: anchor");
    }

    @Test
    void tooLittleGoldLeavesMachinesAloneUnpublished() throws SQLException {
        warehouse.execute("delete from public.label where annotator_id like 'p%'");
        gold(19);
        Program.Result refused = anchored().call("run");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.out() + refused.err())
                .contains("give gold labels of 20 examples and write use-gold: anchor");
        gold(20);
        run(anchored());
        assertThat(value("select concat_ws(' ', status, wins, num_gold) from crowdlab_bi.gold_correction"))
                .isEqualTo("KEPT 20");
    }

    @Test
    void machinesWithoutOverlapTakeNoPart() throws SQLException {
        warehouse.execute("delete from public.label where annotator_id like 'gpt%' and example_id <= 'e300'");
        gold(200);
        run(anchored());
        assertThat(value("select status from crowdlab_bi.run_panel")).isEqualTo("NO_MACHINES");
        assertThat(value("select num_gold from crowdlab_bi.gold_correction"))
                .isEqualTo(value("select count(*) from public.gold where example_id <= 'e300'"));
        assertThat(warehouse.column("select distinct annotator_id from crowdlab_bi.gold_weight"
                        + " where annotator_id is not null order by 1"))
                .isEqualTo(List.of("p1", "p2", "p3", "p4"));
        checkGoldIsPublished();
    }

    @Test
    void periodsAreThoseOfWhomTheTablesAreAbout() throws SQLException {
        warehouse.execute(
                "alter table public.label add annotated_at timestamptz",
                "update public.label set annotated_at = timestamptz '2026-03-02 12:00Z' + (ascii(annotator_id) % 7) * interval '7 d'");
        gold(200);
        Program timed = anchored()
                .with(
                        "crowdlab.datasets.d.annotations-query",
                        "select example_id, annotator_id, label, annotated_at from public.label");
        run(timed);
        warehouse.execute("delete from public.label where annotator_id like 'p%' and example_id > 'e049'");
        run(timed);
        assertThat(value("select status from crowdlab_bi.run_panel")).isEqualTo("BY_GOLD");
    }
}
