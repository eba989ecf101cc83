package dev.crowdlab.engine;

import java.util.List;

/** Input of an analysis. */
record DataSet(Annotations annotations, Predictions predictions) {

    /** Packs rows (example, annotator, label) that are sorted by example, then annotator. */
    static DataSet of(int classCount, int annotatorCount, List<int[]> rows, List<double[]> models) {
        int exampleCount = rows.isEmpty() ? 0 : rows.get(rows.size() - 1)[0] + 1;
        int[] offsets = new int[exampleCount + 1];
        int[] annotators = new int[rows.size()];
        int[] labels = new int[rows.size()];
        for (int position = 0; position < rows.size(); position++) {
            int[] row = rows.get(position);
            offsets[row[0] + 1] = position + 1;
            annotators[position] = row[1];
            labels[position] = row[2];
        }
        return new DataSet(
                new Annotations(classCount, annotatorCount, offsets, annotators, labels),
                new Predictions(exampleCount, classCount, models));
    }

    Analysis analyze(Options options) {
        return Crowdlab.analyze(annotations, predictions, options);
    }
}
