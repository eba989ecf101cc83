package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every consensus method, published and as an alternative. */
class ConsensusMethodsIT {

    private static Warehouse warehouse;

    @BeforeAll
    static void fill() throws SQLException {
        warehouse = Warehouse.with("published", "alternative");
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

    @Test
    void aPublishedConsensusIsTheSameAsAnAlternative() throws SQLException {
        Program.Result published = run("published", "dawid_skene", "best_quality");
        assertThat(published.exitCode()).as(published.out() + published.err()).isZero();
        Program.Result alternative = run("alternative", "best_quality", "dawid_skene");
        assertThat(alternative.exitCode())
                .as(alternative.out() + alternative.err())
                .isZero();
        assertThat(warehouse.value("""
                        select count(*) from crowdlab_bi.label_quality p
                        join crowdlab_bi.alternative_consensus a using (example_id, consensus_label,
                            consensus_quality_score, annotator_agreement)
                        where p.dataset = 'published' and a.dataset = 'alternative'
                            and a.consensus_method = 'dawid_skene'""")).isEqualTo(String.valueOf(Warehouse.EXAMPLES));
        assertThat(warehouse.column("""
                        select s.annotator_id from crowdlab_bi.annotator_stats s
                        join crowdlab_bi.detailed_label_quality d using (dataset, annotator_id)
                        where s.dataset = 'published'
                        group by s.annotator_id, s.annotator_quality, s.annotator_weight
                        having abs(s.annotator_quality - avg(d.quality_score)) < 1e-12 and s.annotator_weight is null""")).hasSize(Warehouse.ANNOTATORS);
        assertThat(warehouse.program().call("verify").exitCode()).isZero();
    }
}
