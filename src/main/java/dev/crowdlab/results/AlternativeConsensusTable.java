package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.Consensus;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.FieldType;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/** The consensus of every example by the methods that are not published. */
final class AlternativeConsensusTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = ResultTableDefinition.of("alternative_consensus", Kept.AS_PARTITION)
            .key("consensus_method", FieldType.TEXT)
            .key("example_id", FieldType.EXAMPLE)
            .column("consensus_label", FieldType.TEXT)
            .column("consensus_quality_score", FieldType.DOUBLE)
            .column("annotator_agreement", FieldType.DOUBLE);

    private final long runId;
    private final Dataset dataset;
    private final List<Consensus> alternatives;
    private final byte[][] methods;

    AlternativeConsensusTable(long runId, Dataset dataset, List<Consensus> alternatives) {
        this.runId = runId;
        this.dataset = dataset;
        this.alternatives = alternatives.stream()
                .sorted(Comparator.comparing(AlternativeConsensusTable::method))
                .toList();
        methods = this.alternatives.stream()
                .map(alternative -> method(alternative).getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    private static String method(Consensus consensus) {
        return consensus.method().sqlName();
    }

    @Override
    public ResultTableDefinition definition() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return Math.multiplyExact(alternatives.size(), dataset.examples().size());
    }

    @Override
    public void write(int row, BinaryCopyWriter target) {
        int method = row / dataset.examples().size();
        int example = row % dataset.examples().size();
        Consensus consensus = alternatives.get(method);
        target.beginRow(definition(), runId);
        target.text(methods[method]);
        target.text(dataset.examples(), example);
        target.text(dataset.classes(), consensus.label(example));
        target.number(consensus.quality(example));
        target.number(consensus.agreement(example));
    }
}
