package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.SlowAfter;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every consensus method, published and as an alternative. */
class ConsensusMethodsIT {

    private static Warehouse warehouse;

    @BeforeAll
    static void fill() throws SQLException {
        warehouse = Warehouse.with("published", "alternative", "posterior", "beside", "experts", "plain", "singles");
    }

    @AfterAll
    static void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.close();
    }

    private static Program.Result run(String dataset, String... methods) {
        return warehouse
                .program()
                .with("crowdlab.datasets." + dataset + ".consensus-methods", String.join(",", methods))
                .call("run", "--dataset", dataset);
    }

    @ParameterizedTest
    @SlowAfter(1)
    @ValueSource(strings = {"dawid_skene", "committee"})
    void aPublishedConsensusIsTheSameAsAnAlternative(String method) throws SQLException {
        Program.Result published = run("published", method, "best_quality");
        assertThat(published.exitCode()).as(published.out() + published.err()).isZero();
        Program.Result alternative = run("alternative", "best_quality", method);
        assertThat(alternative.exitCode())
                .as(alternative.out() + alternative.err())
                .isZero();
        assertThat(warehouse.value("""
                        select count(*) from crowdlab_bi.label_quality p
                        join crowdlab_bi.alternative_consensus a using (example_id, consensus_label,
                            consensus_quality_score, annotator_agreement)
                        where p.dataset = 'published' and a.dataset = 'alternative'
                            and a.consensus_method = '%s'""".formatted(method))).isEqualTo(String.valueOf(Warehouse.EXAMPLES));
        assertThat(warehouse.column("""
                        select annotator_id from crowdlab_bi.annotator_stats
                        where dataset = 'published' and annotator_weight is null
                            and annotator_quality between quality_lower and quality_upper""")).hasSize(Warehouse.ANNOTATORS);
        assertThat(warehouse.program().call("verify").exitCode()).isZero();
    }

    @Test
    void everyMethodHasARow() throws SQLException {
        assertThat(run("beside", "committee", "majority_vote", "dawid_skene", "best_quality")
                        .exitCode())
                .isZero();
        assertThat(warehouse.column("""
                        select concat_ws(' ', consensus_method, estimated_accuracy is null, rounds is null, num_gold,
                            gold_accuracy is null)
                        from crowdlab_bi.run_consensus where dataset = 'beside' order by consensus_method"""))
                .containsExactly(
                        "best_quality t t 0 t", "committee f f 0 t", "dawid_skene t f 0 t", "majority_vote t t 0 t");
        assertThat(warehouse.value("""
                        select abs(estimated_accuracy - (select avg(consensus_quality_score) from crowdlab_bi.label_quality
                                where dataset = 'beside')) < 1e-9 and lower < estimated_accuracy and estimated_accuracy < upper
                            and agreement_with_published = 1
                            and rounds = (select max(rounds) from crowdlab_bi.run_experts where dataset = 'beside')
                        from crowdlab_bi.run_consensus where dataset = 'beside' and consensus_method = 'committee'""")).isEqualTo("t");
        assertThat(warehouse.value("""
                        select string_agg((abs(c.agreement_with_published - found.share) < 1e-12)::text, ' ')
                        from crowdlab_bi.run_consensus c
                        join (
                            select consensus_method, avg((a.consensus_label = l.consensus_label)::integer) as share
                            from crowdlab_bi.alternative_consensus a join crowdlab_bi.label_quality l using (dataset, example_id)
                            where dataset = 'beside' group by consensus_method) found using (consensus_method)
                        where c.dataset = 'beside'""")).isEqualTo("true true true");
    }

    /** All examples but one in ten keep one annotation. */
    @Test
    void theCommitteeDoesNotEstimateItselfWhereNearlyAllExamplesHaveOneAnnotation() throws SQLException {
        warehouse.execute("""
                delete from crowdlab.annotation a where dataset = 'singles' and example_id not like '%0'
                    and annotator_id > (select min(annotator_id) from crowdlab.annotation b
                        where (b.dataset, b.example_id) = (a.dataset, a.example_id))""");
        Program.Result result = run("singles", "committee");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(warehouse.value("select (estimated_accuracy, lower, upper) is null and rounds > 0"
                        + " from crowdlab_bi.run_consensus where dataset = 'singles'"))
                .isEqualTo("t");
        assertThat(warehouse.value("select observed = (select value from crowdlab_bi.dataset_stats"
                        + " where dataset = 'singles' and statistic = 'overlap') and severity = 'WARN' and threshold = 0.2"
                        + " from crowdlab.run_check join crowdlab.published_run using (run_id)"
                        + " where dataset = 'singles' and code = 'ESTIMATED_ACCURACY'"))
                .isEqualTo("t");
        String run = warehouse.value("select run_id from crowdlab.published_run where dataset = 'singles'");
        assertThat(warehouse.program().call("show", run).out())
                .contains("no estimated accuracy, see the findings")
                .contains("The method committee has no estimate of how many of its labels are right: ");
    }

    @Test
    void everyExpertHasARowAndOneForEachModel() throws SQLException {
        assertThat(run("experts", "best_quality", "committee").exitCode()).isZero();
        assertThat(
                        warehouse.column(
                                "select expert from crowdlab_bi.run_experts where dataset = 'experts' and"
                                        + " consensus_method = 'committee' and weight between 0 and 1 and loo_score < 0 order by expert"))
                .containsExactly("coin2", "coin8", "scale2", "scale8", "spam2", "spam8");
        assertThat(warehouse.value(
                        "select abs(sum(weight) - 1) < 1e-9 from crowdlab_bi.run_experts where dataset = 'experts'"))
                .isEqualTo("t");
        assertThat(warehouse.value("""
                        select string_agg(distinct model, ' ') || ' ' || count(*) || ' ' || bool_and(lambda between 0 and 2)
                        from crowdlab_bi.run_expert_models where dataset = 'experts'""")).isEqualTo("default 6 true");
        assertThat(run("plain", "best_quality", "majority_vote").exitCode()).isZero();
        assertThat(warehouse.value("select count(*) from crowdlab_bi.run_experts where dataset = 'plain'"))
                .isEqualTo("0");
    }

    @Test
    void annotatorsAreJudgedByThePosteriorOfDawidAndSkene() throws SQLException {
        assertThat(run("posterior", "dawid_skene").exitCode()).isZero();
        assertThat(warehouse.column("""
                        select s.annotator_id from crowdlab_bi.annotator_stats s
                        join crowdlab_bi.detailed_label_quality d using (dataset, annotator_id)
                        where s.dataset = 'posterior'
                        group by s.annotator_id, s.annotator_quality
                        having abs(s.annotator_quality - avg(d.quality_score)) < 1e-12""")).hasSize(Warehouse.ANNOTATORS);
    }

    @Test
    void singleAnnotationsWithoutPredictionsAreRefusedByEveryMethod() throws SQLException {
        warehouse.execute(
                "insert into crowdlab.annotation (dataset, example_id, annotator_id, label) select 'single', 'e' || e,"
                        + " 'a' || e % 3, 'c' || e % 2 from generate_series(1, 9) e");
        Program.Result result = run("single", "committee");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out() + result.err()).contains("nothing to estimate quality from");
    }
}
