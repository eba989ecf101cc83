package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs on Spark with labels of machines, against those of the local job. */
class MachinesIT {

    private static final List<String> SETTINGS = List.of(
            "predictions-query: select * from crowdlab.prediction where dataset = 'plain'",
            "classes: [c0, c1, c2, c3, c4]",
            "on-missing-prediction: uniform",
            "on-incomplete-prediction: spread",
            "machines: [gpt-*, claude, llama]",
            "active-learning: true",
            "store-posterior: true",
            "checks: {max-rejected-share: 0.9, max-changed-share: 1}");

    /** People on the examples of the built-in table, machines on those and on others. */
    private static final String ANSWERS = """
            create view answer as
            select example_id, annotator_id, label, annotated_at from crowdlab.annotation where dataset = 'plain'
            union all
            select e, m, case when ascii(right(e, 1)) % 7 = n then 'c1' else coalesce(label, 'c' || n % 2) end, null
            from (select example_id e, mode() within group (order by label) as label from crowdlab.annotation
                where dataset = 'plain' and example_id <> '' group by example_id
                union all select 'x' || i, null from generate_series(1, 60) i) examples,
                (values ('gpt-4o', 1), ('gpt-5', 2), ('claude', 3), ('llama', 5), ('qwen', 6)) machines (m, n)
            where n <> 5 or e like '%1';
            create view expert as
            select e.example_id, mode() within group (order by a.label) as label
            from answer e join answer a using (example_id)
            where a.label <> 'odd' and ascii(right(e.example_id, 1)) % 2 = 0 group by e.example_id;
            create view single as
            (select distinct on (example_id) * from answer where annotator_id !~ '^(gpt|claude|llama)'
                order by example_id, annotator_id, annotated_at, label)
            union all select * from answer where annotator_id ~ '^(gpt|claude|llama)'
            """;

    @Test
    void everyTableIsThatOfTheLocalJob() throws Exception {
        try (Nights nights = new Nights()) {
            nights.addDataset("plain", 1, 300, List.of());
            add(nights, "mixed", ANSWERS, "annotations-query: select * from answer");
            add(
                    nights,
                    "pinned",
                    "",
                    "annotations-query: select * from answer",
                    "gold-query: select * from expert",
                    "consensus-methods: [committee, majority_vote]",
                    "use-gold: true",
                    "sample-seed: a");
            add(
                    nights,
                    "corrected",
                    "",
                    "annotations-query: select * from answer",
                    "gold-query: select * from expert",
                    "consensus-methods: [committee, dawid_skene]",
                    "use-gold: anchor",
                    "gold-minimum: 60");
            add(
                    nights,
                    "by_gold",
                    "",
                    "annotations-query: select * from single",
                    "gold-query: select * from expert",
                    "consensus-methods: [committee, majority_vote]",
                    "use-gold: anchor",
                    "gold-minimum: 60");
            nights.begin("local", "spark");
            List<String> options = new ArrayList<>();
            String[] datasets = {"by_gold", "corrected", "mixed", "pinned"};
            for (String dataset : datasets) {
                options.addAll(List.of("--dataset", dataset));
            }
            nights.runLocally("local", options.toArray(String[]::new));
            assertThat(nights.value(
                            "local",
                            "select string_agg(dataset || ' ' || r.status || ' ' || coalesce(p.status, '?'), ', ' order by dataset)"
                                    + " from crowdlab.run r left join crowdlab.run_panel p using (run_id)"))
                    .isEqualTo("by_gold PUBLISHED BY_GOLD, corrected PUBLISHED ANCHORED, mixed PUBLISHED ANCHORED,"
                            + " pinned PUBLISHED ANCHORED");
            for (String dataset : datasets) {
                SparkProgram.run("local[2]", nights, "spark", "--dataset", dataset, "--parts", "3");
                nights.assertSame(dataset, "local", "spark");
            }
        }
    }

    private static void add(Nights nights, String name, String script, String... settings) throws Exception {
        List<String> lines = new ArrayList<>(List.of(settings));
        lines.addAll(SETTINGS);
        nights.addQueries(name, script, lines);
    }
}
