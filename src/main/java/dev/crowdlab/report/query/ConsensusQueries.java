package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.ConsensusFigures;
import dev.crowdlab.report.figures.ConsensusFigures.Bin;
import dev.crowdlab.report.figures.ConsensusFigures.Expert;
import dev.crowdlab.report.figures.ConsensusFigures.Method;
import dev.crowdlab.report.figures.ConsensusFigures.Model;
import dev.crowdlab.report.figures.ConsensusFigures.Share;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the consensus methods side by side, and the experts of the committee. */
final class ConsensusQueries {

    private static final String METHODS = """
            select c.consensus_method, c.consensus_method = r.settings -> 'consensus_methods' ->> 0 as is_published,
                c.estimated_accuracy, c.lower, c.upper, coalesce(g.accuracy, c.gold_accuracy),
                coalesce(g.lower, c.gold_lower), coalesce(g.upper, c.gold_upper), coalesce(g.num_gold, c.num_gold) as num_gold,
                c.rounds::text, c.agreement_with_published
            from crowdlab.run_consensus c
            join crowdlab.run r using (run_id)
            left join crowdlab.gold_correction g
                on g.run_id = c.run_id and g.consensus_method = c.consensus_method and g.accuracy is not null
            where c.run_id = ?
            order by is_published desc, c.consensus_method""";

    private static final String EXPERTS = """
            select expert, weight
            from crowdlab.run_expert
            where run_id = ?
            order by expert""";

    private static final String MODELS = """
            select model, array_agg(lambda::text order by expert)
            from crowdlab.run_expert_model
            where run_id = ?
            group by model
            order by model""";

    private static final String BINS = """
            select consensus_method, bin_lower, bin_upper, num_gold, mean_predicted, actual
            from crowdlab.calibration_bin
            where run_id = ?
            order by consensus_method, bin""";

    private static final int ESTIMATED = 3;
    private static final int GOLD = 6;

    private final JdbcClient jdbc;
    private final long runId;

    ConsensusQueries(JdbcClient jdbc, long runId) {
        this.jdbc = jdbc;
        this.runId = runId;
    }

    ConsensusFigures read() {
        return new ConsensusFigures(
                jdbc.sql(METHODS)
                        .param(runId)
                        .query((row, number) -> method(row))
                        .list(),
                jdbc.sql(EXPERTS)
                        .param(runId)
                        .query((row, number) -> new Expert(row.getString(1), row.getDouble(2)))
                        .list(),
                jdbc.sql(MODELS)
                        .param(runId)
                        .query((row, number) -> new Model(row.getString(1), numbers(Columns.texts(row, 2))))
                        .list(),
                jdbc.sql(BINS).param(runId).query((row, number) -> bin(row)).list());
    }

    private static Method method(ResultSet row) throws SQLException {
        return new Method(
                row.getString("consensus_method"),
                row.getBoolean("is_published"),
                share(row, ESTIMATED),
                share(row, GOLD),
                row.getLong("num_gold"),
                Columns.text(row.getString("rounds")),
                row.getDouble("agreement_with_published"));
    }

    private static Bin bin(ResultSet row) throws SQLException {
        return new Bin(
                row.getString("consensus_method"),
                row.getDouble("bin_lower"),
                row.getDouble("bin_upper"),
                row.getLong("num_gold"),
                row.getDouble("mean_predicted"),
                row.getDouble("actual"));
    }

    private static Share share(ResultSet row, int column) throws SQLException {
        return new Share(Columns.number(row, column), Columns.number(row, column + 1), Columns.number(row, column + 2));
    }

    private static List<Double> numbers(List<String> texts) {
        return texts.stream().map(Double::valueOf).toList();
    }
}
