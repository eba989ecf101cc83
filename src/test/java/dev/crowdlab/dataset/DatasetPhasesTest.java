package dev.crowdlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.RecordedPhases;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DatasetPhasesTest {

    @Test
    void buildingADatasetRecordsThePhasesOfThisThreadInTheirOrder() throws IOException {
        InputRows rows =
                new InputRows().annotation("a", "anna", "yes").predicted("a").predicted("b");
        assertThat(RecordedPhases.names(() -> rows.dataset(InputRows.rules("no", "yes"))))
                .containsExactly("matchExamples", "acceptAnnotations", "assemble");
    }
}
