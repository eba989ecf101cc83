package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.LabelFigures;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts the consensus labels; those of a run of version 0.2.0, which did not store their numbers, one by one. */
final class LabelQueries {

    /** As the view {@code review_queue} has it. */
    static final String REASON = """
            case
                when l.tie_break <> 'none' then 'TIE'
                when l.annotator_agreement = 0 then 'NOBODY_CHOSE_IT'
                when l.annotator_agreement < 1 then 'ANNOTATORS_DISAGREE'
                when l.num_annotations = 1 then 'ONE_ANNOTATION'
                when l.consensus_quality_score < 0.5 then 'LOW_QUALITY'
            end""";

    private static final List<String> REASONS =
            List.of("TIE", "NOBODY_CHOSE_IT", "ANNOTATORS_DISAGREE", "ONE_ANNOTATION", "LOW_QUALITY");

    private static final String COUNTS = """
            select c.bin, least(c.num_annotations, :most), c.reason, sum(c.num_examples), max(c.num_annotations)
            from (
                select bin - 1 as bin, num_annotations, nullif(reason, 'NONE') as reason, num_examples
                from crowdlab.label_quality_bin
                where run_id = :run
                union all
                select least(floor(l.consensus_quality_score * :bins)::integer, :bins - 1), l.num_annotations, %s, count(*)
                from %s l
                where l.run_id = :run and not exists (select from crowdlab.label_quality_bin where run_id = :run)
                group by 1, 2, 3) c
            group by 1, 2, 3""";

    private final JdbcClient jdbc;
    private final long runId;
    private final String labels;

    /**
     * @param labels what to read label_quality from
     */
    LabelQueries(JdbcClient jdbc, long runId, String labels) {
        this.labels = labels;
        this.jdbc = jdbc;
        this.runId = runId;
    }

    /** The labels, and how many are in the queue for which reason. */
    Counted read(long unlabeled) {
        long[] bins = new long[LabelFigures.BINS];
        long[] byAnnotations = new long[LabelFigures.MAX_ANNOTATIONS + 1];
        Map<String, Long> reasons = new LinkedHashMap<>();
        long most = 0;
        byAnnotations[0] = unlabeled;
        for (Count count : counts()) {
            bins[count.bin()] += count.examples();
            byAnnotations[count.annotations()] += count.examples();
            reasons.merge(count.reason(), count.examples(), Long::sum);
            most = Math.max(most, count.most());
        }
        LabelFigures labels = new LabelFigures(
                Arrays.stream(bins).boxed().toList(),
                Arrays.stream(byAnnotations).boxed().toList(),
                Arrays.stream(byAnnotations).skip(2).sum(),
                Arrays.stream(bins).limit(LabelFigures.BINS / 2).sum(),
                most);
        Map<String, Long> inOrder = new LinkedHashMap<>();
        REASONS.stream().filter(reasons::containsKey).forEach(reason -> inOrder.put(reason, reasons.get(reason)));
        return new Counted(labels, inOrder);
    }

    private List<Count> counts() {
        return jdbc.sql(COUNTS.formatted(REASON, labels))
                .param("run", runId)
                .param("bins", LabelFigures.BINS)
                .param("most", LabelFigures.MAX_ANNOTATIONS)
                .query((row, number) -> new Count(
                        row.getInt(1), row.getInt(2), Columns.text(row.getString(3)), row.getLong(4), row.getLong(5)))
                .list();
    }

    record Counted(LabelFigures labels, Map<String, Long> reasons) {}

    private record Count(int bin, int annotations, String reason, long examples, long most) {}
}
