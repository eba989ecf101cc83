package dev.crowdlab.dataset;

import dev.crowdlab.engine.UnusableInputException;
import java.util.Arrays;
import java.util.Locale;

/** How arrays grow, and the refusal of what no array can hold. */
final class ArrayGrowth {

    /** The most elements of an array on every JVM. */
    static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    /** From here on arrays grow by a quarter only, or most of the memory would be room for ids that never come. */
    private static final int LARGE = 1 << 24;

    private ArrayGrowth() {}

    /** The array itself, or a larger copy in which {@code more} bytes fit behind the first {@code used}. */
    static byte[] ensure(byte[] bytes, int used, int more) {
        long needed = (long) used + more;
        if (needed <= bytes.length) {
            return bytes;
        }
        if (needed > MAX_LENGTH) {
            throw new UnusableInputException("The ids or labels of one column hold more than 2 GiB of text; split the"
                    + " dataset or use shorter ids");
        }
        return Arrays.copyOf(bytes, (int) Math.min(MAX_LENGTH, Math.max(needed, next(bytes.length))));
    }

    /** Refuses rows that an array could not hold. */
    static void checkRows(String kind, long rowCount, int most) {
        if (rowCount > most) {
            throw new UnusableInputException(String.format(
                    Locale.ROOT,
                    "There are more than %,d %s rows, the most that one dataset can have; split the dataset",
                    most,
                    kind));
        }
    }

    /** The length that follows a length. */
    static long next(int length) {
        return length < LARGE ? length * 2L : length + (long) length / 4;
    }
}
