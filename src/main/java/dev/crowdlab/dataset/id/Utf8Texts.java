package dev.crowdlab.dataset.id;

import java.util.Arrays;

/**
 * Texts in UTF-8, numbered from 0, that are stored in one byte array. Indices are not checked beyond the array bounds.
 */
public interface Utf8Texts {

    /** Returns the number of texts. */
    int size();

    /** Returns the array; not to be modified. */
    byte[] bytes();

    /** Returns where the text starts in {@link #bytes()}. */
    int start(int index);

    /** Returns the length of the text in bytes; negative: null. */
    int length(int index);

    /** Returns whether the text is null. */
    default boolean isNull(int index) {
        return length(index) < 0;
    }

    /**
     * Compares two texts in code-point order, which is the order of their bytes, unsigned.
     *
     * @param texts its text {@code index} is not null
     * @param others its text {@code other} is not null
     * @return a negative number, 0 or a positive one, as the first text is before, equal to or behind the second
     */
    static int compare(Utf8Texts texts, int index, Utf8Texts others, int other) {
        int start = others.start(other);
        return compare(texts, index, others.bytes(), start, start + others.length(other));
    }

    /** Compares a text that is not null with the text in {@code bytes[from .. to)}, in code-point order. */
    static int compare(Utf8Texts texts, int index, byte[] bytes, int from, int to) {
        int start = texts.start(index);
        return Arrays.compareUnsigned(texts.bytes(), start, start + texts.length(index), bytes, from, to);
    }
}
