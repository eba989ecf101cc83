package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whole runs on Spark, in this process, against those of the local job. */
class SparkRunIT {

    private static Nights nights;

    @BeforeAll
    static void runLocally() throws Exception {
        nights = new Nights();
        nights.addDataset("plain", 1, 300, List.of("active-learning: true"));
        nights.addDataset(
                "all_options",
                2,
                200,
                List.of(
                        "consensus-methods: [majority_vote, best_quality]",
                        "label-quality-score: normalized_margin",
                        "adjust-predictions: true",
                        "store-posterior: true",
                        "calibrate-predictions: true"));
        nights.addDataset(
                "agreement", 3, 150, List.of("# models: 0", "quality-method: agreement", "store-posterior: true"));
        nights.addDataset("empty", 4, 0, List.of("on-duplicate-annotation: first", "store-posterior: true"));
        addGold("gold", "use-gold: false", "checks: {max-rejected-share: 0.9, min-gold-accuracy: {warn: 0.99}}");
        addGold("used_gold", "use-gold: true", "store-posterior: true", "checks: {max-rejected-share: 0.9}");
        nights.begin("local", "spark", "failing");
        nights.runLocally("local");
        assertThat(nights.value("local", "select count(*)::text from crowdlab.run where status = 'FAILED'"))
                .isEqualTo("0");
    }

    /** The rows of the first dataset, with gold for a third of its examples, some of it unusable. */
    private static void addGold(String name, String... settings) throws SQLException {
        List<String> lines = new ArrayList<>(List.of(settings));
        lines.add("annotations-query: select * from crowdlab.annotation where dataset = 'plain'");
        lines.add("predictions-query: select * from crowdlab.prediction where dataset = 'plain'");
        lines.add("gold-query: select example_id, label from gold_of_" + name);
        lines.add("consensus-methods: [committee, best_quality, majority_vote, dawid_skene]");
        lines.addAll(Nights.USUAL.subList(0, 3));
        nights.addQueries(name, """
                create table gold_of_%s as
                select 'e' || e as example_id, 'c' || e %% 3 as label from generate_series(1, 330, 3) e
                union all select 'e' || e, 'c0' from generate_series(1, 330, 30) e
                union all select null, 'c0' union all select 'e4', 'odd'
                """.formatted(name), lines);
    }

    @AfterAll
    static void stop() throws Exception {
        nights.close();
    }

    @Test
    void everyTableIsThatOfTheLocalJob() throws Exception {
        String[][] spread = {
            {"plain", "3", "3"},
            {"all_options", "2", "5"},
            {"agreement", "1", "1"},
            {"empty", "1", "2"},
            {"gold", "2", "2"},
            {"used_gold", "1", "3"}
        };
        for (String[] run : spread) {
            SparkProgram.run("local[2]", nights, "spark", "--dataset", run[0], "--readers", run[1], "--parts", run[2]);
            nights.assertSame(run[0], "local", "spark");
        }
    }

    @Test
    void soItIsIfEveryTaskFailsOnceAfterItsWork() throws Exception {
        SparkProgram.runFailing(nights, "failing", "--dataset", "all_options", "--parts", "3");
        nights.assertSame("all_options", "local", "failing");
    }

    @Test
    void aDryRunSaysWhatARunWouldDoAndWritesNothing() throws Exception {
        assertThat(dryRun("failing", "plain"))
                .contains("Dry run of dataset 'plain': a run would be published, the first of this dataset.");
        assertThat(dryRun("local", "all_options")).contains("'all_options': a run would find nothing new.");
        String run = nights.value(
                "local",
                "select max(run_id) || ' ' || max(num_examples) from crowdlab.run where dataset = 'all_options'");
        assertThat(dryRun("local", "all_options", "--force"))
                .contains("a run would be published; of the " + run.split(" ")[1] + " labels that run "
                        + run.split(" ")[0] + " published too, 0 would change; 0 examples would be new and 0 gone.");
    }

    private static String dryRun(String database, String dataset, String... more) throws Exception {
        String count = "select count(*)::text from crowdlab.run";
        String before = nights.value(database, count);
        List<String> arguments = new ArrayList<>(List.of("--dataset", dataset, "--parts", "3", "--dry-run"));
        arguments.addAll(List.of(more));
        SparkProgram.Result result = SparkProgram.call("local[2]", "", nights, database, arguments);
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(nights.value(database, count)).isEqualTo(before);
        return result.output();
    }
}
