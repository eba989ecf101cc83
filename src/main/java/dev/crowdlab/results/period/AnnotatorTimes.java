package dev.crowdlab.results.period;

import dev.crowdlab.dataset.AnnotationTimes;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.pass.Mergeable;
import java.util.Arrays;

/**
 * When each annotator gave the first and the last annotation; {@link AnnotationTimes#UNKNOWN} where no time is known.
 */
public final class AnnotatorTimes implements Mergeable<AnnotatorTimes> {

    /** [annotators] */
    private final long[] first;

    private final long[] last;

    private AnnotatorTimes(int annotatorCount) {
        first = new long[annotatorCount];
        last = new long[annotatorCount];
        Arrays.fill(first, AnnotationTimes.UNKNOWN);
        Arrays.fill(last, AnnotationTimes.UNKNOWN);
    }

    /** The times of a dataset, or of a part of it. */
    public static AnnotatorTimes of(Dataset dataset) {
        AnnotatorTimes times = new AnnotatorTimes(dataset.annotators().size());
        if (dataset.times().areKnown()) {
            for (int position = 0; position < dataset.annotations().annotationCount(); position++) {
                long time = dataset.times().at(position);
                if (AnnotationTimes.isFinite(time)) {
                    times.add(dataset.annotations().annotator(position), time, time);
                }
            }
        }
        return times;
    }

    private void add(int annotator, long earliest, long latest) {
        boolean isFirst = last[annotator] == AnnotationTimes.UNKNOWN;
        first[annotator] = isFirst ? earliest : Math.min(first[annotator], earliest);
        last[annotator] = Math.max(last[annotator], latest);
    }

    @Override
    public void add(AnnotatorTimes other) {
        for (int annotator = 0; annotator < first.length; annotator++) {
            if (other.last[annotator] != AnnotationTimes.UNKNOWN) {
                add(annotator, other.first[annotator], other.last[annotator]);
            }
        }
    }

    public long first(int annotator) {
        return first[annotator];
    }

    public long last(int annotator) {
        return last[annotator];
    }
}
