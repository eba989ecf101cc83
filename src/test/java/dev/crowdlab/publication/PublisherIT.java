package dev.crowdlab.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.checks.SampleMetrics;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.WrittenTable;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.run.RunLedger;
import dev.crowdlab.run.RunLedger.Closing;
import dev.crowdlab.run.RunLostException;
import dev.crowdlab.run.RunStatus;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.StandbySettings;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The publisher alone, on runs that have written one empty table. */
class PublisherIT {

    /** The digest of no rows. */
    private static final String DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private Warehouse warehouse;
    private RunLedger ledger;
    private Publisher publisher;

    @BeforeEach
    void migrate() throws SQLException {
        warehouse = Warehouse.with();
        ledger = new RunLedger(warehouse.database().dataSource());
        publisher = new Publisher(warehouse.database().dataSource(), StandbySettings.DEFAULT);
    }

    @AfterEach
    void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.close();
    }

    @Test
    void theResultIsAttachedAndTheDatasetIsSwitchedToIt() throws SQLException {
        for (int run = 1; run <= 2; run++) {
            long runId = open();
            publisher.publish(closing(runId, RunStatus.PUBLISHED, true), tables(), "d");
            assertThat(warehouse.published("d")).isEqualTo(String.valueOf(runId));
        }
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "PUBLISHED");
        assertThat(warehouse.partitions()).containsExactly("crowdlab.label_quality_r1", "crowdlab.label_quality_r2");
        assertThat(warehouse.column("select table_name from crowdlab.run_table order by run_id"))
                .containsExactly("label_quality", "label_quality");
    }

    @Test
    void aResultThatIsNotToBeShownIsAttachedOnly() throws SQLException {
        long runId = open();
        publisher.publish(closing(runId, RunStatus.REFUSED, false), tables(), "d");
        assertThat(warehouse.statuses()).containsExactly("REFUSED");
        assertThat(warehouse.partitions()).containsExactly("crowdlab.label_quality_r1");
        assertThat(warehouse.column("select run_id from crowdlab.published_run"))
                .isEmpty();
    }

    @Test
    void nothingIsShownOfARunThatAnotherProcessHasClosed() throws SQLException {
        long runId = open();
        ledger.close(new Closing(runId, RunStatus.FAILED, false, Optional.empty(), Optional.empty(), Optional.empty()));
        assertThatThrownBy(() -> publisher.publish(closing(runId, RunStatus.PUBLISHED, true), tables(), "d"))
                .isInstanceOf(RunLostException.class);
        assertThat(warehouse.statuses()).containsExactly("FAILED");
        assertThat(warehouse.partitions()).isEmpty();
        assertThat(warehouse.column("select run_id from crowdlab.published_run"))
                .isEmpty();
    }

    private long open() throws SQLException {
        long runId = ledger.nextRunId();
        ledger.open(new RunDescriptor(runId, DatasetSettings.builtIn("d"), Instant.EPOCH, "test"), runId);
        warehouse.execute("create table crowdlab.label_quality_r" + runId
                + " (like crowdlab.label_quality including constraints including defaults)");
        return runId;
    }

    private static List<WrittenTable> tables() {
        return List.of(new WrittenTable(ResultTableDefinitions.LABEL_QUALITY, 0, 0, DIGEST));
    }

    private static Closing closing(long runId, RunStatus status, boolean becomesCurrent) {
        return new Closing(
                runId,
                status,
                becomesCurrent,
                Optional.of(DIGEST),
                Optional.of(WrittenTable.outputDigest(tables())),
                Optional.of(new SampleMetrics().build()));
    }
}
