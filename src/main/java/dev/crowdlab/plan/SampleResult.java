package dev.crowdlab.plan;

import java.util.List;

/**
 * What a sample of a dataset's rows shows.
 *
 * @param problems why all or most of the rows cannot be used, one sentence each
 * @param notes what is wrong with some of them, or could not be found out, one sentence each
 * @param annotationRows rows of annotations that were read
 * @param predictionRows rows of predictions that were read
 * @param goldRows rows of gold that were read
 */
public record SampleResult(
        List<String> problems, List<String> notes, long annotationRows, long predictionRows, long goldRows) {

    public SampleResult {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }
}
