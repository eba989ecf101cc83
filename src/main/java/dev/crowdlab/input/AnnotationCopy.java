package dev.crowdlab.input;

/**
 * The COPY that reads annotations, and what it gives: example_id, annotator_id, label, and annotated_at if the query has it.
 *
 * @param statement the COPY
 * @param example the form of example_id
 * @param annotator the form of annotator_id
 * @param label the form of label
 * @param isTimed whether annotated_at comes, as timestamptz
 */
public record AnnotationCopy(
        String statement, IdEncoding example, IdEncoding annotator, IdEncoding label, boolean isTimed) {}
