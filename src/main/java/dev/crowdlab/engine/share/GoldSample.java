package dev.crowdlab.engine.share;

import dev.crowdlab.engine.pass.NotThreadSafe;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which examples are drawn to be labeled by an expert,
 *
 * <pre>
 *   u(id) = first 8 bytes of SHA-256(seed ‖ 0x1F ‖ id), big-endian, / 2^64
 * </pre>
 *
 * <p>ascending; seed and id in UTF-8. The first n in that order are a simple random sample without replacement, and the first n of any n + m: so a
 * sample can be extended, and nothing about it need be stored but the seed. Working memory of one thread.
 */
@NotThreadSafe
public final class GoldSample {

    private static final byte SEPARATOR = 0x1F;

    private static final Comparator<Drawn> ORDER =
            Comparator.<Drawn>comparingLong(drawn -> drawn.key ^ Long.MIN_VALUE).thenComparing(Drawn::id);

    private final MessageDigest digest;
    private final byte[] seed;

    /**
     * Prepares the order.
     *
     * @param seed kept for good: another one gives another order
     */
    public GoldSample(String seed) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
        this.seed = seed.getBytes(StandardCharsets.UTF_8);
    }

    private record Drawn(long key, String id) {}

    /** Returns u(id) × 2^64, an unsigned number, to compare by {@link Long#compareUnsigned}. */
    public long key(String id) {
        digest.update(seed);
        digest.update(SEPARATOR);
        return ByteBuffer.wrap(digest.digest(id.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    /** Returns u of a key, in [0, 1], rounded once. */
    public static double unit(long key) {
        // the low bit that is shifted out stays visible to the rounding
        double units = key >= 0 ? (double) key : 2 * (double) ((key >>> 1) | (key & 1));
        return units * 0x1p-64;
    }

    /**
     * Returns those to be labeled first.
     *
     * @param ids each once, in any order; not modified
     * @param count how many are wanted, 0 or more; all of them if there are not as many
     */
    public List<String> first(Collection<String> ids, int count) {
        List<Drawn> drawn = new ArrayList<>(ids.size());
        for (String id : ids) {
            drawn.add(new Drawn(key(id), id));
        }
        drawn.sort(ORDER);
        return drawn.subList(0, Math.min(count, drawn.size())).stream()
                .map(Drawn::id)
                .toList();
    }
}
