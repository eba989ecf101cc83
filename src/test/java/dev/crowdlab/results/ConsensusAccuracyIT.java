package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.RealData;
import dev.crowdlab.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every consensus method on six published data sets with true labels, which are not part of this project, through the database: the
 * table of the page on studies is what comes out. Run with {@code -Prealdata}; see {@code RealDataIT}.
 */
@Tag("realdata")
class ConsensusAccuracyIT {

    private static final List<String> DATASETS = List.of("adult2", "bluebirds", "fact_eval", "rte", "trec", "web");

    /** What the predictions-query returns: nothing, the first model or all. */
    private static final Map<String, String> PREDICTIONS =
            new LinkedHashMap<>(Map.of("none", "", "one", " and model = 'predictions'", "all", ""));

    private static final double STUDY_TOLERANCE = 0.003;

    @Test
    void thePageTellsHowOftenEachMethodIsRight() throws IOException, SQLException {
        try (TestDatabase database = TestDatabase.create()) {
            assertThat(Program.on(database).call("migrate").exitCode()).isZero();
            RealData.load(database, DATASETS);
            RealData.loadModels(database, DATASETS);
            run(database);
            JdbcClient jdbc = JdbcClient.create(database.dataSource());
            List<String> lines = new ArrayList<>();
            for (String dataset : DATASETS) {
                for (String predictions : List.of("none", "one", "all")) {
                    lines.add(line(jdbc, dataset, predictions));
                }
            }
            assertThat(Files.readAllLines(Path.of("src", "site", "markdown", "studies.md")))
                    .containsSubsequence(lines);
            compareWithTheStudy(jdbc);
        }
    }

    private static void run(TestDatabase database) {
        Program program = Program.on(database);
        List<String> call = new ArrayList<>(List.of("run", "--parallel", "2"));
        for (String dataset : DATASETS) {
            PREDICTIONS.forEach((predictions, condition) -> {
                String name = dataset + "-" + predictions;
                String prefix = "crowdlab.datasets." + name + ".";
                program.with(
                                prefix + "annotations-query",
                                "select example_id, annotator_id, label from crowdlab.annotation where dataset = '"
                                        + dataset + "'")
                        .with(prefix + "consensus-methods", "committee,majority_vote,best_quality,dawid_skene")
                        .with(prefix + "checks.max-rejected-share", "0.1");
                if (!predictions.equals("none")) {
                    program.with(
                            prefix + "predictions-query",
                            "select example_id, model, label, probability from all_models where dataset = '" + dataset
                                    + "'" + condition);
                }
                call.addAll(List.of("--dataset", name));
            });
        }
        Program.Result night = program.call(call.toArray(String[]::new));
        assertThat(night.exitCode()).as(night.out() + night.err()).isZero();
    }

    /** The line of the page: accuracy of four methods, and calibration error of two. */
    private static String line(JdbcClient jdbc, String dataset, String predictions) {
        return jdbc.sql("""
                        with consensus as (
                            select 'committee' as consensus_method, example_id, consensus_label, consensus_quality_score
                            from crowdlab_bi.label_quality where dataset = :name
                            union all
                            select consensus_method, example_id, consensus_label, consensus_quality_score
                            from crowdlab_bi.alternative_consensus where dataset = :name),
                        judged as (
                            select c.consensus_method, (c.consensus_label = t.label)::int as is_right, c.consensus_quality_score as score,
                                least(floor(c.consensus_quality_score * 10), 9) as bin
                            from consensus c
                            join truth t on t.example_id = c.example_id and t.dataset = :dataset),
                        accuracy as (
                            select consensus_method, avg(is_right) as accuracy from judged group by 1),
                        calibration as (
                            select consensus_method, sum(abs(right_count - score_sum)) / sum(num) as error
                            from (select consensus_method, bin, sum(is_right) as right_count, sum(score) as score_sum, count(*) as num
                                from judged group by 1, 2) b
                            group by 1)
                        select format('| %s | %s | %s | %s | %s | %s | %s | %s |', :dataset, :predictions,
                            max(to_char(accuracy, '0.999')) filter (where consensus_method = 'majority_vote'),
                            max(to_char(accuracy, '0.999')) filter (where consensus_method = 'best_quality'),
                            max(to_char(accuracy, '0.999')) filter (where consensus_method = 'dawid_skene'),
                            max(to_char(accuracy, '0.999')) filter (where consensus_method = 'committee'),
                            max(to_char(error, '0.999')) filter (where consensus_method = 'best_quality'),
                            max(to_char(error, '0.999')) filter (where consensus_method = 'committee'))
                        from accuracy
                        join calibration using (consensus_method)""")
                .param("name", dataset + "-" + predictions)
                .param("dataset", dataset)
                .param("predictions", predictions)
                .query(String.class)
                .single()
                .replaceAll(" +", " ");
    }

    private static void compareWithTheStudy(JdbcClient jdbc) throws IOException {
        List<String[]> expected =
                Files.readAllLines(Path.of("src", "test", "resources", "committee", "expected.csv")).stream()
                        .map(cells -> cells.split(",", -1))
                        .filter(cells -> DATASETS.contains(cells[0]))
                        .toList();
        assertThat(expected).hasSize(3 * DATASETS.size());
        for (String[] cells : expected) {
            String predictions = cells[1].equals("0") ? "none" : cells[1].equals("1") ? "one" : "all";
            String accuracy = line(jdbc, cells[0], predictions).split(" \\| ")[5];
            assertThat(Double.parseDouble(accuracy))
                    .as(cells[0] + " with " + cells[1] + " models")
                    .isCloseTo(Double.parseDouble(cells[4]), within(STUDY_TOLERANCE));
        }
    }
}
