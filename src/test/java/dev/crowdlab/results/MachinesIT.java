package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Annotators that are declared to be machines. */
class MachinesIT {

    private static final String GOLD = "crowdlab.datasets.d.gold-query";
    private static final String SELECT_GOLD = "select example_id, label from public.truth";
    private static final String SETTING = "crowdlab.datasets.d.machines";

    /** Everything a run writes about people. */
    private static final String DIGESTS = """
            select string_agg(table_name || ' ' || digest, ', ' order by table_name)
            from crowdlab.run_table t join crowdlab.published_run p using (run_id)
            where table_name in ('annotator_stats', 'annotator_pair', 'annotator_period', 'detailed_label_quality',
                'annotator_confusion', 'dataset_stats')""";

    private static final String LABELS = """
            select md5(string_agg(concat_ws(' ', example_id, consensus_label, consensus_quality_score, tie_break), ', '
                order by example_id))
            from crowdlab_bi.label_quality""";

    private Warehouse warehouse;

    @BeforeEach
    void fill() throws SQLException {
        warehouse = PeopleAndMachinesTable.warehouse();
    }

    @AfterEach
    void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.close();
    }

    private Program program() {
        return warehouse
                .program()
                .with(
                        "crowdlab.datasets.d.annotations-query",
                        "select example_id, annotator_id, label, annotated_at from public.label");
    }

    private String run(Program program) {
        Program.Result result = program.call("run", "--force");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result.out() + result.err();
    }

    /** What the published run's checks found about machines. */
    private List<String> findings() throws SQLException {
        return warehouse.column("select code || ' ' || severity || ' ' || round(observed::numeric, 2)::float8"
                + " from crowdlab_bi.run_checks where code like '%MACHINE%' or code ~ 'PANEL|FAMILY' order by 1");
    }

    /** Gives the truth of some examples. */
    private void gold(String which) throws SQLException {
        warehouse.execute("create or replace view public.truth as select 'e' || to_char(e, 'FM0000') as example_id,"
                + " public.answer(e, false) as label from generate_series(1, 400) e where " + which);
    }

    private String value(String select) throws SQLException {
        return warehouse.value(select);
    }

    @Test
    void machinesLabelWhatPeopleDidNot() throws SQLException {
        run(program().with(SETTING, "gpt-*"));
        assertThat(warehouse.column("select label_source || ' ' || count(*) || ' ' || min(example_id)"
                        + " from crowdlab_bi.label_quality group by label_source order by 1"))
                .containsExactly("MACHINES 200 e0201", "MIXED 200 e0001");
        assertThat(value("select bool_and(num_annotations = case label_source when 'MIXED' then 3 else 6 end)"
                        + " from crowdlab_bi.label_quality"))
                .isEqualTo("t");
        assertThat(value("select count(*) from crowdlab_bi.label_quality where label_source = 'MACHINES'"
                        + " and consensus_label = public.answer(substr(example_id, 2)::int, false)"))
                .isEqualTo("160");
        assertThat(value("select num_examples || ' ' || num_annotations || ' ' || num_annotators from crowdlab.run"))
                .isEqualTo("400 600 4");
    }

    @Test
    void whatTheyAreWorthIsInTables() throws SQLException {
        run(program().with(SETTING, "gpt-*"));
        assertThat(warehouse.column("select concat_ws(' ', annotator_id, num_overlap, status, family)"
                        + " from crowdlab_bi.machine_stats order by annotator_id"))
                .containsExactly(
                        "gpt-1 200 USED gpt",
                        "gpt-2 200 USED gpt",
                        "gpt-3 200 USED gpt",
                        "gpt-4 200 USED gpt",
                        "gpt-5 200 USED gpt",
                        "gpt-6 200 USED gpt");
        assertThat(value("select bool_and(lower < accuracy and accuracy < upper and accuracy between 0.6 and 0.8)"
                        + " from crowdlab_bi.machine_stats"))
                .isEqualTo("t");
        assertThat(warehouse.column("select concat_ws(' ', min(annotator_id), max(annotator_id), omega, verdict)"
                        + " from crowdlab_bi.machine_stats group by omega, verdict order by 1"))
                .containsExactly("gpt-1 gpt-5 0.75 PASS", "gpt-6 gpt-6 0 FAIL");
        assertThat(value("select count(*) from crowdlab_bi.machine_pair")).isEqualTo("15");
        assertThat(value("select round(error_correlation::numeric, 6) from crowdlab_bi.machine_pair"
                        + " where annotator_a = 'gpt-1' and annotator_b = 'gpt-2'"))
                .isEqualTo("1.000000");
        assertThat(value("select num_machines || ' ' || status || ' ' || num_anchors from crowdlab_bi.run_panel"))
                .isEqualTo("6 ANCHORED 200");
        assertThat(value("select count(*) from crowdlab_bi.run_checks where code = 'NO_PREDICTIONS'"))
                .as("the panel predicts")
                .isEqualTo("0");
        assertThat(value("select effective_votes between 1 and 2 and weight > 0 from crowdlab_bi.run_panel"))
                .isEqualTo("t");
    }

    @Test
    void peopleAreNotMeasuredByMachines() throws SQLException {
        run(program().with(SETTING, "gpt-*"));
        assertThat(value("select count(*) from crowdlab.annotator_pair where annotator_b like 'gpt%'"))
                .isEqualTo("0");
        assertThat(warehouse.column("select annotator_id from crowdlab_bi.annotator_stats order by 1"))
                .containsExactly("person 1", "person 2", "person 3", "person 4");
        assertThat(value("select count(*) from crowdlab_bi.detailed_label_quality where annotator_id like 'gpt%'"))
                .isEqualTo("0");
        assertThat(value("select count(*) from crowdlab_bi.run_models")).isEqualTo("0");
    }

    @Test
    void patternsThatFitNobodyChangeNothing() throws SQLException {
        warehouse.execute("delete from public.label where annotator_id like 'gpt%'");
        run(program());
        String without = value(DIGESTS);
        String labels = value(LABELS);
        assertThat(without).isNotBlank();
        assertThat(labels).isNotBlank();
        String said = run(program().with(SETTING, "gpt-*"));
        assertThat(said).contains(SETTING + " fits no annotator with 'gpt-*'");
        assertThat(findings()).containsExactly("MACHINES_NOT_FOUND WARN 1");
        assertThat(value(DIGESTS)).isEqualTo(without);
        assertThat(value(LABELS)).isEqualTo(labels);
        assertThat(value("select distinct label_source from crowdlab_bi.label_quality"))
                .isEqualTo("HUMANS");
    }

    @Test
    void withoutTheSettingNothingOfThemIsWritten() throws SQLException {
        String said = run(program());
        assertThat(said)
                .contains("6 annotators vote like people and have the names of language models:")
                .contains("if they are, name them in " + SETTING);
        assertThat(findings()).containsExactly("LOOKS_LIKE_A_MACHINE WARN 6");
        assertThat(value("select count(*) from crowdlab.run_table where table_name like 'machine%'"
                        + " or table_name = 'run_panel' or 'label_source' = any (columns)"))
                .isEqualTo("0");
        assertThat(value("select count(*) from crowdlab.run where settings ? 'machines'"))
                .isEqualTo("0");
    }

    @Test
    void machinesThatNobodyCanJudgeDoNotVote() throws SQLException {
        warehouse.execute("delete from public.label where annotator_id like 'person%' and annotator_id <> 'person 1'"
                + " and example_id > 'e0049'");
        Program.Result refused = program().with(SETTING, "gpt-*").call("run");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.out() + refused.err())
                .contains(
                        "6 machines are not used, since people cannot judge them: 49 examples have labels of two people,"
                                + " and 50 must; have 1 more example labeled twice, or give gold labels of 20 examples and write"
                                + " use-gold: anchor, or leave out " + SETTING + ".");
        gold("e <= 19");
        assertThat(program()
                        .with(SETTING, "gpt-*")
                        .with(GOLD, SELECT_GOLD)
                        .call("run")
                        .exitCode())
                .isEqualTo(3);
        gold("e <= 20");
        run(program().with(SETTING, "gpt-*").with(GOLD, SELECT_GOLD));
        assertThat(findings()).containsExactly("PANEL_WITHOUT_ANCHOR WARN 49");
        assertThat(warehouse.column("select label_source || ' ' || count(*) from crowdlab_bi.label_quality"
                        + " group by label_source"))
                .containsExactly("HUMANS 162");
        assertThat(value("select status || ' ' || num_machines || ' ' || num_anchors from crowdlab_bi.run_panel"))
                .isEqualTo("NO_ANCHOR 0 49");
        assertThat(value(
                        "select string_agg(distinct status || ' ' || num_overlap, ',') from crowdlab_bi.machine_stats"))
                .isEqualTo("NOT_ANCHORED 162");
    }

    @Test
    void machinesAloneAreNotPublished() throws SQLException {
        warehouse.execute("delete from public.label where annotator_id like 'person%'");
        Program.Result result = program().with(SETTING, "gpt-*").call("run");
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.out() + result.err()).contains("let people label at least 50 examples twice");
        assertThat(value("select count(*) from crowdlab.published_run")).isEqualTo("0");
    }

    @Test
    void goldDecidesWhereOnlyMachinesLabeled() throws SQLException {
        warehouse.execute(
                "create table public.truth as select 'e0301' as example_id, public.answer(301, true) as label");
        run(program()
                .with(SETTING, "gpt-*")
                .with("crowdlab.datasets.d.gold-query", "select example_id, label from public.truth")
                .with("crowdlab.datasets.d.use-gold", "true"));
        assertThat(value("select concat_ws(' ', consensus_label, consensus_quality_score, label_source)"
                        + " from crowdlab_bi.label_quality where example_id = 'e0301'"))
                .isEqualTo("a 1 HUMANS");
    }

    @Test
    void thePosteriorIsOfExamplesThatPeopleLabeled() throws SQLException {
        run(program().with(SETTING, "gpt-*").with("crowdlab.datasets.d.store-posterior", "true"));
        assertThat(value("select count(*) || ' ' || max(example_id) from crowdlab.label_posterior"))
                .isEqualTo("200 e0200");
    }

    @Test
    void everyMethodTakesMachines() throws SQLException {
        run(program()
                .with(SETTING, "gpt-*")
                .with("crowdlab.datasets.d.consensus-methods", "committee,dawid_skene,best_quality,majority_vote"));
        assertThat(value("select weight between 0 and 2 from crowdlab_bi.run_panel"))
                .isEqualTo("t");
        assertThat(value("select count(*) from crowdlab.run_expert_model")).isEqualTo("0");
        assertThat(value("select string_agg(distinct consensus_method, ',' order by consensus_method)"
                        + " from crowdlab.alternative_consensus"))
                .isEqualTo("best_quality,dawid_skene,majority_vote");
    }

    @Test
    void aMachineWithoutOverlapIsLeftOut() throws SQLException {
        warehouse.execute(
                "delete from public.label where annotator_id = 'gpt-6' and example_id between 'e0011' and 'e0200'");
        run(program().with(SETTING, "gpt-*"));
        assertThat(value("select status || ' ' || num_overlap from crowdlab_bi.machine_stats"
                        + " where annotator_id = 'gpt-6'"))
                .isEqualTo("NO_OVERLAP 10");
        assertThat(value("select num_machines from crowdlab_bi.run_panel")).isEqualTo("5");
        assertThat(findings()).contains("MACHINES_LEFT_OUT WARN 1");
    }

    @Test
    void identicalMachinesAreWorthOneVote() throws SQLException {
        warehouse.execute("delete from public.label where annotator_id = 'gpt-6'");
        run(program().with(SETTING, "gpt-*"));
        assertThat(value("select round(rho::numeric, 6) || ' ' || round(effective_votes::numeric, 6)"
                        + " from crowdlab_bi.run_panel"))
                .isEqualTo("1.000000 1.000000");
        assertThat(findings()).contains("FAMILY_SHARES_ERRORS WARN 1");
    }

    @Test
    void familiesThatShareErrorsAreOneFinding() throws SQLException {
        warehouse.execute("update public.label set annotator_id = replace(annotator_id, 'gpt', 'claude')"
                + " where annotator_id in ('gpt-4', 'gpt-5', 'gpt-6')");
        run(program().with(SETTING, "gpt-*,claude-*"));
        assertThat(value("select message from crowdlab_bi.run_checks where code = 'FAMILY_SHARES_ERRORS'"))
                .isEqualTo(
                        "Machines of 2 families share errors: 3 of claude are worth 2.3 independent votes (their errors"
                                + " correlate with 0.17), 3 of gpt are worth 1.0 independent votes (their errors correlate with 1.00).");
    }

    @Test
    void aMachineThatAgreesWithPeopleBetterThanTheyDoIsNamed() throws SQLException {
        warehouse.execute("update public.label set label = public.answer(substr(example_id, 2)::int, false)"
                + " where annotator_id = 'gpt-6'");
        assertThat(run(program().with(SETTING, "gpt-*")))
                .contains("1 machine agrees with people better than at least half of the people agree with each other")
                .contains("'gpt-6'");
        assertThat(findings()).contains("MACHINE_BETTER_THAN_PEOPLE WARN 1");
    }

    @Test
    void whatTheNextPersonWouldSayIsStoredWherePeopleLabeled() throws SQLException {
        run(program()
                .with(SETTING, "gpt-*")
                .with("crowdlab.datasets.d.consensus-methods", "committee")
                .with("crowdlab.datasets.d.store-soft-labels", "true"));
        assertThat(value("select count(*) || ' ' || max(example_id) from crowdlab.soft_label"))
                .isEqualTo("400 e0200");
    }

    @Test
    void labelsOfMachinesThatChangeAreChanges() throws SQLException {
        run(program().with(SETTING, "gpt-*"));
        warehouse.execute("update public.label set label = case label when 'a' then 'b' else 'a' end"
                + " where annotator_id like 'gpt%' and example_id = 'e0301'");
        run(program().with(SETTING, "gpt-*"));
        assertThat(warehouse.column("select example_id from crowdlab_bi.label_changes"))
                .containsExactly("e0301");
    }
}
