package dev.crowdlab.publish;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.Annotations;

/** The quality of every annotation. */
final class DetailedLabelQualityTable implements ResultTable {

    private final long runId;
    private final Dataset dataset;
    private final Analysis analysis;
    /** The example of each annotation. */
    private final int[] exampleOf;

    DetailedLabelQualityTable(long runId, Dataset dataset, Analysis analysis) {
        this.runId = runId;
        this.dataset = dataset;
        this.analysis = analysis;
        Annotations annotations = dataset.annotations();
        exampleOf = new int[annotations.annotationCount()];
        for (int example = 0; example < annotations.exampleCount(); example++) {
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                exampleOf[position] = example;
            }
        }
    }

    @Override
    public TableShape shape() {
        return Tables.DETAILED_LABEL_QUALITY;
    }

    @Override
    public int rowCount() {
        return exampleOf.length;
    }

    @Override
    public void write(int position, RowBuffer target) {
        target.beginRow(5, runId);
        target.text(dataset.examples(), exampleOf[position]);
        target.text(dataset.annotators(), dataset.annotations().annotator(position));
        target.text(dataset.classes(), dataset.annotations().label(position));
        target.number(analysis.annotationQuality(position));
    }
}
