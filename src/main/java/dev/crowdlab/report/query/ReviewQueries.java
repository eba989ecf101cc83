package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.ReviewFigures;
import dev.crowdlab.report.figures.ReviewFigures.Example;
import dev.crowdlab.report.figures.ReviewFigures.Vote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what to look at again, and who said what about it. */
final class ReviewQueries {

    private static final String EXAMPLE = "select l.example_id, l.consensus_label, l.consensus_quality_score, "
            + LabelQueries.REASON + " as reason, l.model_label, l.model_probability";

    private static final String WORST = EXAMPLE + """

            from %1$s l
            where l.run_id = :run and (""";

    private static final String LOWEST_FIRST = """
            )
            order by l.consensus_quality_score, l.example_id
            limit\s""";

    private static final String LOWEST = WORST + LabelQueries.REASON + " is not null" + LOWEST_FIRST + ":most";
    private static final String UNVOTED = WORST + "l.annotator_agreement = 0" + LOWEST_FIRST + ":most";

    /** Of the worst examples, those whose annotators all agree. */
    private static final String OVERRULED =
            """
            select l.example_id, l.consensus_label, l.consensus_quality_score, l.reason, l.model_label, l.model_probability
            from (""" + WORST + "l.annotator_agreement = 0 and l.num_annotations >= 3" + LOWEST_FIRST + """
            :candidates) l
            where (
                select count(distinct d.label)
                from %2$s d
                where d.run_id = :run and d.example_id = l.example_id) = 1
            order by l.consensus_quality_score, l.example_id
            limit :most""";

    private static final int CANDIDATES = 2_000;

    private static final String VOTES = """
            select d.example_id, d.label, count(*), (pg_catalog.array_agg(d.annotator_id
                order by case when d.annotator_id ~ '^[0-9]{1,18}$' then d.annotator_id::bigint end, d.annotator_id))[1\\::names]
            from %2$s d
            where d.run_id = :run and d.example_id = any(:examples::text[])
            group by d.example_id, d.label
            order by d.example_id, count(*) desc, d.label""";

    private final JdbcClient jdbc;
    private final long runId;
    private final Object[] large;

    /**
     * @param large what to read label_quality and detailed_label_quality from
     */
    ReviewQueries(JdbcClient jdbc, long runId, List<String> large) {
        this.large = large.toArray();
        this.jdbc = jdbc;
        this.runId = runId;
    }

    /** What is in the queue; how many for which reason is known already. */
    ReviewFigures read(Map<String, Long> byReason) {
        Set<String> shown = new HashSet<>();
        List<Example> lowest = examples(LOWEST, ReviewFigures.MAX_LOWEST, shown);
        List<Example> overruled = examples(OVERRULED, ReviewFigures.MAX_OTHERS, shown);
        List<Example> unvoted = examples(UNVOTED, ReviewFigures.MAX_OTHERS, shown);
        Map<String, List<Vote>> votes = votes(shown);
        return new ReviewFigures(
                byReason, withVotes(lowest, votes), withVotes(unvoted, votes), withVotes(overruled, votes));
    }

    /** The next examples that are not shown yet, at most as many as wanted. */
    private List<Example> examples(String query, int most, Set<String> shown) {
        return jdbc
                .sql(query.formatted(large))
                .param("run", runId)
                .param("most", most + shown.size())
                .param("candidates", CANDIDATES)
                .query((row, number) -> new Example(
                        row.getString(1),
                        row.getString(2),
                        row.getDouble(3),
                        Columns.text(row.getString(4)),
                        Columns.model(row, 5),
                        List.of()))
                .list()
                .stream()
                .filter(example -> !shown.contains(example.id()))
                .limit(most)
                .flatMap(example -> shown.add(example.id()) ? Stream.of(example) : Stream.empty())
                .toList();
    }

    private Map<String, List<Vote>> votes(Set<String> examples) {
        Map<String, List<Vote>> votes = new HashMap<>();
        jdbc.sql(VOTES.formatted(large))
                .param("names", ReviewFigures.MAX_NAMES)
                .param("run", runId)
                .param("examples", examples.toArray(String[]::new))
                .query((row, number) -> votes.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                        .add(new Vote(row.getString(2), row.getLong(3), Columns.texts(row, 4))))
                .list();
        return votes;
    }

    private static List<Example> withVotes(List<Example> examples, Map<String, List<Vote>> votes) {
        return examples.stream()
                .map(example -> new Example(
                        example.id(),
                        example.consensus(),
                        example.quality(),
                        example.reason(),
                        example.model(),
                        List.copyOf(votes.getOrDefault(example.id(), List.of()))))
                .toList();
    }
}
