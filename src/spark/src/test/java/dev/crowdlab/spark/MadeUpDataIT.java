package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A large made-up dataset, on Spark against the local job. */
@Tag("thorough")
class MadeUpDataIT {

    private static final int EXAMPLES = Integer.getInteger("crowdlab.made-up-examples", 1_000_000);

    /** Three labels for each example, of 1,000 annotators, right in two of three cases, and one model over ten classes. */
    private static final String SCRIPT = """
            create table public.made_annotation as
            select i as example_id, (i * 7919 + k * 104729) %% 1000 as annotator_id,
                'c' || case when hashint8extended(i * 3 + k, 1) & 3 > 0 then i %% 10 else hashint8extended(i * 3 + k, 2) & 7 end
                    as label
            from generate_series(1, %d::bigint) i
            cross join generate_series(0, 2) k;
            create table public.made_prediction as
            select i as example_id, (
                select array_agg(case when c = i %% 10 then 0.1 + p else (0.9 - p) / 9 end order by c)
                from generate_series(0, 9) c) as probabilities
            from generate_series(1, %<d::bigint) i
            cross join lateral (select (hashint8extended(i, 3) & 1023) / 2048.0::float8 as p) q""";

    @Test
    void everyTableIsThatOfTheLocalJob() throws Exception {
        try (Nights nights = new Nights()) {
            nights.addQueries(
                    "made_up",
                    SCRIPT.formatted(EXAMPLES),
                    List.of(
                            "annotations-query: select example_id, annotator_id, label from public.made_annotation",
                            "predictions-query: select example_id, probabilities from public.made_prediction",
                            "store-posterior: true",
                            "classes: [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9]"));
            nights.begin("local", "spark");
            nights.runLocally("local");
            SparkProgram.runAll(nights, "spark", List.of("made_up"), 8);
            nights.assertSame("made_up", "local", "spark");
            assertThat(nights.run("made_up", "spark"))
                    .containsEntry("status", "PUBLISHED")
                    .containsEntry("num_examples", String.valueOf(EXAMPLES));
        }
    }
}
