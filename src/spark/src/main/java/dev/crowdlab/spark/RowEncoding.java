package dev.crowdlab.spark;

import dev.crowdlab.engine.pass.UnusableInputException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Encodes rows of Spark as PostgreSQL's binary COPY would send the same values, so that they have the same digest and
 * are read by the same code.
 *
 * @param table the setting that names the table, for messages
 * @param fields what each column holds
 */
record RowEncoding(String table, List<Field> fields) implements Serializable {

    /** The OID of double precision. */
    private static final int FLOAT8 = 701;

    /** Microseconds from 1970, where Spark counts from, to 2000, where PostgreSQL does. */
    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    /** What a column holds after it was cast. */
    enum Field {
        /** An id or label, as text. */
        TEXT,
        /** A decimal number, which is a text without an exponent. */
        DECIMAL,
        /** A long. */
        WHOLE,
        /** Microseconds since 1970. */
        TIME,
        /** A double. */
        NUMBER,
        /** An array of doubles. */
        NUMBERS
    }

    /** Lists are copied. */
    RowEncoding {
        fields = List.copyOf(fields);
    }

    /** Returns a row, from its number of fields on. */
    byte[] encode(Row row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        DataOutputStream target = new DataOutputStream(bytes);
        try {
            target.writeShort(fields.size());
            for (int column = 0; column < fields.size(); column++) {
                if (row.isNullAt(column)) {
                    target.writeInt(-1);
                } else {
                    write(row, column, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    private void write(Row row, int column, DataOutputStream target) throws IOException {
        switch (fields.get(column)) {
            case TEXT -> text(row.getString(column), target);
            case DECIMAL -> text(((BigDecimal) row.get(column)).toPlainString(), target);
            case WHOLE -> bigint(row.getLong(column), target);
            case TIME -> bigint(Math.subtractExact(row.getLong(column), EPOCH_MICROS), target);
            case NUMBER -> bigint(Double.doubleToLongBits(row.getDouble(column)), target);
            case NUMBERS -> numbers(row.getList(column), target);
        }
    }

    private void text(String text, DataOutputStream target) throws IOException {
        if (text.indexOf('\0') >= 0) {
            throw new UnusableInputException(String.format(
                    Locale.ROOT,
                    "%s: '%s' contains the character U+0000, which PostgreSQL cannot store; remove it from the table",
                    table,
                    text.replace('\0', '?')));
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        target.writeInt(encoded.length);
        target.write(encoded);
    }

    private static void bigint(long value, DataOutputStream target) throws IOException {
        target.writeInt(Long.BYTES);
        target.writeLong(value);
    }

    /**
     * Writes dimensions, whether there are nulls, type, length and lower bound, then the elements; an empty one has no
     * dimension.
     */
    private static void numbers(List<@Nullable Double> values, DataOutputStream target) throws IOException {
        long present = values.stream().filter(value -> value != null).count();
        int header = values.isEmpty() ? 3 * Integer.BYTES : 5 * Integer.BYTES;
        target.writeInt(header + values.size() * Integer.BYTES + Math.toIntExact(present) * Long.BYTES);
        target.writeInt(values.isEmpty() ? 0 : 1);
        target.writeInt(present < values.size() ? 1 : 0);
        target.writeInt(FLOAT8);
        if (!values.isEmpty()) {
            target.writeInt(values.size());
            target.writeInt(1);
        }
        for (Double value : values) {
            if (value == null) {
                target.writeInt(-1);
            } else {
                bigint(Double.doubleToLongBits(value), target);
            }
        }
    }
}
