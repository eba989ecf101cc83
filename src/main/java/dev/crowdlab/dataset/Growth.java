package dev.crowdlab.dataset;

import dev.crowdlab.engine.InputRefusedException;
import java.util.Arrays;

/** Growing of byte arrays with one clear word when they cannot grow any more. */
final class Growth {

    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private Growth() {}

    /** The array itself, or a larger copy in which {@code more} bytes fit behind the first {@code used}. */
    static byte[] ensure(byte[] bytes, int used, int more) {
        long needed = (long) used + more;
        if (needed <= bytes.length) {
            return bytes;
        }
        if (needed > MAX_BYTES) {
            throw new InputRefusedException("The ids or labels of one column hold more than 2 GiB of text; split the"
                    + " dataset or use shorter ids");
        }
        return Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(needed, bytes.length * 2L)));
    }
}
