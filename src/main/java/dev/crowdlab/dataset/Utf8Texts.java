package dev.crowdlab.dataset;

/** Texts in UTF-8, numbered from 0, that stand in one array of bytes. */
public interface Utf8Texts {

    /** The number of texts. */
    int size();

    /** The array; not to be modified. */
    byte[] bytes();

    /** Where the text starts in {@link #bytes()}. */
    int start(int index);

    /** The length of the text in bytes; negative: null. */
    int length(int index);

    /** Whether the text is null. */
    default boolean isNull(int index) {
        return length(index) < 0;
    }
}
