package dev.crowdlab.input;

import java.io.Serializable;
import java.util.Optional;
import java.util.Set;

/**
 * The COPY that reads annotations, and its columns: example_id, annotator_id, label, and annotated_at if the query has
 * it.
 *
 * @param statement the COPY
 * @param example the encoding of example_id
 * @param annotator the encoding of annotator_id
 * @param label the encoding of label
 * @param isTimed whether there is an annotated_at, sent as timestamptz
 * @param timeType the type of annotated_at in the query; empty if there is none
 */
public record AnnotationCopy(
        String statement, IdEncoding example, IdEncoding annotator, IdEncoding label, boolean isTimed, String timeType)
        implements Serializable {

    private static final Set<String> ZONELESS = Set.of("timestamp", "date");

    /** Where the type of annotated_at does not matter. */
    public AnnotationCopy(
            String statement, IdEncoding example, IdEncoding annotator, IdEncoding label, boolean isTimed) {
        this(statement, example, annotator, label, isTimed, "");
    }

    /** The type of annotated_at if it has no time zone. */
    public Optional<String> zonelessType() {
        return Optional.of(timeType).filter(ZONELESS::contains);
    }

    /** Returns the COPY of the first rows that come. */
    AnnotationCopy first(int rows) {
        return new AnnotationCopy(CopyText.first(statement, rows), example, annotator, label, isTimed, timeType);
    }

    /** Returns the COPY of one part of the examples, see {@link CopyText#part}. */
    public AnnotationCopy part(int part, int partCount) {
        return new AnnotationCopy(
                CopyText.part(statement, part, partCount), example, annotator, label, isTimed, timeType);
    }
}
