package dev.crowdlab.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.SlowAfter;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a database of version 0.2.0, or of any build since, holds stays as it is when later migrations are applied, and the
 * program works on it. A database of a later build is left alone.
 */
class UpgradeIT {

    private Warehouse warehouse;

    @AfterEach
    void drop() {
        warehouse.close();
    }

    static List<String> versions() throws IOException {
        return EarlierSchema.versions();
    }

    @Test
    void everyTableHasRowsForALaterMigrationToMove() throws SQLException {
        warehouse = FirstRelease.copy();
        assertThat(rows().values())
                .as(rows().toString())
                .hasSizeGreaterThanOrEqualTo(25)
                .noneMatch("0"::equals);
        warehouse.close();
        warehouse = EarlierSchema.copy(MigrationHistory.NEWEST);
        assertThat(rows().values()).as(rows().toString()).noneMatch("0"::equals);
    }

    @ParameterizedTest
    @SlowAfter(1)
    @MethodSource("versions")
    void laterMigrationsKeepEveryRowAndEveryHash(String version, @TempDir Path directory) throws Exception {
        warehouse = EarlierSchema.copy(version);
        Map<String, String> before = rows();
        String hashes = hashes();
        call(0, "migrate");
        assertThat(rows()).containsAllEntriesOf(before);
        assertThat(hashes()).isEqualTo(hashes);
        assertThat(warehouse.chainFaults()).isEmpty();
        assertThat(call(0, "verify")).contains("found no difference");
        assertThat(warehouse.visible()).containsKeys("label_quality", "run_experts");
        assertThat(warehouse.column("select consensus_label || run_id from crowdlab_bi.label_quality"))
                .containsExactly("red2");
        for (String run : List.of("1", "2")) {
            assertThat(call(0, "show", run)).contains("PUBLISHED", "SINGLE_ANNOTATION_ONLY");
            Path report = directory.resolve(run + ".html");
            call(0, "report", "--run", run, "--out", report.toString());
            assertThat(report).content().contains("colors");
        }
    }

    @ParameterizedTest
    @SlowAfter(1)
    @MethodSource("versions")
    void theNextRunsGoOnWithTheHistory(String version, @TempDir Path directory) throws Exception {
        warehouse = EarlierSchema.copy(version);
        warehouse.fill("colors");
        call(0, "run");
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "PUBLISHED", "PUBLISHED");
        assertThat(warehouse.published("colors")).isEqualTo("3");
        assertThat(warehouse.value("select count(*) from crowdlab_bi.label_changes where run_id = 3"))
                .isNotEqualTo("0");
        assertThat(warehouse.value("select count(distinct run_id) from crowdlab_bi.annotator_quality_history"))
                .isEqualTo("3");
        call(0, "publish", "--run", "2");
        call(0, "publish", "--run", "3");
        call(0, "purge", "--keep-runs", "1");
        assertThat(warehouse.partitions()).hasSize(4).allMatch(name -> name.endsWith("_r3"));
        call(0, "forget", "--annotator", "a1");
        assertThat(warehouse.value("select count(*) from crowdlab.annotator_stats where annotator_id = 'a1'"))
                .isEqualTo("0");
        assertThat(call(0, "verify")).contains("found no difference");
        call(0, "run", "--force", "--crowdlab.datasets.colors.store-posterior=true");
        assertThat(warehouse.value("select count(*) from crowdlab_bi.example_posterior"))
                .isEqualTo(warehouse.value("select count(*) from crowdlab_bi.label_quality"))
                .isNotEqualTo("0");
        assertThat(call(0, "verify")).contains("found no difference");
        Path labels = directory.resolve("labels.csv");
        call(0, "export", "--dataset", "colors", "--table", "training", "--out", labels.toString());
        assertThat(Files.readAllLines(labels)).hasSizeGreaterThan(Warehouse.EXAMPLES);
    }

    @ParameterizedTest
    @SlowAfter(1)
    @ValueSource(
            strings = {
                "run",
                "run --dry-run",
                "migrate",
                "datasets",
                "runs",
                "show 1",
                "report",
                "verify",
                "validate",
                "purge",
                "publish --run 1",
                "unpublish --dataset colors",
                "forget --annotator a1",
            })
    void aDatabaseOfALaterBuildIsLeftAlone(String command) throws SQLException {
        warehouse = EarlierSchema.copy(MigrationHistory.NEWEST);
        warehouse.execute(
                "insert into crowdlab.flyway_schema_history select installed_rank + 1, '999', 'of a later version', type,"
                        + " 'V999__of_a_later_version.sql', 1, installed_by, installed_on, execution_time, success"
                        + " from crowdlab.flyway_schema_history order by installed_rank desc limit 1");
        Map<String, String> before = warehouse.rowCounts();
        Program.Result result = warehouse.program().call(command.split(" "));
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .containsExactly(
                        "Schema crowdlab was migrated to version 999 by a later version of this program, which knows"
                                + " versions up to " + MigrationHistory.NEWEST
                                + " only and would record its runs wrongly; use that later version.");
        assertThat(warehouse.rowCounts()).isEqualTo(before);
    }

    /** The number of rows of every table of the program. */
    private Map<String, String> rows() throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        for (String table : warehouse.column("select c.oid::regclass from pg_class c where c.relkind in ('r', 'p')"
                + " and c.relnamespace = 'crowdlab'::regnamespace and c.relname <> 'flyway_schema_history'")) {
            rows.put(table, warehouse.value("select count(*) from " + table));
        }
        return rows;
    }

    private String hashes() throws SQLException {
        return warehouse.value("""
                select concat_ws(' ', (select string_agg(hash || ' ' || crowdlab.run_hash(r), ' ' order by run_id) from crowdlab.run r),
                    (select string_agg(hash, ' ' order by publication_id) from crowdlab.publication_log),
                    (select string_agg(hash, ' ' order by forget_id) from crowdlab.forget_log),
                    (select string_agg(digest, ' ' order by run_id, table_name) from crowdlab.run_table))""");
    }

    private String call(int exitCode, String... words) {
        return warehouse.program().with("crowdlab.retention.grace", "0s").call(exitCode, words);
    }
}
