package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.run.RunStatus;
import dev.crowdlab.testing.OpenProgram;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Thirty nights of a dataset that changes every day: what may grow grows, and nothing else does. */
@Tag("slow")
class ThirtyNightsIT {

    private static final List<String> MAY_NOT_GROW = Stream.concat(
                    ResultTableDefinitions.kept(Kept.WITH_PARTITIONS).stream().map(ResultTableDefinition::name),
                    Stream.of(
                            "published_run",
                            "batch_job_instance",
                            "batch_job_execution",
                            "batch_job_execution_params",
                            "batch_job_execution_context",
                            "batch_step_execution",
                            "batch_step_execution_context"))
            .toList();

    private static final List<String> PARTITIONED =
            List.of("label_quality", "alternative_consensus", "detailed_label_quality", "active_learning_score");

    private static final long PAGE = 8_192;

    @Test
    void nothingGrowsWithoutBound() throws Exception {
        try (Warehouse warehouse = Warehouse.with("colors")) {
            Map<Integer, Size> measured = new TreeMap<>();
            try (OpenProgram program = OpenProgram.on(
                    warehouse.database(), "crowdlab.retention.grace=0s", "crowdlab.retention.batch-metadata=0s")) {
                for (int night = 1; night <= 30; night++) {
                    boolean isFirst = night == 1;
                    warehouse.relabel(
                            "colors",
                            "e" + night,
                            List.of("blue", "green", "red").get((night + 1) % 3));
                    assertThat(program.run())
                            .singleElement()
                            .asInstanceOf(type(RunOutcome.Closed.class))
                            .returns(RunStatus.PUBLISHED, RunOutcome.Closed::status)
                            .returns(true, RunOutcome.Closed::isCurrent)
                            .returns(!isFirst, closed -> closed.difference().isPresent());
                    if (night % 5 == 0) {
                        vacuum(warehouse);
                    }
                    if (night % 10 == 0) {
                        measured.put(night, measure(warehouse));
                    }
                }
            }
            for (int night : new int[] {20, 30}) {
                assertThat(measured.get(night).rows())
                        .as("night %d", night)
                        .isEqualTo(measured.get(10).rows());
                measured.get(night).bytes().forEach((table, bytes) -> assertThat(bytes)
                        .as("bytes of %s in night %d", table, night)
                        .isLessThanOrEqualTo(measured.get(10).bytes().get(table) + 6 * PAGE));
            }
            assertHistoryIsWhole(warehouse);
            assertNothingIsLeftBehind(warehouse);
        }
    }

    private record Size(Map<String, Long> rows, Map<String, Long> bytes) {}

    /** What autovacuum does sooner or later. */
    private static void vacuum(Warehouse warehouse) throws SQLException {
        for (String table : MAY_NOT_GROW) {
            warehouse.execute("vacuum crowdlab." + table);
        }
    }

    /** Rows, or partitions, and bytes of what may not grow. */
    private static Size measure(Warehouse warehouse) throws SQLException {
        Size size = new Size(new TreeMap<>(), new TreeMap<>());
        for (String table : MAY_NOT_GROW) {
            size.rows().put(table, number(warehouse, "select count(*) from crowdlab." + table));
            size.bytes().put(table, number(warehouse, "select pg_total_relation_size('crowdlab." + table + "')"));
        }
        size.rows().remove("annotator_confusion"); // as many as there are kinds of mistakes
        size.rows().remove("label_quality_bin"); // as many as there are kinds of labels
        size.rows().remove("work_list"); // the review queue is as long as annotators differ
        for (String table : PARTITIONED) {
            String partitions = " from pg_inherits where inhparent = 'crowdlab." + table + "'::regclass";
            size.rows().put(table, number(warehouse, "select count(*)" + partitions));
            size.bytes()
                    .put(
                            table,
                            number(
                                    warehouse,
                                    "select coalesce(sum(pg_total_relation_size(inhrelid)), 0)" + partitions));
        }
        return size;
    }

    private static long number(Warehouse warehouse, String query) throws SQLException {
        return Long.parseLong(warehouse.value(query));
    }

    private static void assertHistoryIsWhole(Warehouse warehouse) throws SQLException {
        assertThat(warehouse.statuses()).hasSize(30).containsOnly("PUBLISHED");
        assertThat(warehouse.value("select count(*) || ' ' || count(distinct run_id) from crowdlab.annotator_stats"))
                .isEqualTo("150 30");
        assertThat(warehouse.value("select count(distinct run_id) from crowdlab.label_change"))
                .isEqualTo("29");
        assertThat(warehouse.value("select count(distinct run_id) from crowdlab.run_check"))
                .isEqualTo("30");
        assertThat(warehouse.value("select count(*) from crowdlab.run_table where table_name = 'label_quality'"
                        + " and (removed_at is null) = (run_id > 28)"))
                .isEqualTo("30");
        assertThat(warehouse.value("select count(*) || ' ' || count(distinct run_ids)"
                        + " from crowdlab.purge_log where what = 'tables of an old run'"))
                .isEqualTo("28 28");
        assertThat(warehouse.chainFaults()).isEmpty();
    }

    private static void assertNothingIsLeftBehind(Warehouse warehouse) throws SQLException, InterruptedException {
        warehouse.await(
                "select count(*) = 0 from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'");
        assertThat(warehouse.value("select count(*) from pg_locks where locktype = 'advisory'"
                        + " and database = (select oid from pg_database where datname = current_database())"))
                .isEqualTo("0");
        assertThat(warehouse.value("select count(*) from pg_inherits where inhdetachpending"))
                .isEqualTo("0");
        assertThat(warehouse.standAloneTables()).isEmpty();
    }
}
