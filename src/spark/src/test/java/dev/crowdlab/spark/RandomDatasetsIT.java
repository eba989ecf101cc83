package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random datasets with random options, on Spark against the local job. More than a build has time for: {@code
 * -Dcrowdlab.random-datasets=200}; others than the usual ones: {@code -Dcrowdlab.first-seed=5000}.
 */
class RandomDatasetsIT {

    private static final int COUNT = Integer.getInteger("crowdlab.random-datasets", 5);
    private static final long FIRST_SEED = Long.getLong("crowdlab.first-seed", 1_000);

    /** So that examples are many, few or one per part. */
    private static final int PARTS = 3;

    private static List<String> options(SplittableRandom random) {
        List<String> options = new ArrayList<>();
        List<String> methods = new ArrayList<>(List.of("majority_vote", "best_quality", "dawid_skene", "committee"));
        Collections.shuffle(methods, new Random(random.nextLong()));
        options.add("consensus-methods: " + methods.subList(0, random.nextInt(1, methods.size() + 1)));
        options.add("quality-method: " + one(random, "crowdlab", "crowdlab", "agreement"));
        String score = one(random, "self_confidence", "normalized_margin", "confidence_weighted_entropy");
        options.add("label-quality-score: " + score);
        options.add("adjust-predictions: " + (!score.startsWith("confidence") && random.nextBoolean()));
        options.add("calibrate-predictions: " + random.nextBoolean());
        options.add("active-learning: " + random.nextBoolean());
        options.add("on-missing-prediction: " + one(random, "uniform", "reject"));
        options.add("on-incomplete-prediction: " + one(random, "spread", "reject"));
        options.add("on-duplicate-annotation: " + one(random, "latest", "first"));
        if (random.nextInt(3) == 0) {
            options.add("# classes");
        }
        if (random.nextInt(6) == 0) {
            options.add("# models: 0");
        }
        options.add("store-posterior: " + random.nextBoolean());
        return options;
    }

    private static String one(SplittableRandom random, String... values) {
        return values[random.nextInt(values.length)];
    }

    @Test
    void everyTableIsThatOfTheLocalJob() throws Exception {
        List<String> names =
                IntStream.range(0, COUNT).mapToObj(number -> "random_" + number).toList();
        try (Nights nights = new Nights()) {
            for (int number = 0; number < COUNT; number++) {
                SplittableRandom random = new SplittableRandom(FIRST_SEED + number);
                nights.addDataset(names.get(number), random.nextLong(), random.nextInt(1, 200), options(random));
            }
            nights.begin("local", "spark");
            nights.runLocally("local");
            SparkProgram.Result result = SparkProgram.runAll(nights, "spark", names, PARTS);
            int published = 0;
            for (String name : names) {
                nights.assertSame(name, "local", "spark");
                published += nights.run(name, "local").get("status").equals("PUBLISHED") ? 1 : 0;
            }
            assertThat(published).as(result.output()).isGreaterThan(COUNT / 2);
        }
    }
}
