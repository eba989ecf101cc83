package dev.crowdlab.input;

import java.io.Serializable;

/**
 * The COPY that reads annotations, and its columns: example_id, annotator_id, label, and annotated_at if the query has
 * it.
 *
 * @param statement the COPY
 * @param example the encoding of example_id
 * @param annotator the encoding of annotator_id
 * @param label the encoding of label
 * @param isTimed whether there is an annotated_at, sent as timestamptz
 */
public record AnnotationCopy(
        String statement, IdEncoding example, IdEncoding annotator, IdEncoding label, boolean isTimed)
        implements Serializable {

    /** Returns the COPY of the first rows that come. */
    AnnotationCopy first(int rows) {
        return new AnnotationCopy(CopyText.first(statement, rows), example, annotator, label, isTimed);
    }

    /** Returns the COPY of one part of the examples, see {@link CopyText#part}. */
    public AnnotationCopy part(int part, int partCount) {
        return new AnnotationCopy(CopyText.part(statement, part, partCount), example, annotator, label, isTimed);
    }
}
