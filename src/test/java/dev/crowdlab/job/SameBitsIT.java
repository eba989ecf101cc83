package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Rows;
import dev.crowdlab.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The same rows give the same bits, whatever their order in the table, the form of the predictions, the size of the blocks,
 * the number of threads, and whatever else runs that night.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameBitsIT {

    private static final int EXAMPLES = 5_000;
    private static final int ANNOTATORS = 60;
    private static final List<String> CLASSES = List.of("ant", "bee", "cow", "dog");

    private TestDatabase database;
    private JdbcClient jdbc;

    @BeforeAll
    void runOneNight() throws SQLException {
        database = TestDatabase.create();
        jdbc = JdbcClient.create(database.dataSource());
        assertThat(Program.on(database).call("migrate").exitCode()).isZero();
        jdbc.sql("create table arrays (source text, model text, example_id text, probabilities float8[])")
                .update();
        load("rows", "arrays", new Random(1));
        load("rows-shuffled", "arrays-shuffled", new Random(2));
        Program.Result night = program(16_384, 1).call("run", "--parallel", "3", "--as-of", "2026-01-01");
        assertThat(night.exitCode()).as(night.out() + night.err()).isZero();
    }

    @AfterAll
    void dropDatabase() {
        database.close();
    }

    /** The data are the same for every name; only the order of the rows differs. */
    private void load(String rows, String arrays, Random order) throws SQLException {
        Random random = new Random(20_260_101);
        Rows annotations = new Rows();
        Rows predictions = new Rows();
        Rows arrayPredictions = new Rows();
        for (int example = 0; example < EXAMPLES + 200; example++) {
            String id = Integer.toString(example * 7_919 % 100_003, 36);
            int truth = Math.min(random.nextInt(7), CLASSES.size() - 1);
            for (int count = example < EXAMPLES ? 1 + random.nextInt(4) : 0; count > 0; count--) {
                int annotator = random.nextInt(ANNOTATORS);
                int label = random.nextInt(ANNOTATORS) < annotator ? truth : random.nextInt(CLASSES.size());
                String time = random.nextInt(4) > 0 ? "2026-01-01 00:00:" + (10 + random.nextInt(50)) + "Z" : null;
                annotations.add(rows, id, "annotator-" + annotator, CLASSES.get(label), time);
            }
            for (String model : List.of("large", "small")) {
                double[] probabilities = probabilities(random, truth);
                StringBuilder array = new StringBuilder();
                for (int label = 0; label < CLASSES.size(); label++) {
                    predictions.add(rows, model, id, CLASSES.get(label), probabilities[label]);
                    array.append(label == 0 ? "{" : ",").append(probabilities[label]);
                }
                arrayPredictions.add(arrays, model, id, array.append('}'));
            }
        }
        annotations.shuffle(order).copyTo(database, Rows.ANNOTATION);
        predictions.shuffle(order).copyTo(database, Rows.PREDICTION);
        arrayPredictions.shuffle(order).copyTo(database, "arrays");
    }

    /** Some are off 1 by so little that they are mended, some by so much that they are refused, some are tied. */
    private static double[] probabilities(Random random, int truth) {
        double[] probabilities = new double[CLASSES.size()];
        double sum = 0;
        boolean isTied = random.nextInt(10) == 0;
        for (int label = 0; label < probabilities.length; label++) {
            probabilities[label] = isTied ? 1 : random.nextDouble() + (label == truth ? 0.5 : 0);
            sum += probabilities[label];
        }
        double error = List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0005, 1.01, 1.0 + 1e-9)
                .get(random.nextInt(10));
        for (int label = 0; label < probabilities.length; label++) {
            probabilities[label] *= error / sum;
        }
        return probabilities;
    }

    private Program program(int blockRows, int threads) {
        Program program = Program.on(database)
                .with("crowdlab.block-rows", Integer.toString(blockRows))
                .with("crowdlab.threads", Integer.toString(threads));
        for (String name : List.of("rows", "rows-shuffled", "arrays", "arrays-shuffled")) {
            String prefix = "crowdlab.datasets." + name + ".";
            for (int label = 0; label < CLASSES.size(); label++) {
                program.with(prefix + "classes[" + label + "]", CLASSES.get(label));
            }
            program.with(prefix + "checks.max-rejected-share", "1")
                    .with(prefix + "store-posterior", "true")
                    .with(prefix + "consensus-methods", "best_quality,majority_vote,dawid_skene,committee");
            if (name.startsWith("arrays")) {
                program.with(
                                prefix + "annotations-query",
                                "select example_id, annotator_id, label, annotated_at from crowdlab.annotation"
                                        + " where dataset = '" + name.replace("arrays", "rows") + "'")
                        .with(
                                prefix + "predictions-query",
                                "select example_id, model, probabilities from arrays where source = '" + name + "'");
            }
        }
        return program;
    }

    @Test
    void theDataHaveSomethingOfEverything() {
        assertThat(jdbc.sql("select distinct reason from crowdlab.rejected_row")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder(
                        "CONFLICTING_ANNOTATION", "SUPERSEDED_ANNOTATION", "PROBABILITY_SUM", "NO_PREDICTION");
        assertThat(jdbc.sql("select distinct tie_break from crowdlab.label_quality")
                        .query(String.class)
                        .list())
                .hasSizeGreaterThan(1);
        assertThat(jdbc.sql("select bool_and(num_examples > 3500 and num_unlabeled > 100 and num_collapsed > 0)"
                                + " from crowdlab.run")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(jdbc.sql("select count(*) from crowdlab.run_table"
                                + " where row_count = 0 and table_name not in ('label_change', 'calibration_bin')")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void theOrderOfTheRowsMakesNoDifference() {
        assertThat(digests("rows-shuffled")).isNotEmpty().isEqualTo(digests("rows"));
        assertThat(digests("arrays-shuffled")).isNotEmpty().isEqualTo(digests("arrays"));
        assertThat(inputDigest("rows-shuffled")).isEqualTo(inputDigest("rows"));
        assertThat(inputDigest("arrays-shuffled")).isEqualTo(inputDigest("arrays"));
    }

    @Test
    void theFormOfThePredictionsMakesNoDifferenceToWhatIsNotRefused() {
        List<String> rows = digests("rows");
        assertThat(rows).hasSizeGreaterThanOrEqualTo(7);
        assertThat(digests("arrays"))
                .filteredOn(line -> !line.startsWith("rejected_"))
                .isEqualTo(rows.stream()
                        .filter(line -> !line.startsWith("rejected_"))
                        .toList());
        assertThat(jdbc.sql("""
                        select count(*) from (
                            select example_id, annotator_id, label, quality_score from crowdlab_bi.detailed_label_quality
                            where dataset = 'rows'
                            except
                            select example_id, annotator_id, label, quality_score from crowdlab_bi.detailed_label_quality
                            where dataset = 'arrays-shuffled') different""").query(Integer.class).single()).isZero();
    }

    @Test
    void blocksThreadsAndOtherDatasetsMakeNoDifference() {
        List<String> rows = digests("rows");
        List<String> arrays = digests("arrays");
        assertThat(program(1_000, 2)
                        .call("run", "--dataset", "arrays", "--as-of", "2026-01-02")
                        .exitCode())
                .isZero();
        assertThat(program(7, 5)
                        .call("run", "--dataset", "rows", "--as-of", "2026-01-03")
                        .exitCode())
                .isZero();
        for (String dataset : List.of("rows", "arrays")) {
            assertThat(jdbc.sql(
                                    "select count(*) || ' ' || count(distinct input_digest) from crowdlab.run where dataset = ?")
                            .param(dataset)
                            .query(String.class)
                            .single())
                    .isEqualTo("2 1");
        }
        assertThat(digests("rows")).isEqualTo(rows);
        assertThat(digests("arrays")).isEqualTo(arrays);
        assertThat(jdbc.sql("select count(*) from crowdlab_bi.label_changes")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    /** Name, rows and digest of each table of the dataset's newest run; label_change only a later run has, and says so. */
    private List<String> digests(String dataset) {
        return jdbc.sql("""
                        select t.table_name || ' ' || t.row_count || ' ' || t.digest from crowdlab.run_table t
                        where t.run_id = (select max(run_id) from crowdlab.run where dataset = ?)
                            and t.table_name not in ('label_change', 'run_check')
                        order by t.table_name""").param(dataset).query(String.class).list();
    }

    private String inputDigest(String dataset) {
        return jdbc.sql("select distinct input_digest from crowdlab.run where dataset = ?")
                .param(dataset)
                .query(String.class)
                .single();
    }
}
