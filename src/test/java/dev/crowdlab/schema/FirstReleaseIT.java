package dev.crowdlab.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a database of version 0.2.0 holds stays as it is when later migrations are applied, and the program works on it. */
class FirstReleaseIT {

    private Warehouse warehouse;

    @BeforeEach
    void makeDatabaseOfTheFirstRelease() throws SQLException {
        warehouse = Warehouse.empty();
        FirstRelease.make(warehouse);
    }

    @AfterEach
    void drop() throws SQLException {
        warehouse.close();
    }

    @Test
    void everyTableHasRowsForALaterMigrationToMove() throws SQLException {
        assertThat(rows().values())
                .as(rows().toString())
                .hasSizeGreaterThanOrEqualTo(25)
                .noneMatch("0"::equals);
    }

    @Test
    void laterMigrationsKeepEveryRowAndEveryHash() throws SQLException {
        Map<String, String> before = rows();
        String hashes = hashes();
        call(0, "migrate");
        assertThat(rows()).containsAllEntriesOf(before);
        assertThat(hashes()).isEqualTo(hashes);
        assertThat(warehouse.chainFaults()).isEmpty();
        assertThat(call(0, "verify")).contains("found no difference");
        assertThat(warehouse.value("select consensus_label from crowdlab_bi.label_quality where dataset = 'colors'"))
                .isEqualTo("red");
    }

    @Test
    void theNextRunsGoOnWithTheHistory() throws SQLException {
        warehouse.fill("colors");
        call(0, "run");
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "PUBLISHED");
        assertThat(warehouse.value("select count(*) from crowdlab_bi.label_changes where run_id = 2"))
                .isNotEqualTo("0");
        call(0, "purge", "--keep-runs", "1");
        call(0, "publish", "--run", "2");
        call(0, "forget", "--annotator", "a1");
        assertThat(call(0, "verify")).contains("found no difference");
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
        Program.Result result =
                warehouse.program().with("crowdlab.retention.grace", "0s").call(words);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        return result.out();
    }
}
