package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets that do not fit into the heap of a process. */
final class LargeDatasetIT {

    private static final String HEAP = "64m";
    private static final int CLASSES = 100;
    private static final String CLASS_NAMES =
            IntStream.range(0, CLASSES).mapToObj(label -> "c" + label).collect(Collectors.joining(","));

    private static final String FEW_ANNOTATIONS = "select 1 as example_id, 1 as annotator_id, 'c1' as label";
    private static final String ARRAYS =
            "select i as example_id, array_fill(0.01::float8, array[100]) as probabilities from ";

    private static final String ADVICE =
            " of memory, the heap is limited to \\d+ MB; start with -Xmx\\d+[mg] \\(CROWDLAB_HEAP=\\d+[mg] with the launcher\\)"
                    + " or split the dataset";

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeEach
    void createDatabase() throws SQLException {
        warehouse = Warehouse.with("small");
        warehouse.execute(
                "create table public.numbers as select i from generate_series(1, 400000) i", "analyze public.numbers");
    }

    @AfterEach
    void dropDatabase() {
        warehouse.close();
    }

    @Test
    @Tag("slow")
    void whatDoesNotFitFailsAloneInOneSentence() throws Exception {
        Program program = program();
        dataset(program, "a-large-table", FEW_ANNOTATIONS, ARRAYS + "public.numbers");
        dataset(program, "b-underestimated", """
                select i % 1000 as example_id, i as annotator_id, 'c1' as label
                from (select n % 1000 as i from generate_series(1, (select 5000000)) n) q""", null);
        dataset(program, "c-long-ids", """
                select lpad(i::text, 900, 'x') as example_id, 1 as annotator_id, 'c1' as label from public.numbers""", null);
        Program.Result result = program.callInNewProcess(directory, "run", "--parallel", "1");
        assertThat(result.exitCode()).as(result.out()).isEqualTo(1);
        assertThat(result.out())
                .containsPattern(
                        "(?m)^a-large-table: failed\\. Dataset 'a-large-table' has about 1 annotation and 400,000"
                                + " prediction rows of 100 classes and needs about [0-9.]+ [MG]B" + ADVICE + "$")
                .containsPattern(
                        "(?m)^b-underestimated: failed\\. Dataset 'b-underestimated' has about [0-9,]+ annotation and 0"
                                + " prediction rows of 100 classes and needs about \\d+ MB" + ADVICE + "$")
                .containsPattern(
                        "(?m)^c-long-ids: failed\\. Dataset 'c-long-ids' has about 400,000 annotation and 0 prediction"
                                + " rows of 100 classes and needs (about|more than) \\d+ MB" + ADVICE + "$")
                .containsPattern("(?m)^small +\\d+ +published ")
                .doesNotContain("OutOfMemory");
        assertThat(warehouse.value("select count(*) from crowdlab.batch_step_execution s join crowdlab.run r"
                        + " on s.job_execution_id = r.job_execution_id"
                        + " where dataset = 'a-large-table' and step_name like 'read%'"))
                .isEqualTo("0");
        assertThat(warehouse.value("select read_count between 100000 and 4000000 from crowdlab.batch_step_execution s"
                        + " join crowdlab.run r on s.job_execution_id = r.job_execution_id"
                        + " where dataset = 'b-underestimated' and step_name = 'readAnnotations'"))
                .isEqualTo("t");
        assertThat(warehouse.statuses()).containsExactly("FAILED", "FAILED", "FAILED", "PUBLISHED");
    }

    @Test
    void whatDoesNotFitIsFoundBeforehand() throws Exception {
        Program program = program();
        dataset(program, "large-table", FEW_ANNOTATIONS, ARRAYS + "public.numbers");
        dataset(program, "perhaps-large", FEW_ANNOTATIONS, ARRAYS + "(select distinct i from public.numbers) q");
        Program.Result result = program.callInNewProcess(directory, "validate");
        assertThat(result.exitCode()).as(result.out()).isEqualTo(2);
        assertThat(result.out())
                .containsPattern(
                        "(?m)^Dataset 'large-table' has about 1 annotation .* needs about [0-9.]+ [MG]B" + ADVICE)
                .containsPattern("(?m)^Warning\\. Dataset 'perhaps-large' has about .*" + ADVICE)
                .containsPattern(
                        "(?m)^Dataset 'small' has about \\d+ annotation and \\d+ prediction rows; a run takes about"
                                + " \\d+ MB of memory, of \\d+ MB of heap, \\d+ MB of the database's disk, and \\d+ seconds?$");
    }

    private Program program() {
        return warehouse.program().withHeap(HEAP);
    }

    private static void dataset(Program program, String name, String annotations, String predictions) {
        String key = "crowdlab.datasets." + name + ".";
        program.with(key + "annotations-query", annotations).with(key + "classes", CLASS_NAMES);
        if (predictions != null) {
            program.with(key + "predictions-query", predictions);
        }
    }
}
