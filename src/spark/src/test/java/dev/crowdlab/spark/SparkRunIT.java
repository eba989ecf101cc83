package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;

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
                        "calibrate-predictions: true"));
        nights.addDataset("agreement", 3, 150, List.of("# models: 0", "quality-method: agreement"));
        nights.addDataset("empty", 4, 0, List.of("on-duplicate-annotation: first"));
        nights.begin("local", "spark", "failing");
        nights.runLocally("local");
        assertThat(nights.value("local", "select count(*)::text from crowdlab.run where status = 'FAILED'"))
                .isEqualTo("0");
    }

    @AfterAll
    static void stop() throws Exception {
        nights.close();
    }

    @Test
    void everyTableIsThatOfTheLocalJob() throws Exception {
        String[][] spread = {
            {"plain", "3", "3"}, {"all_options", "2", "5"}, {"agreement", "1", "1"}, {"empty", "1", "2"}
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
}
