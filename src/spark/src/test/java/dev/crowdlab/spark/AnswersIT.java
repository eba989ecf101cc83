package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers that abstain, classes in an order and repeated labels, on Spark against the local job. */
class AnswersIT {

    private static final List<String> NAMES =
            List.of("abstaining", "unnamed", "graded", "numbered", "repeated", "machines");

    /** One of four answers of the annotators a0 to a5 abstains, and all of a6 on two of three examples. */
    private static final String ANSWERS = """
            create view answer as
            select example_id, annotator_id, annotated_at, case
                when annotator_id < 'a6' and hashtext(example_id || annotator_id) % 4 = 0 then 'unsure'
                when annotator_id = 'a6' and hashtext(example_id) % 3 <> 0 then 'cannot tell' else label end as label
            from crowdlab.annotation where dataset = 'plain';
            create view grade as
            select example_id, annotator_id, annotated_at, substr(label, 2) as label from answer where label ~ '^c[0-9]'""";

    private static void add(Nights nights, String name, String script, String... lines) throws SQLException {
        List<String> settings = new ArrayList<>(List.of("checks: {max-rejected-share: 1, max-changed-share: 1}"));
        settings.addAll(List.of(lines));
        nights.addQueries(name, script, settings);
    }

    private static void addAll(Nights nights) throws SQLException {
        String query = "annotations-query: select * from answer";
        String abstain = "abstain: [unsure, cannot tell]";
        add(
                nights,
                "abstaining",
                ANSWERS,
                query,
                "classes: [c0, c1, c2, c3, c4]",
                "consensus-methods: [committee, dawid_skene, majority_vote, best_quality]",
                abstain,
                "store-posterior: true",
                "store-soft-labels: true",
                "stop: {at: 0.8}");
        add(
                nights,
                "unnamed",
                "select 1",
                query,
                "consensus-methods: [dawid_skene, committee]",
                "abstain: [unsure, cannot tell, odd]");
        add(
                nights,
                "graded",
                "select 1",
                "annotations-query: select * from answer where label <> 'unsure'",
                "classes: [c0, c1, c2, c3, c4]",
                "consensus-methods: [committee]",
                "scale: ordinal");
        add(
                nights,
                "numbered",
                "select 1",
                "annotations-query: select * from grade",
                "classes: ['0', '1', '2', '3', '4']",
                "scale: interval",
                "store-posterior: true");
        add(nights, "repeated", "select 1", query, abstain, "self-agreement: true");
        add(nights, "machines", "select 1", query, abstain, "self-agreement: true", "machines: [a1, a11]");
    }

    @Test
    void everyTableIsThatOfTheLocalJob() throws Exception {
        try (Nights nights = new Nights()) {
            nights.addDataset("plain", 5, 400, List.of("# models: 0"));
            addAll(nights);
            nights.begin("local", "spark");
            nights.runLocally("local");
            SparkProgram.Result result = SparkProgram.runAll(nights, "spark", NAMES, 3);
            for (String name : NAMES) {
                assertThat(nights.run(name, "local")).as(result.output()).containsEntry("status", "PUBLISHED");
                nights.assertSame(name, "local", "spark");
            }
            assertThat(nights.value(
                            "spark",
                            "select (sum(num_abstained) > 100 and sum(num_repeated) > 20)::text"
                                    + " from crowdlab_bi.annotator_stats where dataset = 'repeated'"))
                    .isEqualTo("true");
        }
    }
}
