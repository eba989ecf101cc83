package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.ConsensusFigures.Share;
import dev.crowdlab.report.figures.StateFigures;
import dev.crowdlab.report.figures.StateFigures.Asked;
import dev.crowdlab.report.figures.StateFigures.Bought;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what examples need, and what labels bought. */
final class StateQueries {

    private static final String STATES = """
            select statistic, num_items, value, lower, upper
            from crowdlab.dataset_stats
            where run_id = ? and statistic in ('state_done', 'state_ask', 'state_expert', 'done_accuracy')""";

    private static final String ASKED = """
            select width_bucket(probability, array[0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9]::double precision[]), count(*)
            from %s
            where run_id = ? and state = 'ask' and probability is not null
            group by 1
            order by 1""";

    /** The newest run with at least 1,000 labels less, or else the one with the fewest. */
    private static final String BOUGHT = """
            select e.run_id, e.as_of, r.num_annotations - e.num_annotations, n.num_items - d.num_items,
                b.estimated_accuracy, a.estimated_accuracy
            from crowdlab.run r
            join crowdlab.dataset_stats n on n.run_id = r.run_id and n.statistic = 'state_done'
            join crowdlab.run e on e.dataset = r.dataset and e.status = 'PUBLISHED' and e.as_of < r.as_of
                and e.num_annotations < r.num_annotations
            join crowdlab.dataset_stats d on d.run_id = e.run_id and d.statistic = 'state_done'
            left join crowdlab.run_consensus b on b.run_id = e.run_id and b.consensus_method = 'committee'
            left join crowdlab.run_consensus a on a.run_id = r.run_id and a.consensus_method = 'committee'
            where r.run_id = ?
            order by e.num_annotations <= r.num_annotations - 1000 desc,
                case when e.num_annotations <= r.num_annotations - 1000 then -e.num_annotations else e.num_annotations end,
                e.as_of desc, e.run_id desc
            limit 1""";

    private static final int VALUE = 3;
    private static final int BEFORE = 5;

    private final JdbcClient jdbc;
    private final long runId;

    StateQueries(JdbcClient jdbc, long runId) {
        this.jdbc = jdbc;
        this.runId = runId;
    }

    private record Statistic(String name, long count, Share share) {}

    /** All but which examples to ask about. */
    StateFigures read() {
        Map<String, Statistic> found = jdbc
                .sql(STATES)
                .param(runId)
                .query((row, number) -> new Statistic(
                        row.getString(1),
                        row.getLong(2),
                        new Share(
                                Columns.number(row, VALUE),
                                Columns.number(row, VALUE + 1),
                                Columns.number(row, VALUE + 2))))
                .list()
                .stream()
                .collect(Collectors.toMap(Statistic::name, statistic -> statistic));
        if (!found.containsKey("state_done")) {
            return StateFigures.NONE;
        }
        Statistic right = found.getOrDefault("done_accuracy", new Statistic("", 0, StateFigures.NONE.right()));
        return new StateFigures(
                count(found, "state_done"),
                count(found, "state_ask"),
                count(found, "state_expert"),
                right.share(),
                right.count(),
                List.of(),
                bought());
    }

    private static long count(Map<String, Statistic> found, String name) {
        Statistic statistic = found.get(name);
        return statistic == null ? 0 : statistic.count();
    }

    private Optional<Bought> bought() {
        return jdbc.sql(BOUGHT)
                .param(runId)
                .query((row, number) -> new Bought(
                        row.getLong(1),
                        Columns.instant(row, 2),
                        row.getLong(VALUE),
                        row.getLong(VALUE + 1),
                        Columns.number(row, BEFORE),
                        Columns.number(row, BEFORE + 1)))
                .optional();
    }

    /**
     * The same with the examples to ask about.
     *
     * @param states what to write after FROM
     */
    StateFigures withAsked(StateFigures read, String states) {
        if (read.ask() == 0) {
            return read;
        }
        List<Asked> asked = jdbc.sql(ASKED.formatted(states))
                .param(runId)
                .query((row, number) -> new Asked(row.getInt(1), row.getLong(2)))
                .list();
        return new StateFigures(
                read.done(), read.ask(), read.expert(), read.right(), read.gold(), asked, read.bought());
    }
}
