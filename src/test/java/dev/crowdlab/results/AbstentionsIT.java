package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are no label. */
class AbstentionsIT {

    private static Warehouse warehouse;

    /** Of 90 examples, nobody gives the last ten a label; in the dataset certain, nobody ever abstains. */
    @BeforeAll
    static void fill() throws SQLException {
        warehouse = Warehouse.empty();
        assertThat(warehouse.program().call("migrate").exitCode()).isZero();
        warehouse.execute("""
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                select 'unsure', 'e' || e, 'a' || w, case
                    when e > 80 or (e * 5 + w * 3) % 11 = 0 then (array['unsure', 'cannot tell'])[1 + w % 2]
                    when (e * 7 + w * 5) % 6 = 0 then (array['x', 'y', 'z'])[1 + (e + 1) % 3]
                    else (array['x', 'y', 'z'])[1 + e % 3] end
                from generate_series(1, 90) e, generate_series(1, 5) w
                where (e + w) % 4 > 0""", """
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                select 'certain', example_id, annotator_id, label
                from crowdlab.annotation where label in ('x', 'y', 'z')""");
    }

    @AfterAll
    static void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.close();
    }

    private static Program program() {
        return warehouse.program().with("crowdlab.datasets.unsure.abstain", "unsure,cannot tell");
    }

    private static void run(Program program, String dataset) {
        Program.Result result = program.call("run", "--force", "--dataset", dataset);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out() + result.err()).doesNotContain("REJECTED", "rejected rows,");
    }

    @Test
    void whoAbstainsGivesNoLabelAndIsCounted(@TempDir Path folder) throws Exception {
        run(program(), "unsure");
        run(warehouse.program(), "certain");
        assertThat(warehouse.column("""
                        select u.table_name from crowdlab.run_table u
                        join crowdlab.published_run pu on pu.run_id = u.run_id and pu.dataset = 'unsure'
                        join crowdlab.run_table c on c.table_name = u.table_name and c.digest <> u.digest
                        join crowdlab.published_run pc on pc.run_id = c.run_id and pc.dataset = 'certain'
                        order by 1"""))
                .containsExactly("annotator_stats", "dataset_stats", "rejected_count", "rejected_row", "run_check");
        assertThat(warehouse.column("""
                        select s.annotator_id from crowdlab_bi.annotator_stats s
                        join (
                            select annotator_id, count(*) filter (where label ~ 'unsure|cannot') as abstained
                            from crowdlab.annotation where dataset = 'unsure' group by 1) a using (annotator_id)
                        where s.dataset = 'unsure' and s.num_abstained = a.abstained and a.abstained > 0""")).hasSize(5);
        assertThat(warehouse.value(
                        "select count(num_abstained) from crowdlab_bi.annotator_stats where dataset = 'certain'"))
                .isEqualTo("0");
        assertThat(warehouse.value("select round(value::numeric, 3) || ' ' || num_items || ' ' || (select count(*)"
                        + " from crowdlab.annotation where dataset = 'unsure') from crowdlab_bi.dataset_stats"
                        + " where statistic = 'abstained' and dataset = 'unsure'"))
                .isEqualTo("0.195 338 338");
        Path report = folder.resolve("report.html");
        assertThat(program()
                        .call("report", "--dataset", "unsure", "--out", report.toString())
                        .exitCode())
                .isZero();
        assertThat(Files.readString(report)).contains("Abstained", "Everybody abstained");
        assertThat(program().call("verify").exitCode()).isZero();
    }

    @Test
    void anExampleOnWhichEverybodyAbstainsHasNoLabel() throws SQLException {
        run(program(), "unsure");
        assertThat(warehouse.value(
                        "select count(*) || ' ' || max(substr(example_id, 2)::int) from crowdlab_bi.label_quality"
                                + " where dataset = 'unsure'"))
                .isEqualTo("80 80");
        assertThat(warehouse.column(
                        "select reason || ' ' || count(distinct example_id) || ' ' || count(*) || ' ' || min(detail)"
                                + " from crowdlab.rejected_row join crowdlab.published_run using (run_id)"
                                + " where dataset = 'unsure' group by reason"))
                .containsExactly("ONLY_ABSTENTIONS 10 38 nobody gave the example a label, they only abstained");
        assertThat(warehouse.value("select max(observed) from crowdlab_bi.run_checks"
                        + " where dataset = 'unsure' and code = 'REJECTED_SHARE'"))
                .isEqualTo("0");
    }

    /** People abstain on class x more than on others: every method leaves that out but the two that learn from it. */
    @Test
    void committeeAndDawidSkeneLearnFromWhoAbstains() throws SQLException {
        warehouse.execute("""
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                select 'informed', 'e' || e, 'a' || w, case
                    when (e * 7 + w * 3) % 10 < case when e % 3 = 0 then 5 else 1 end then 'unsure'
                    when (e * 11 + w * 5 + e * w) % 4 = 0 then (array['x', 'y', 'z'])[1 + (e + 1) % 3]
                    else (array['x', 'y', 'z'])[1 + e % 3] end
                from generate_series(1, 300) e, generate_series(1, 6) w
                where (e + w) % 3 > 0""", """
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                select 'left_out', example_id, annotator_id, label
                from crowdlab.annotation where dataset = 'informed' and label <> 'unsure'""");
        String methods = "committee,dawid_skene,best_quality,majority_vote";
        run(
                warehouse
                        .program()
                        .with("crowdlab.datasets.informed.abstain", "unsure")
                        .with("crowdlab.datasets.informed.stop.at", "0.85")
                        .with("crowdlab.datasets.informed.consensus-methods", methods),
                "informed");
        run(warehouse.program().with("crowdlab.datasets.left_out.consensus-methods", methods), "left_out");
        assertThat(warehouse.column("""
                        select i.consensus_method || ' ' || bool_or(i.consensus_quality_score <> l.consensus_quality_score) from crowdlab_bi.alternative_consensus i
                        join crowdlab_bi.alternative_consensus l using (example_id, consensus_method)
                        where i.dataset = 'informed' and l.dataset = 'left_out' group by i.consensus_method order by 1"""))
                .containsExactly("best_quality false", "dawid_skene true", "majority_vote false");
        assertThat(warehouse.value("""
                        select count(*) > 100 from crowdlab_bi.label_quality i join crowdlab_bi.label_quality l using (example_id)
                        where i.dataset = 'informed' and l.dataset = 'left_out'
                        and i.consensus_quality_score <> l.consensus_quality_score""")).isEqualTo("t");
        assertThat(warehouse.value("select count(*) from crowdlab_bi.label_quality where dataset = 'informed'"
                        + " and consensus_label not in ('x', 'y', 'z')"))
                .isEqualTo("0");
        run(
                warehouse
                        .program()
                        .with("crowdlab.datasets.informed.abstain", "unsure")
                        .with("crowdlab.datasets.informed.consensus-methods", "committee")
                        .with("crowdlab.datasets.informed.machines", "a6")
                        .with("crowdlab.datasets.informed.store-soft-labels", "true"),
                "informed");
        assertThat(warehouse.column(
                        "select distinct class from crowdlab_bi.soft_label where dataset = 'informed' order by 1"))
                .containsExactly("x", "y", "z");
        assertThat(warehouse.program().call("verify").exitCode()).isZero();
    }

    @Test
    void anAbstentionThatALaterLabelReplacesIsNotCounted() throws SQLException {
        warehouse.execute("""
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label, annotated_at)
                values ('later', 'e1', 'a', 'unsure', '2026-03-01Z'), ('later', 'e1', 'a', 'x', '2026-03-02Z'),
                    ('later', 'e2', 'a', 'y', '2026-03-01Z'), ('later', 'e2', 'a', 'unsure', '2026-03-02Z'),
                    ('later', 'e1', 'b', 'x', '2026-03-01Z'), ('later', 'e2', 'b', 'y', '2026-03-01Z')""");
        run(warehouse.program().with("crowdlab.datasets.later.abstain", "unsure"), "later");
        assertThat(warehouse.column("select annotator_id || ' ' || num_examples_labeled || ' ' || num_abstained"
                        + " from crowdlab_bi.annotator_stats where dataset = 'later' order by 1"))
                .containsExactly("a 1 1", "b 2 0");
    }
}
