package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The ranks are those that the server would find by sorting everything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkListIT {

    private static final int EXAMPLES = 12_000;

    private Warehouse warehouse;

    @BeforeAll
    void runOnce() throws SQLException {
        warehouse = Warehouse.empty();
        assertThat(warehouse.program().call("migrate").exitCode()).isZero();
        warehouse.execute("""
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                select 'wide', 'e' || e, 'a' || (e + w) %% 7, case when (e * 31 + w * w) %% 11 < 6 then 'x' else 'y' end
                from generate_series(1, %1$d) e, generate_series(1, 2) w
                where e %% 3 > 0 and (w = 1 or e %% 5 > 0)""".formatted(EXAMPLES), """
                insert into crowdlab.prediction (dataset, example_id, label, probability)
                select 'wide', 'e' || e, label, case label when 'x' then e %% 10 / 9.0 else 1 - e %% 10 / 9.0 end
                from generate_series(1, %1$d) e, unnest(array['x', 'y']) label""".formatted(EXAMPLES));
        Program.Result result = warehouse.program().call("run");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    @AfterAll
    void drop() {
        warehouse.close();
    }

    @Test
    void reviewQueueIsRankedByQuality() throws SQLException {
        assertThat(warehouse.value("""
                select count(*) || ' ' || count(*) filter (where rank is distinct from expected)
                from (
                    select rank, row_number() over (order by consensus_quality_score, example_id) as expected
                    from crowdlab_bi.review_queue
                    where dataset = 'wide') q
                where rank is not null""")).matches("[1-9]\\d+ 0");
    }

    @Test
    void labelNextRanksTenThousandAndLeavesTheRestWithoutRank() throws SQLException {
        assertThat(warehouse.value("""
                select concat_ws(' ', count(*), count(rank), min(rank), max(rank),
                    count(*) filter (where rank is distinct from case when expected <= 10000 then expected end))
                from (
                    select rank, row_number() over (order by score, example_id) as expected
                    from crowdlab_bi.label_next
                    where dataset = 'wide') q""")).isEqualTo(EXAMPLES + " 10000 1 10000 0");
    }

    @Test
    void theWorstAnnotationsAreRankedByQuality() throws SQLException {
        assertThat(warehouse.value("""
                select count(*) || ' ' || count(*) filter (where w.rank <> d.expected)
                from (
                    select example_id, annotator_id, row_number() over (order by quality_score, example_id, annotator_id) as expected
                    from crowdlab_bi.detailed_label_quality
                    where dataset = 'wide') d
                join crowdlab.work_list w
                    on w.list = 'worst_annotations' and w.example_id = d.example_id and w.annotator_id = d.annotator_id""")).isEqualTo("10000 0");
    }

    @Test
    void theirTableIsAnalyzedForThePlanner() throws SQLException {
        assertThat(warehouse.value("""
                select string_agg(distinct s.attname, ' ' order by s.attname) || ' ' || min(c.reltuples) - (select count(*) from crowdlab.work_list)
                from pg_class c
                join pg_stats s on s.schemaname = 'crowdlab' and s.tablename = c.relname
                where c.oid = 'crowdlab.work_list'::regclass""")).isEqualTo("annotator_id example_id list rank run_id 0");
    }

    @Test
    void theFirstOfAListAreFoundWithoutReadingAllLabels() throws SQLException {
        for (String view : new String[] {"review_queue", "label_next"}) {
            assertThat(warehouse.column("explain (costs off) select * from crowdlab_bi." + view
                            + " where dataset = 'wide' and rank <= 500 order by rank"))
                    .as(view)
                    .noneMatch(line -> line.matches(".*Seq Scan on (label_quality|active_learning_score)_r\\d+.*"));
        }
    }
}
