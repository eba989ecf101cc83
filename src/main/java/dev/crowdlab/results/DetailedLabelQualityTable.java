package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.ExampleResults;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.FieldType;
import dev.crowdlab.results.copy.Grain;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;

/** The quality of every annotation. */
final class DetailedLabelQualityTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = ResultTableDefinition.of(
                    "detailed_label_quality", Kept.AS_PARTITION)
            .oneRowPer(Grain.ANNOTATION)
            .key("example_id", FieldType.EXAMPLE)
            .key("annotator_id", FieldType.ANNOTATOR)
            .column("label", FieldType.TEXT)
            .column("quality_score", FieldType.DOUBLE)
            .column("annotated_at", FieldType.TIMESTAMP);

    private final long runId;
    private final Dataset dataset;
    private final ExampleResults results;
    /** The example of the last row written; rows are written in ascending order. */
    private int example;

    DetailedLabelQualityTable(long runId, Dataset dataset, ExampleResults results) {
        this.runId = runId;
        this.dataset = dataset;
        this.results = results;
    }

    @Override
    public ResultTableDefinition definition() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return dataset.annotations().annotationCount();
    }

    @Override
    public void write(int position, BinaryCopyWriter target) {
        Annotations annotations = dataset.annotations();
        while (position >= annotations.end(example)) {
            example++;
        }
        target.beginRow(definition(), runId);
        target.text(dataset.examples(), example);
        target.text(dataset.annotators(), annotations.annotator(position));
        target.text(dataset.classes(), annotations.label(position));
        target.number(results.annotationQuality(position));
        target.timeOrNull(dataset.times().at(position));
    }
}
