package dev.crowdlab.results.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.dataset.id.TextColumn;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes; that PostgreSQL takes them is in BinaryCopyWriterIT. */
class BinaryCopyWriterTest {

    private static final ResultTableDefinition TABLE = ResultTableDefinition.of("t", Kept.FOREVER)
            .column("a", FieldType.TEXT)
            .column("b", FieldType.TEXT)
            .column("c", FieldType.TEXT)
            .column("d", FieldType.TEXT)
            .column("e", FieldType.INTEGER)
            .column("f", FieldType.DOUBLE)
            .column("g", FieldType.DOUBLE);

    @Test
    void aRowIsTheNumberOfColumnsThenLengthAndBytesOfEachField() throws IOException {
        TextColumn texts = new TextColumn(2);
        texts.add("xäx".getBytes(StandardCharsets.UTF_8), 1, 2);
        texts.addNull();
        BinaryCopyWriter writer = new BinaryCopyWriter(1);
        writer.beginRow(TABLE, 7);
        writer.text(texts, 0);
        writer.text(texts, 1);
        writer.text("é");
        writer.text((String) null);
        writer.integer(-2);
        writer.numberOrNull(-0.0);
        writer.numberOrNull(Double.NaN);

        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(expected);
        data.writeShort(8);
        data.writeInt(8);
        data.writeLong(7);
        data.writeInt(2);
        data.write("ä".getBytes(StandardCharsets.UTF_8));
        data.writeInt(-1);
        data.writeInt(2);
        data.write("é".getBytes(StandardCharsets.UTF_8));
        data.writeInt(-1);
        data.writeInt(4);
        data.writeInt(-2);
        data.writeInt(8);
        data.writeDouble(-0.0);
        data.writeInt(-1);
        assertThat(written(writer)).isEqualTo(expected.toByteArray());
    }

    @Test
    void anEmptyTextIsNotNull() {
        BinaryCopyWriter writer = new BinaryCopyWriter(1);
        writer.text("");
        writer.text(new byte[0]);
        assertThat(written(writer)).containsOnly(0).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000})
    void itGrowsWhateverWasExpected(int expectedRows) {
        BinaryCopyWriter writer = new BinaryCopyWriter(expectedRows);
        byte[] text = new byte[70_001];
        Arrays.fill(text, (byte) 'x');
        for (int row = 0; row < 100; row++) {
            writer.beginRow(TABLE, row);
            writer.text(text);
        }
        assertThat(writer.length()).isEqualTo(100 * (2 + 12 + 4 + text.length));
        writer.clear();
        assertThat(writer.length()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "64, 65, 128",
        "64, 1000, 1000",
        "1073741824, 1073741825, 2147483639",
        "2147483639, 2147483639, 2147483639",
        "1500000000, 2147483639, 2147483639"
    })
    void theArrayDoublesUpToTheLargestThatThereIs(int capacity, long needed, int grown) {
        assertThat(BinaryCopyWriter.grown(capacity, needed)).isEqualTo(grown);
    }

    @ParameterizedTest
    @ValueSource(longs = {2_147_483_640L, 4_294_967_296L})
    void moreThanAnArrayHoldsIsSaid(long needed) {
        assertThatThrownBy(() -> BinaryCopyWriter.grown(1 << 30, needed))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A block of rows takes more than 2 GiB; set a smaller crowdlab.block-rows");
    }

    @Test
    void theDigestLeavesTheRunOutWhateverTheLengthOfRows() {
        int[] lengths = {0, 1, 16_000, 16_384, 16_385, 50_000, 3};
        MessageDigest expected = Sha256.create();
        BinaryCopyWriter one = new BinaryCopyWriter(1);
        BinaryCopyWriter two = new BinaryCopyWriter(100);
        for (int length : lengths) {
            byte[] text = new byte[length];
            Arrays.fill(text, (byte) length);
            one.beginRow(TABLE, 1);
            one.text(text);
            two.beginRow(TABLE, Long.MAX_VALUE);
            two.text(text);
            expected.update(new byte[] {0, (byte) (length >> 16), (byte) (length >> 8), (byte) length});
            expected.update(text);
        }
        String digest = Sha256.hex(expected.digest());
        assertThat(digest(one)).isEqualTo(digest);
        assertThat(digest(two)).isEqualTo(digest);
        two.clear();
        assertThat(digest(two)).isEqualTo(digest(new BinaryCopyWriter(1)));
    }

    private static String digest(BinaryCopyWriter writer) {
        MessageDigest digest = Sha256.create();
        writer.digest(digest);
        return Sha256.hex(digest.digest());
    }

    private static byte[] written(BinaryCopyWriter writer) {
        return Arrays.copyOf(writer.bytes(), writer.length());
    }
}
