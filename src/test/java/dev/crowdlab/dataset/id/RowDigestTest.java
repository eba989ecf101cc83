package dev.crowdlab.dataset.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowDigestTest {

    private static List<byte[]> rows() {
        Random random = new Random(1);
        List<byte[]> rows = new ArrayList<>();
        for (int length = 0; length < 40; length++) {
            byte[] row = new byte[length];
            random.nextBytes(row);
            rows.add(row);
        }
        return rows;
    }

    private static RowDigest digest(List<byte[]> rows) {
        RowDigest digest = new RowDigest();
        rows.forEach(row -> digest.add(row, 0, row.length));
        return digest;
    }

    @Test
    void orderDoesNotMatter() {
        List<byte[]> rows = rows();
        byte[] expected = digest(rows).toBytes();
        for (long seed = 0; seed < 20; seed++) {
            Collections.shuffle(rows, new Random(seed));
            assertThat(digest(rows).toBytes()).isEqualTo(expected);
        }
    }

    @Test
    void digestsOfPartsMerge() {
        List<byte[]> rows = rows();
        RowDigest merged = digest(rows.subList(30, 40));
        merged.add(digest(rows.subList(0, 30)));
        merged.add(new RowDigest());
        assertThat(merged.toBytes()).isEqualTo(digest(rows).toBytes());
        assertThat(merged.rowCount()).isEqualTo(40);
    }

    @Test
    void oneChangedBitChangesBothSums() {
        List<byte[]> rows = rows();
        Set<ByteBuffer> firstSums = new HashSet<>();
        Set<ByteBuffer> secondSums = new HashSet<>();
        int changes = 0;
        for (byte[] row : rows) {
            for (int bit = 0; bit < row.length * 8; bit++) {
                row[bit / 8] ^= (byte) (1 << bit % 8);
                byte[] bytes = digest(rows).toBytes();
                firstSums.add(ByteBuffer.wrap(bytes, 8, 8).slice());
                secondSums.add(ByteBuffer.wrap(bytes, 16, 8).slice());
                row[bit / 8] ^= (byte) (1 << bit % 8);
                changes++;
            }
        }
        byte[] unchanged = digest(rows).toBytes();
        firstSums.add(ByteBuffer.wrap(unchanged, 8, 8).slice());
        secondSums.add(ByteBuffer.wrap(unchanged, 16, 8).slice());
        assertThat(firstSums).hasSize(changes + 1);
        assertThat(secondSums).hasSize(changes + 1);
    }

    @Test
    void aRowThatComesTwiceCounts() {
        List<byte[]> rows = rows();
        byte[] once = digest(rows).toBytes();
        rows.add(rows.get(7));
        byte[] twice = digest(rows).toBytes();
        assertThat(ByteBuffer.wrap(twice).getLong()).isEqualTo(41);
        assertThat(ByteBuffer.wrap(twice, 8, 16).slice())
                .isNotEqualTo(ByteBuffer.wrap(once, 8, 16).slice());
    }

    @Test
    void aByteMovedToTheNextRowIsSeen() {
        byte[] none = {};
        byte[] zero = {0};
        byte[] zeros = {0, 0};
        assertThat(digest(List.of(zeros, none)).toBytes())
                .isNotEqualTo(digest(List.of(zero, zero)).toBytes());
    }

    @Test
    void onlyTheRangeGivenCounts() {
        byte[] row = {1, 2, 3};
        byte[] message = {9, 1, 2, 3, 9, 9, 9, 9, 9, 9, 9, 9};
        RowDigest digest = new RowDigest();
        digest.add(message, 1, 3);
        assertThat(digest.toBytes()).isEqualTo(digest(List.of(row)).toBytes());
    }

    @Test
    void anEmptyDigestIsZero() {
        assertThat(new RowDigest().toBytes()).isEqualTo(new byte[24]);
    }

    @Test
    void theSumsAreThoseOfTheHash() {
        byte[] row = "hello".getBytes(StandardCharsets.US_ASCII);
        Murmur3 hash = new Murmur3();
        hash.hash(row, 0, row.length, 0);
        assertThat(ByteBuffer.wrap(digest(List.of(row, row)).toBytes()))
                .isEqualTo(ByteBuffer.allocate(24)
                        .putLong(2)
                        .putLong(2 * hash.first())
                        .putLong(2 * hash.second())
                        .flip());
    }
}
