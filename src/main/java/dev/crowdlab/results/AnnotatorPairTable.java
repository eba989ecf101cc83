package dev.crowdlab.results;

import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.engine.agreement.AnnotatorPairs;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.List;

/** How often annotators agree in pairs. Annotators are numbered by their ids, so pairs are in key order. */
final class AnnotatorPairTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "annotator_pair",
            List.of("run_id", "annotator_a", "annotator_b", "num_common", "num_agreed", "cohen_kappa"),
            List.of("run_id", "annotator_a", "annotator_b"),
            false);

    private final long runId;
    private final IdList annotators;
    private final AnnotatorPairs pairs;

    AnnotatorPairTable(long runId, IdList annotators, AnnotatorPairs pairs) {
        this.runId = runId;
        this.annotators = annotators;
        this.pairs = pairs;
    }

    @Override
    public ResultTableDefinition definition() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return pairs.size();
    }

    @Override
    public void write(int pair, BinaryCopyWriter target) {
        target.beginRow(definition(), runId);
        target.text(annotators, pairs.first(pair));
        target.text(annotators, pairs.second(pair));
        target.integer(Math.toIntExact(pairs.commonCount(pair)));
        target.integer(Math.toIntExact(pairs.agreedCount(pair)));
        target.numberOrNull(pairs.kappa(pair));
    }
}
