package dev.crowdlab.results;

import dev.crowdlab.engine.CalibrationBin;
import dev.crowdlab.engine.ConsensusMethod;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.GoldStatistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How often each method's consensus equals gold, by its quality. */
final class CalibrationBinTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "calibration_bin",
            List.of(
                    "run_id",
                    "consensus_method",
                    "bin",
                    "bin_lower",
                    "bin_upper",
                    "num_gold",
                    "mean_predicted",
                    "actual"),
            List.of("run_id", "consensus_method", "bin"),
            false);

    private final long runId;
    private final List<Row> rows = new ArrayList<>();

    private record Row(String method, CalibrationBin bin) {}

    CalibrationBinTable(long runId, Estimates estimates, GoldStatistics gold) {
        this.runId = runId;
        List<ConsensusMethod> methods = estimates.methods();
        for (int method = 0; method < methods.size(); method++) {
            String name = methods.get(method).name().toLowerCase(Locale.ROOT);
            gold.bins(method).forEach(bin -> rows.add(new Row(name, bin)));
        }
        rows.sort(
                Comparator.comparing(Row::method).thenComparing(row -> row.bin().bin()));
    }

    @Override
    public ResultTableDefinition definition() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return rows.size();
    }

    @Override
    public void write(int row, BinaryCopyWriter target) {
        CalibrationBin bin = rows.get(row).bin();
        target.beginRow(definition(), runId);
        target.text(rows.get(row).method());
        target.integer(bin.bin());
        target.number(bin.lower());
        target.number(bin.upper());
        target.bigint(bin.count());
        target.number(bin.meanPredicted());
        target.number(bin.actual());
    }
}
