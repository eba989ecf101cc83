package dev.crowdlab.input;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.dataset.AnnotationBlock;
import dev.crowdlab.dataset.id.RowDigest;
import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.postgres.BinaryCopyFormat;
import dev.crowdlab.postgres.BinaryCopyRows;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol, byte by byte: what the server sends is in BinaryCopyReaderIT. */
class BinaryCopyReaderTest {

    private static final byte[] HEADER = BinaryCopyFormat.header();
    private static final byte[] TRAILER = BinaryCopyFormat.trailer();

    @Test
    void theHeaderComesAloneOrWithTheFirstRow() throws SQLException {
        byte[] row = row(number(0.5));
        for (List<byte[]> sent : List.of(List.of(HEADER, row, TRAILER), List.of(joined(HEADER, row), TRAILER))) {
            BinaryCopyReader rows = new BinaryCopyReader(new Sent(sent));
            assertThat(rows.next()).isTrue();
            assertThat(rows.number(-1)).isEqualTo(0.5);
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void noRowsAreAHeaderAndATrailerInOneMessageOrTwo() throws SQLException {
        assertThat(new BinaryCopyReader(new Sent(HEADER, TRAILER)).next()).isFalse();
        assertThat(new BinaryCopyReader(new Sent(joined(HEADER, TRAILER))).next())
                .isFalse();
    }

    @Test
    void fieldsAreTakenInTheirOrder() throws SQLException {
        BinaryCopyReader rows = new BinaryCopyReader(
                new Sent(HEADER, row(text("ä"), bigint(-7), bigint(Long.MIN_VALUE), number(-0.0), text("")), TRAILER));
        TextColumn column = new TextColumn(1);
        assertThat(rows.next()).isTrue();
        rows.text(IdEncoding.TEXT, column);
        rows.text(IdEncoding.INTEGER, column);
        assertThat(rows.timestamp(1)).isEqualTo(Long.MIN_VALUE);
        assertThat(Double.doubleToRawLongBits(rows.number(1))).isEqualTo(Double.doubleToRawLongBits(-0.0));
        rows.text(IdEncoding.TEXT, column);
        assertThat(texts(column)).containsExactly("ä", "-7", "");
        assertThat(rows.next()).isFalse();
    }

    @Test
    void nullIsTheValueThatTheCallerNames() throws SQLException {
        byte[] nothing = nothing();
        BinaryCopyReader rows = new BinaryCopyReader(
                new Sent(HEADER, row(nothing, nothing, nothing, nothing, nothing, nothing, number(2)), TRAILER));
        TextColumn column = new TextColumn(1);
        DoubleArrayList numbers = new DoubleArrayList();
        assertThat(rows.next()).isTrue();
        for (IdEncoding form : IdEncoding.values()) {
            rows.text(form, column);
        }
        assertThat(texts(column)).containsExactly(null, null, null);
        assertThat(rows.timestamp(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(rows.number(Double.NaN)).isNaN();
        assertThat(rows.numbers(numbers, 0)).isEqualTo(TextColumn.NULL);
        assertThat(numbers.toDoubleArray()).isEmpty();
        assertThat(rows.number(0)).as("the field behind them").isEqualTo(2);
    }

    @Test
    void arraysAreTakenElementByElementWhateverTheirDimensions() throws SQLException {
        BinaryCopyReader rows = new BinaryCopyReader(new Sent(
                HEADER,
                row(
                        array(List.of(3), number(1), nothing(), number(3)),
                        array(List.of()),
                        array(List.of(2, 2), number(1), number(2), number(3), number(4)),
                        number(5)),
                TRAILER));
        DoubleArrayList numbers = new DoubleArrayList();
        assertThat(rows.next()).isTrue();
        assertThat(rows.numbers(numbers, -1)).isEqualTo(3);
        assertThat(rows.numbers(numbers, -1)).isZero();
        assertThat(rows.numbers(numbers, -1)).isEqualTo(4);
        assertThat(numbers.toDoubleArray()).containsExactly(1.0, -1.0, 3.0, 1.0, 2.0, 3.0, 4.0);
        assertThat(rows.number(0)).as("the field behind them").isEqualTo(5);
    }

    @Test
    void theDigestIsOverTheRowWithoutTheHeader() throws SQLException {
        byte[] row = row(text("e1"), nothing());
        RowDigest expected = new RowDigest();
        expected.add(row, 0, row.length);
        for (Sent sent : List.of(new Sent(HEADER, row, TRAILER), new Sent(joined(HEADER, row), TRAILER))) {
            BinaryCopyReader rows = new BinaryCopyReader(sent);
            RowDigest digest = new RowDigest();
            assertThat(rows.next()).isTrue();
            rows.text(IdEncoding.TEXT, new TextColumn(1));
            rows.digest(digest);
            assertThat(RowDigest.of(digest, digest)).isEqualTo(RowDigest.of(expected, expected));
        }
    }

    @Test
    void whatFollowsTheTrailerIsTakenSoThatTheServerCanFinish() throws SQLException {
        Sent sent = new Sent(HEADER, TRAILER, new byte[] {1}, new byte[0]);
        assertThat(new BinaryCopyReader(sent).next()).isFalse();
        assertThat(sent.left).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void rowsThatEndWithoutATrailerAreNotTakenForAll(int messages) throws SQLException {
        List<byte[]> all = List.of(HEADER, row(number(1)), row(number(2)), TRAILER);
        BinaryCopyReader rows = new BinaryCopyReader(new Sent(all.subList(0, messages)));
        for (int row = 1; row < messages; row++) {
            assertThat(rows.next()).isTrue();
        }
        assertThatThrownBy(rows::next)
                .isInstanceOf(SQLException.class)
                .hasMessage("The rows of a binary COPY ended without its trailer");
    }

    @Test
    void aRowThatIsCutShortAnywhereIsRefused() {
        byte[] whole = row(text("example"), bigint(1), array(List.of(2), number(0.5), number(0.5)));
        for (int length = 0; length < whole.length; length++) {
            BinaryCopyReader rows = new BinaryCopyReader(new Sent(HEADER, Arrays.copyOf(whole, length), TRAILER));
            assertThatThrownBy(() -> {
                        rows.next();
                        rows.text(IdEncoding.TEXT, new TextColumn(1));
                        rows.timestamp(0);
                        rows.numbers(new DoubleArrayList(), 0);
                    })
                    .as("%s of %s bytes", length, whole.length)
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aLostConnectionIsSaidAsItCame() {
        SQLException lost = new SQLException("lost", "08006");
        BinaryCopyReader rows = new BinaryCopyReader(new BinaryCopyRows.Messages() {
            @Override
            public byte[] next() throws SQLException {
                throw lost;
            }

            @Override
            public void close() {}
        });
        assertThatThrownBy(rows::next).isSameAs(lost);
    }

    @Test
    void closingItClosesTheMessages() throws SQLException {
        Sent sent = new Sent(HEADER);
        new BinaryCopyReader(sent).close();
        assertThat(sent.isClosed).isTrue();
    }

    @Test
    void encodedRowsFromElsewhereMakeTheBlocksThatACopyOfThemWould() throws SQLException {
        List<byte[]> encoded = List.of(
                row(bigint(7), text("a1"), text("x"), bigint(5)), row(bigint(-8), text("a2"), nothing(), nothing()));
        AnnotationCopy columns = new AnnotationCopy("", IdEncoding.INTEGER, IdEncoding.TEXT, IdEncoding.TEXT, true);
        try (AnnotationReader reader = new AnnotationReader(columns, 3)) {
            reader.open(encoded.iterator());
            AnnotationBlock block = requireNonNull(reader.read());
            assertThat(texts(block.exampleIds())).containsExactly("7", "-8");
            assertThat(texts(block.annotatorIds())).containsExactly("a1", "a2");
            assertThat(texts(block.labels())).containsExactly("x", null);
            assertThat(block.annotatedAt().toLongArray()).containsExactly(5, AnnotationBlock.NO_TIME);
            RowDigest expected = new RowDigest();
            encoded.forEach(row -> expected.add(row, 0, row.length));
            assertThat(RowDigest.of(block.digest(), block.digest())).isEqualTo(RowDigest.of(expected, expected));
            assertThat(reader.read()).isNull();
        }
    }

    /** Messages that were sent before. */
    private static final class Sent implements BinaryCopyRows.Messages {

        private final Queue<byte[]> left;
        private boolean isClosed;

        Sent(byte[]... messages) {
            this(List.of(messages));
        }

        Sent(List<byte[]> messages) {
            left = new ArrayDeque<>(messages);
        }

        @Override
        public byte[] next() {
            return left.poll();
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private static List<String> texts(TextColumn column) {
        String[] texts = new String[column.size()];
        Arrays.setAll(texts, column::text);
        return Arrays.asList(texts);
    }

    private static byte[] row(byte[]... fields) {
        byte[] count =
                ByteBuffer.allocate(Short.BYTES).putShort((short) fields.length).array();
        return joined(count, joined(fields));
    }

    private static byte[] nothing() {
        return ByteBuffer.allocate(Integer.BYTES).putInt(-1).array();
    }

    private static byte[] text(String text) {
        return field(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bigint(long value) {
        return field(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    private static byte[] number(double value) {
        return field(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
    }

    private static byte[] array(List<Integer> lengths, byte[]... elements) {
        ByteBuffer head = ByteBuffer.allocate((3 + 2 * lengths.size()) * Integer.BYTES);
        head.putInt(lengths.size()).putInt(1).putInt(701);
        lengths.forEach(length -> head.putInt(length).putInt(1));
        return field(joined(head.array(), joined(elements)));
    }

    private static byte[] field(byte[] content) {
        return joined(ByteBuffer.allocate(Integer.BYTES).putInt(content.length).array(), content);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
