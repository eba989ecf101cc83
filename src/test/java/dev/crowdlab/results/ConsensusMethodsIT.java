package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
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
        warehouse = Warehouse.with("published", "alternative", "posterior");
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
