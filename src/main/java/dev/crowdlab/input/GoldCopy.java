package dev.crowdlab.input;

import java.io.Serializable;

/**
 * The COPY that reads gold, and its columns: example_id and label.
 *
 * @param statement the COPY
 * @param example the encoding of example_id
 * @param label the encoding of label
 */
public record GoldCopy(String statement, IdEncoding example, IdEncoding label) implements Serializable {

    /** Returns the COPY of the first rows that come. */
    GoldCopy first(int rows) {
        return new GoldCopy(CopyText.first(statement, rows), example, label);
    }

    /** Returns the COPY of one part of the examples, see {@link CopyText#part}. */
    public GoldCopy part(int part, int partCount) {
        return new GoldCopy(CopyText.part(statement, part, partCount), example, label);
    }
}
