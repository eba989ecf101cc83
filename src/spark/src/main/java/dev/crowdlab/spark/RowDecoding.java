package dev.crowdlab.spark;

import dev.crowdlab.results.copy.ResultTableDefinition;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Decodes rows of PostgreSQL's binary COPY for Spark, in the types of the table's columns.
 *
 * @param columns names and types of what a row becomes
 * @param isDigested whether the last of them is {@link #DIGESTED}
 */
record RowDecoding(StructType columns, boolean isDigested) implements Serializable {

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
        return new RowDecoding(ResultTypes.of(table), false);
    }

    /** Gives the columns of a table and {@link #DIGESTED}. */
    static RowDecoding digestedOf(ResultTableDefinition table) {
        return new RowDecoding(ResultTypes.of(table).add(DIGESTED, DataTypes.BinaryType), true);
    }

    /** Decodes the row at the buffer's position, from its number of fields on. */
    Row decode(ByteBuffer buffer) {
        int from = buffer.position() + UNDIGESTED_BYTES;
        int fieldCount = buffer.getShort();
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int column = 0; column < fieldCount; column++) {
            int length = buffer.getInt();
            StructField field = columns.fields()[column];
            if (length > 0 && ResultTypes.isJson(field.name())) {
                buffer.get(); // the version
                length--;
            }
            values[column] = length < 0 ? null : value(field.dataType(), buffer, length);
        }
        if (isDigested) {
            values[fieldCount] = Arrays.copyOfRange(buffer.array(), from, buffer.position());
        }
        return RowFactory.create(values);
    }

    private static Object value(DataType type, ByteBuffer buffer, int length) {
        if (type.equals(DataTypes.StringType)) {
            String text = new String(buffer.array(), buffer.position(), length, StandardCharsets.UTF_8);
            buffer.position(buffer.position() + length);
            return text;
        }
        if (type.equals(DataTypes.BooleanType)) {
            return buffer.get() != 0;
        }
        if (type.equals(DataTypes.IntegerType)) {
            return buffer.getInt();
        }
        if (type.equals(DataTypes.DateType)) {
            return EPOCH_DAY.plusDays(buffer.getInt());
        }
        if (type.equals(DataTypes.DoubleType)) {
            return buffer.getDouble();
        }
        if (type instanceof ArrayType) {
            return numbers(buffer);
        }
        long number = buffer.getLong();
        return type.equals(DataTypes.LongType) ? (Object) number : time(number);
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
