package dev.crowdlab.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Values against bytes that were encoded by hand. */
class PlainValuesTest {

    private final PlainValues values = new PlainValues();

    private byte[] encoded() {
        ByteBuffer bytes = values.encoded();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    @Test
    void writesNumbersWithTheirLowestByteFirst() {
        values.addInt(0x01020304);
        values.addLong(-2);

        assertThat(values.byteCount()).isEqualTo(12);
        assertThat(encoded()).containsExactly(4, 3, 2, 1, -2, -1, -1, -1, -1, -1, -1, -1);
    }

    @Test
    void writesATextWithItsBytesInFront() {
        values.addText("né".getBytes(StandardCharsets.UTF_8));

        assertThat(encoded()).containsExactly(3, 0, 0, 0, 'n', 0xC3, 0xA9);
    }

    @Test
    void packsBooleansFromTheLowestBit() {
        for (boolean bit : new boolean[] {true, false, true, true, false, false, false, true, true}) {
            values.addBit(bit);
        }

        assertThat(encoded()).containsExactly(0b1000_1101, 1);
    }

    @Test
    void growsForATextThatIsLargerThanItsRoom() {
        byte[] text = new byte[100_000];
        values.addInt(7);
        values.addText(text);
        values.addInt(9);

        ByteBuffer bytes = values.encoded().order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.remaining()).isEqualTo(100_012);
        assertThat(bytes.getInt(0)).isEqualTo(7);
        assertThat(bytes.getInt(4)).isEqualTo(100_000);
        assertThat(bytes.getInt(100_008)).isEqualTo(9);
    }

    @Test
    void forgetsBitsThatFillNoByte() {
        values.addBit(true);
        values.clear();
        values.addBit(false);

        assertThat(encoded()).containsExactly(0);
    }
}
