package dev.crowdlab.results;

import dev.crowdlab.dataset.AnnotationTimes;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.ExampleResults;
import dev.crowdlab.engine.stop.StopEstimates.SliceStates;
import dev.crowdlab.engine.stop.StopState;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.FieldType;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.time.Instant;

/** Whether an example needs further labels, and since when. */
final class LabelStateTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = ResultTableDefinition.of("label_state", Kept.AS_PARTITION)
            .key("example_id", FieldType.EXAMPLE)
            .column("state", FieldType.TEXT)
            .column("since", FieldType.TIMESTAMP)
            .column("probability", FieldType.DOUBLE);

    private final long runId;
    private final Dataset dataset;
    private final ExampleResults results;
    private final SliceStates states;
    private final EarlierStates earlier;
    private final long now;

    /**
     * @param states of the examples of the dataset, or of the part of one
     * @param earlier those of the run published before
     * @param asOf the time that the run describes
     */
    LabelStateTable(
            long runId,
            Dataset dataset,
            ExampleResults results,
            SliceStates states,
            EarlierStates earlier,
            Instant asOf) {
        this.runId = runId;
        this.dataset = dataset;
        this.results = results;
        this.states = states;
        this.earlier = earlier;
        now = AnnotationTimes.micros(asOf);
    }

    @Override
    public ResultTableDefinition definition() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return dataset.examples().size();
    }

    @Override
    public void write(int example, BinaryCopyWriter target) {
        StopState before = earlier.state(example);
        target.beginRow(definition(), runId);
        target.text(dataset.examples(), example);
        target.text(states.state(example).sqlName());
        target.bigint(states.isUnchanged(example, before) ? earlier.since(example) : now);
        target.numberOrNull(states.probability(results.published().quality(example)));
    }
}
