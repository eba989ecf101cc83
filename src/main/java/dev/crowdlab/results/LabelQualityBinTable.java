package dev.crowdlab.results;

import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.List;

/** How many consensus labels there are by quality, number of annotations, and reason to look at them again. */
final class LabelQualityBinTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "label_quality_bin",
            List.of("run_id", "bin", "num_annotations", "reason", "num_examples"),
            List.of("run_id", "bin", "num_annotations", "reason"),
            false);

    private final long runId;
    private final LabelQualityBins bins;
    private final long[] keys;

    LabelQualityBinTable(long runId, LabelQualityBins bins) {
        this.runId = runId;
        this.bins = bins;
        keys = bins.keys();
    }

    @Override
    public ResultTableDefinition definition() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return keys.length;
    }

    @Override
    public void write(int row, BinaryCopyWriter target) {
        target.beginRow(definition(), runId);
        target.integer(LabelQualityBins.bin(keys[row]));
        target.integer(LabelQualityBins.annotationCount(keys[row]));
        target.text(LabelQualityBins.reason(keys[row]).name());
        target.bigint(bins.exampleCount(keys[row]));
    }
}
