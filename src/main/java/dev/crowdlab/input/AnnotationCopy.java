package dev.crowdlab.input;

import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The COPY that reads annotations, and its columns: example_id, annotator_id, label, and annotated_at if the query has
 * it, annotator_kind and family if it has the first of them.
 *
 * @param statement the COPY
 * @param example the encoding of example_id
 * @param annotator the encoding of annotator_id
 * @param label the encoding of label
 * @param isTimed whether there is an annotated_at, sent as timestamptz
 * @param timeType the type of annotated_at in the query; empty if there is none
 * @param kinds how annotator_kind and family are encoded
 */
public record AnnotationCopy(
        String statement,
        IdEncoding example,
        IdEncoding annotator,
        IdEncoding label,
        boolean isTimed,
        String timeType,
        Kinds kinds)
        implements Serializable {

    private static final Set<String> ZONELESS = Set.of("timestamp", "date");

    /**
     * The encodings of what annotators are said to be.
     *
     * @param kind of annotator_kind; null if there is none
     * @param family of family; null if there is none
     */
    public record Kinds(@Nullable IdEncoding kind, @Nullable IdEncoding family) implements Serializable {

        /** Nothing is said. */
        public static final Kinds NONE = new Kinds(null, null);

        /** Whether annotators are said to be people or machines. */
        public boolean areStated() {
            return kind != null;
        }
    }

    /** Where nothing is said of annotators. */
    public AnnotationCopy(
            String statement,
            IdEncoding example,
            IdEncoding annotator,
            IdEncoding label,
            boolean isTimed,
            String timeType) {
        this(statement, example, annotator, label, isTimed, timeType, Kinds.NONE);
    }

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
        return with(CopyText.first(statement, rows));
    }

    /** Returns the COPY of one part of the examples, see {@link CopyText#part}. */
    public AnnotationCopy part(int part, int partCount) {
        return with(CopyText.part(statement, part, partCount));
    }

    private AnnotationCopy with(String other) {
        return new AnnotationCopy(other, example, annotator, label, isTimed, timeType, kinds);
    }
}
