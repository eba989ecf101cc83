package dev.crowdlab.dataset.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against published vectors. Digests are kept in databases, so the hash may never change. */
class Murmur3Test {

    /** Where the hash reads the bytes in one piece, and where it reads them one by one. */
    private static final int[] MARGINS = {0, 1, 8};

    private static byte[] hash(byte[] bytes, long seed) {
        byte[] expected = hash(bytes, seed, 0);
        for (int margin : MARGINS) {
            assertThat(hash(bytes, seed, margin)).isEqualTo(expected);
        }
        return expected;
    }

    private static byte[] hash(byte[] bytes, long seed, int margin) {
        byte[] array = new byte[bytes.length + 2 * margin];
        System.arraycopy(bytes, 0, array, margin, bytes.length);
        Murmur3 hash = new Murmur3();
        hash.hash(array, margin, bytes.length, seed);
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(hash.first())
                .putLong(hash.second())
                .array();
    }

    /** Keys of 0 to 255 bytes, each with a seed of its own: main.cpp of SMHasher, Murmur3F. */
    @Test
    void theVerificationValueIsThatOfTheReference() {
        byte[] key = new byte[256];
        ByteBuffer hashes = ByteBuffer.allocate(256 * 16);
        for (int length = 0; length < 256; length++) {
            byte[] bytes = new byte[length];
            System.arraycopy(key, 0, bytes, 0, length);
            hashes.put(hash(bytes, 256 - length));
            key[length] = (byte) length;
        }
        int value = ByteBuffer.wrap(hash(hashes.array(), 0))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        assertThat(value).isEqualTo(0x6384BA69);
    }

    /** The vectors of Guava's Murmur3Hash128Test. */
    @ParameterizedTest
    @CsvSource({
        "0, 629942693e10f867, 92db0b82baeb5347, 'hell'",
        "1, a78ddff5adae8d10, 128900ef20900135, 'hello'",
        "2, 8a486b23f422e826, f962a2c58947765f, 'hello '",
        "3, 2ea59f466f6bed8c, c610990acc428a17, 'hello w'",
        "0, e34bbc7bbc071b6c, 7a433ca9c49a9347, 'The quick brown fox jumps over the lazy dog'",
        "0, 658ca970ff85269a, 43fee3eaa68e5c3e, 'The quick brown fox jumps over the lazy cog'"
    })
    void textsHaveTheHashesThatOthersFound(long seed, String first, String second, String text) {
        ByteBuffer hash = ByteBuffer.wrap(hash(text.getBytes(StandardCharsets.US_ASCII), seed))
                .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(hash.getLong()).isEqualTo(Long.parseUnsignedLong(first, 16));
        assertThat(hash.getLong()).isEqualTo(Long.parseUnsignedLong(second, 16));
    }
}
