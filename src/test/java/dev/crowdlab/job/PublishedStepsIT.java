package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishedStepsIT {

    @Test
    void theRowsOfTheStepsOfThePublishedRunAreKnown() throws SQLException {
        try (Warehouse warehouse = Warehouse.with("colors")) {
            assertThat(PublishedSteps.rowCounts(warehouse.database().dataSource(), "colors"))
                    .isEmpty();
            assertThat(warehouse.program().call("run").exitCode()).isZero();
            long annotations = Long.parseLong(warehouse.value("select count(*) from crowdlab.annotation"));
            long examples = Long.parseLong(warehouse.value("select count(*) from crowdlab.label_quality"));
            Map<String, Long> published =
                    PublishedSteps.rowCounts(warehouse.database().dataSource(), "colors");
            assertThat(published)
                    .containsEntry("readAnnotations", annotations)
                    .containsEntry("writeLabelQuality", examples)
                    .doesNotContainKey("publish");
            warehouse.execute("delete from crowdlab.annotation where example_id = 'e3'");
            assertThat(warehouse
                            .program()
                            .with("crowdlab.datasets.colors.checks.min-examples", "1000")
                            .call("run", "--force")
                            .exitCode())
                    .isEqualTo(3);
            assertThat(PublishedSteps.rowCounts(warehouse.database().dataSource(), "colors"))
                    .as("those of a refused run are not published")
                    .isEqualTo(published);
            assertThat(PublishedSteps.rowCounts(warehouse.database().dataSource(), "other"))
                    .isEmpty();
        }
    }
}
