package dev.crowdlab.dataset.id;

import dev.crowdlab.engine.pass.UnusableInputException;
import java.util.Arrays;
import java.util.Locale;

/** How arrays grow, and the error if no array can be large enough. */
public final class ArrayGrowth {

    /** The maximum array size that every JVM supports. */
    public static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    /** Larger arrays grow only by a quarter, since doubling would waste too much memory. */
    private static final int LARGE = 1 << 24;

    private ArrayGrowth() {}

    /** Returns the array itself, or a larger copy with room for {@code more} bytes after the first {@code used}. */
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

    /** Refuses more rows than an array can hold. */
    public static void checkRows(String kind, long rowCount, int most) {
        if (rowCount > most) {
            throw new UnusableInputException(String.format(
                    Locale.ROOT,
                    "There are more than %,d %s rows, the most that one dataset can have; split the dataset",
                    most,
                    kind));
        }
    }

    /** Returns the next larger length. */
    static long next(int length) {
        return length < LARGE ? length * 2L : length + (long) length / 4;
    }
}
