package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.AnnotatorFigures.Interval;
import dev.crowdlab.report.figures.MachineFigures;
import dev.crowdlab.report.figures.MachineFigures.Correction;
import dev.crowdlab.report.figures.MachineFigures.Machine;
import dev.crowdlab.report.figures.MachineFigures.Pair;
import dev.crowdlab.report.figures.MachineFigures.Panel;
import dev.crowdlab.report.figures.MachineFigures.Source;
import dev.crowdlab.report.figures.MachineFigures.Weight;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what machines are worth, and what gold did to the labels. */
final class MachineQueries {

    private static final String PANEL = """
            select num_machines, rho, effective_votes, weight, status, num_anchors
            from crowdlab.run_panel
            where run_id = ?""";

    private static final String MACHINES = """
            select annotator_id, family, num_overlap, accuracy, lower, upper, omega, advantage, verdict, status
            from crowdlab.machine_stats
            where run_id = ?
            order by accuracy desc nulls last, annotator_id""";

    private static final String PAIRS = """
            select annotator_a, annotator_b, num_common, error_correlation
            from crowdlab.machine_pair
            where run_id = ?
            order by annotator_a, annotator_b""";

    private static final String SOURCES = """
            select label_source, count(*), avg(consensus_quality_score::numeric)::double precision
            from %s
            where run_id = ? and label_source is not null
            group by label_source
            order by label_source""";

    private static final String CORRECTION = """
            select status, strength, coalesce(wins, -1), coalesce(losses, -1), num_gold, accuracy, lower, upper
            from crowdlab.gold_correction
            where run_id = ?
            order by consensus_method
            limit 1""";

    private static final String WEIGHTS = """
            select feature, class, annotator_id, weight
            from crowdlab.gold_weight
            where run_id = ? and weight <> 0
            order by abs(weight) desc, place
            limit ?""";

    private static final int NUMBERS = 4;
    private static final int CORRECTED = 6;

    private final JdbcClient jdbc;
    private final long runId;

    MachineQueries(JdbcClient jdbc, long runId) {
        this.jdbc = jdbc;
        this.runId = runId;
    }

    /** All but the sources. */
    MachineFigures read() {
        Optional<Panel> panel =
                jdbc.sql(PANEL).param(runId).query((row, number) -> panel(row)).optional();
        Optional<Correction> correction = jdbc.sql(CORRECTION)
                .param(runId)
                .query((row, number) -> correction(row))
                .optional();
        return new MachineFigures(
                panel,
                jdbc.sql(MACHINES)
                        .param(runId)
                        .query((row, number) -> machine(row))
                        .list(),
                jdbc.sql(PAIRS).param(runId).query((row, number) -> pair(row)).list(),
                List.of(),
                correction,
                jdbc.sql(WEIGHTS)
                        .params(runId, MachineFigures.MAX_WEIGHTS)
                        .query((row, number) -> weight(row))
                        .list());
    }

    /** The figures with their sources, which take a pass over all labels. */
    MachineFigures withSources(MachineFigures read, String labelQuality) {
        if (read.panel().isEmpty()) {
            return read;
        }
        List<Source> sources = jdbc.sql(SOURCES.formatted(labelQuality))
                .param(runId)
                .query((row, number) -> new Source(row.getString(1), row.getLong(2), row.getDouble(3)))
                .list();
        return new MachineFigures(
                read.panel(), read.machines(), read.pairs(), sources, read.correction(), read.weights());
    }

    private static Panel panel(ResultSet row) throws SQLException {
        return new Panel(
                row.getInt("num_machines"),
                Columns.number(row, 2),
                Columns.number(row, 3),
                Columns.number(row, NUMBERS),
                row.getString("status"),
                row.getLong("num_anchors"));
    }

    private static Machine machine(ResultSet row) throws SQLException {
        return new Machine(
                row.getString("annotator_id"),
                Columns.text(row.getString("family")),
                row.getLong("num_overlap"),
                interval(row, NUMBERS),
                Columns.number(row, NUMBERS + 3),
                Columns.number(row, NUMBERS + 4),
                Columns.text(row.getString("verdict")),
                row.getString("status"));
    }

    private static Pair pair(ResultSet row) throws SQLException {
        return new Pair(
                row.getString("annotator_a"),
                row.getString("annotator_b"),
                row.getLong("num_common"),
                Columns.number(row, NUMBERS));
    }

    private static Correction correction(ResultSet row) throws SQLException {
        return new Correction(
                row.getString("status"),
                Columns.number(row, 2),
                row.getLong(3),
                row.getLong(NUMBERS),
                row.getLong("num_gold"),
                interval(row, CORRECTED));
    }

    private static Weight weight(ResultSet row) throws SQLException {
        return new Weight(
                row.getString("feature"),
                Columns.text(row.getString("class")),
                Columns.text(row.getString("annotator_id")),
                row.getDouble("weight"));
    }

    private static Interval interval(ResultSet row, int column) throws SQLException {
        return new Interval(
                Columns.number(row, column), Columns.number(row, column + 1), Columns.number(row, column + 2));
    }
}
