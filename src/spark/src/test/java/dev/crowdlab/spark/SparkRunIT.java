package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

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
                        "calibrate-predictions: true"));
        nights.addDataset("agreement", 3, 150, List.of("# no models", "quality-method: agreement"));
        nights.addDataset("empty", 4, 0, List.of("on-duplicate-annotation: first"));
        nights.begin("local", "spark", "failing");
        nights.runLocally("local");
    }

    @AfterAll
    static void stop() throws Exception {
        nights.close();
    }

    private static int run(String master, String plugins, String database, String... more) {
        System.setProperty("spark.master", master);
        System.setProperty("spark.plugins", plugins);
        System.setProperty("spark.ui.enabled", "false");
        System.setProperty("spark.driver.host", "127.0.0.1");
        System.setProperty("spark.sql.shuffle.partitions", "4");
        List<String> arguments = new ArrayList<>(
                List.of("run", "--config", nights.settings(database).toString(), "--as-of", Nights.AS_OF));
        arguments.addAll(List.of(more));
        StringWriter output = new StringWriter();
        int exitCode = new CommandLine(new CrowdlabSpark())
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(output))
                .execute(arguments.toArray(String[]::new));
        assertThat(exitCode).as(output.toString()).isIn(0, 3);
        return exitCode;
    }

    @Test
    void everyTableIsThatOfTheLocalJob() throws Exception {
        String[][] spread = {
            {"plain", "3", "3"}, {"all_options", "2", "5"}, {"agreement", "1", "1"}, {"empty", "1", "2"}
        };
        for (String[] run : spread) {
            run("local[2]", "", "spark", "--dataset", run[0], "--readers", run[1], "--parts", run[2]);
            nights.assertSame(run[0], "local", "spark");
        }
    }

    @Test
    void soItIsIfEveryTaskFailsOnceAfterItsWork() throws Exception {
        run("local[2,3]", FailingTasks.class.getName(), "failing", "--dataset", "all_options", "--parts", "3");
        nights.assertSame("all_options", "local", "failing");
    }
}
