package dev.crowdlab.results;

import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.GoldStatistics;
import dev.crowdlab.engine.gold.CalibrationBin;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ListTable;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How often each method's consensus equals gold, by its quality. */
final class CalibrationBinTable {

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

    private CalibrationBinTable() {}

    private record Row(String method, CalibrationBin bin) {}

    static ResultTable of(long runId, Estimates estimates, GoldStatistics gold) {
        List<Row> rows = new ArrayList<>();
        List<ConsensusMethod> methods = estimates.methods();
        for (int method = 0; method < methods.size(); method++) {
            String name = methods.get(method).name().toLowerCase(Locale.ROOT);
            gold.bins(method).forEach(bin -> rows.add(new Row(name, bin)));
        }
        rows.sort(
                Comparator.comparing(Row::method).thenComparing(row -> row.bin().bin()));
        return new ListTable<>(runId, DEFINITION, rows, CalibrationBinTable::write);
    }

    private static void write(Row row, BinaryCopyWriter target) {
        CalibrationBin bin = row.bin();
        target.text(row.method());
        target.integer(bin.bin());
        target.number(bin.lower());
        target.number(bin.upper());
        target.bigint(bin.count());
        target.number(bin.meanPredicted());
        target.number(bin.actual());
    }
}
