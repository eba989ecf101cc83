package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Two nights of a dataset whose gold corrects its labels and whose examples have states, against the local job. */
class SecondNightIT {

    private static final String OF_SECOND_NIGHT =
            " where run_id = (select max(run_id) from crowdlab.run where status = 'PUBLISHED')";

    @Test
    void whatIsDoneStaysDone() throws Exception {
        try (Nights nights = new Nights()) {
            nights.addDataset("plain", 1, 300, List.of());
            nights.addQueries("anchored", """
                    create view answer as select * from crowdlab.annotation where dataset in ('plain', 'later');
                    create view expert as
                    select example_id, mode() within group (order by label) as label
                    from crowdlab.annotation where dataset = 'plain' and label <> 'odd' and example_id <> ''
                    group by example_id having ascii(right(example_id, 1)) % 2 = 0""", settings());
            nights.begin("local", "spark");
            night(nights);
            assertThat(nights.value("local", "select string_agg(status, ' ') from crowdlab.gold_correction"))
                    .isNotBlank()
                    .doesNotContain("TOO_LITTLE_GOLD");
            String more = """
                    insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                    select 'later', example_id, 'a' || n, 'c' || (ascii(right(example_id, 1)) + n) % 2
                    from crowdlab.annotation, generate_series(0, 3) n
                    where dataset = 'plain' and example_id like 'e1__' group by example_id, n""";
            nights.execute("local", more);
            nights.execute("spark", more);
            night(nights);
            String kept = "select count(*)::text from crowdlab.label_state" + OF_SECOND_NIGHT
                    + " and state = 'done' and probability < 0.85";
            assertThat(nights.value("spark", kept)).isNotEqualTo("0");
        }
    }

    private static List<String> settings() {
        return List.of(
                "annotations-query: select * from answer",
                "predictions-query: select * from crowdlab.prediction where dataset = 'plain'",
                "gold-query: select * from expert",
                "consensus-methods: [committee, majority_vote]",
                "use-gold: anchor",
                "gold-minimum: 60",
                "sample-seed: a",
                "store-posterior: true",
                "store-soft-labels: true",
                "stop.min-labels: 2",
                "classes: [c0, c1, c2, c3, c4]",
                "on-missing-prediction: uniform",
                "on-incomplete-prediction: spread",
                "checks: {max-rejected-share: 0.9, max-changed-share: 1}");
    }

    private static void night(Nights nights) throws Exception {
        nights.runLocally("local", "--dataset", "anchored");
        SparkProgram.run("local[2]", nights, "spark", "--dataset", "anchored", "--parts", "3");
        nights.assertSame("anchored", "local", "spark");
    }
}
