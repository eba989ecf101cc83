package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;

/** What is left of run 2, which was lost, once another one has taken its place. */
final class LostRun {

    private LostRun() {}

    /** Requires that run 2 is closed with nothing left of it, and that the next run was published with e3 as red. */
    static void assertReplaced(Warehouse warehouse) throws SQLException {
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "FAILED", "PUBLISHED");
        assertThat(warehouse.value("select consensus_label from crowdlab_bi.label_quality where example_id = 'e3'"))
                .isEqualTo("red");
        assertThat(warehouse.column("select code from crowdlab.run_check where run_id = 2"))
                .containsExactly("FAILED");
        assertThat(warehouse.plainTablesWithRowsOf(2)).isEmpty();
        assertThat(warehouse.column("select e.status from crowdlab.run r"
                        + " join crowdlab.batch_job_execution e using (job_execution_id) order by r.run_id"))
                .containsExactly("COMPLETED", "FAILED", "COMPLETED");
    }
}
