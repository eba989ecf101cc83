package dev.crowdlab.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What the pages say of tasks that were deleted. */
class DeletedTasksIT {

    private static final String PAGES = "src/site/markdown/";

    /** Task 4 is marked as deleted, task 5 is gone; both have predictions and no annotations. */
    @Test
    void theQueriesOfThePagesLeaveThemOutOfTheWorkList() throws SQLException, IOException {
        try (Warehouse warehouse = Warehouse.with()) {
            warehouse.execute("""
                    create schema tasks;
                    create table tasks.task as select id, case when id = 4 then now() end as deleted_at
                    from generate_series(1, 4) id;
                    create table tasks.vote as select t as task_id, 'w' || w as worker, (array['a', 'b'])[1 + t % 2] as label
                    from generate_series(1, 2) t, generate_series(1, 3) w;
                    create table tasks.prediction as select t as task_id, 'm' as model, l as label, 0.5::float8 as probability
                    from generate_series(1, 5) t, unnest(array['a', 'b']) l""");
            String query = between("sources.md", "select p.task_id as example_id, p.model, p.label", "\n\n");
            Program program = warehouse
                    .program()
                    .with(
                            "crowdlab.datasets.reviews.annotations-query",
                            "select task_id as example_id, worker as annotator_id, label from tasks.vote")
                    .with("crowdlab.datasets.reviews.classes", "a, b");
            String listed = "select string_agg(example_id, ' ' order by example_id) from crowdlab_bi.label_next";
            program.with(
                            "crowdlab.datasets.reviews.predictions-query",
                            "select task_id as example_id, model, label, probability from tasks.prediction")
                    .call(0, "run");
            assertThat(warehouse.value(listed)).isEqualTo("1 2 3 4 5");
            assertThat(warehouse.column("select example_id from ("
                            + between("results.md", "select n.rank, n.example_id", ";") + ") q order by 1"))
                    .containsExactly("1", "2", "3");
            program.with("crowdlab.datasets.reviews.predictions-query", query).call(0, "run");
            assertThat(warehouse.value(listed)).isEqualTo("1 2 3");
        }
    }

    private static String between(String page, String start, String end) throws IOException {
        String text = Files.readString(Path.of(PAGES + page));
        int from = text.indexOf(start);
        assertThat(from).as(start).isNotNegative();
        return text.substring(from, text.indexOf(end, from));
    }
}
