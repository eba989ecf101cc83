package dev.crowdlab.spark;

import dev.crowdlab.results.copy.FieldType;
import dev.crowdlab.results.copy.ResultColumn;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Decodes rows of PostgreSQL's binary COPY for Spark, in the types of the table's columns.
 *
 * @param types the types of the fields
 * @param columns names and types of what a row becomes
 * @param isDigested whether the last of them is {@link #DIGESTED}
 */
record RowDecoding(List<FieldType> types, StructType columns, boolean isDigested) implements Serializable {

    /** The column with the fields of a row as they are digested: without their number, and without that of the run. */
    static final String DIGESTED = "digested";

    private static final int UNDIGESTED_BYTES = Short.BYTES + Integer.BYTES + Long.BYTES;

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private static final LocalDate EPOCH_DAY = LocalDate.of(2000, 1, 1);

    /** What the ends of time become: the greatest and the least time that Spark has. */
    private static final Instant END = Instant.EPOCH.plus(Long.MAX_VALUE, ChronoUnit.MICROS);

    private static final Instant BEGINNING = Instant.EPOCH.plus(Long.MIN_VALUE, ChronoUnit.MICROS);

    /** Gives the columns of a table. */
    static RowDecoding of(ResultTableDefinition table) {
        return new RowDecoding(types(table), ResultTypes.of(table), false);
    }

    /** Gives the columns of a table and {@link #DIGESTED}. */
    static RowDecoding digestedOf(ResultTableDefinition table) {
        return new RowDecoding(types(table), ResultTypes.of(table).add(DIGESTED, DataTypes.BinaryType), true);
    }

    private static List<FieldType> types(ResultTableDefinition table) {
        return table.columns().stream().map(ResultColumn::type).toList();
    }

    /** Decodes the row at the buffer's position, from its number of fields on. */
    Row decode(ByteBuffer buffer) {
        int from = buffer.position() + UNDIGESTED_BYTES;
        int fieldCount = buffer.getShort();
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int column = 0; column < fieldCount; column++) {
            int length = buffer.getInt();
            values[column] = length < 0 ? null : value(types.get(column), buffer, length);
        }
        if (isDigested) {
            values[fieldCount] = Arrays.copyOfRange(buffer.array(), from, buffer.position());
        }
        return RowFactory.create(values);
    }

    private static Object value(FieldType type, ByteBuffer buffer, int length) {
        return switch (type) {
            case TEXT, ANNOTATOR, EXAMPLE -> text(buffer, length);
            case JSON -> {
                buffer.get(); // the version of its format
                yield text(buffer, length - 1);
            }
            case INTEGER -> buffer.getInt();
            case BIGINT -> buffer.getLong();
            case DOUBLE -> buffer.getDouble();
            case DOUBLES -> numbers(buffer);
            case BOOLEAN -> buffer.get() != 0;
            case DATE -> EPOCH_DAY.plusDays(buffer.getInt());
            case TIMESTAMP -> time(buffer.getLong());
        };
    }

    private static String text(ByteBuffer buffer, int length) {
        String text = new String(buffer.array(), buffer.position(), length, StandardCharsets.UTF_8);
        buffer.position(buffer.position() + length);
        return text;
    }

    /**
     * Decodes one dimension without NULL: after number of dimensions, flag and type come length and first index, then
     * the elements.
     */
    private static double[] numbers(ByteBuffer buffer) {
        buffer.position(buffer.position() + 3 * Integer.BYTES);
        double[] numbers = new double[buffer.getInt()];
        buffer.position(buffer.position() + Integer.BYTES);
        for (int index = 0; index < numbers.length; index++) {
            buffer.position(buffer.position() + Integer.BYTES);
            numbers[index] = buffer.getDouble();
        }
        return numbers;
    }

    private static Instant time(long micros) {
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return micros > 0 ? END : BEGINNING;
        }
        return EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
