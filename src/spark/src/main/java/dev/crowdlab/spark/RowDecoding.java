package dev.crowdlab.spark;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Decodes rows of PostgreSQL's binary COPY for Spark, in the types of the table's columns.
 *
 * @param columns names and types
 */
record RowDecoding(StructType columns) implements Serializable {

    private static final Map<String, DataType> TYPES = Map.of(
            "text", DataTypes.StringType,
            "bool", DataTypes.BooleanType,
            "date", DataTypes.DateType,
            "int4", DataTypes.IntegerType,
            "int8", DataTypes.LongType,
            "float8", DataTypes.DoubleType,
            "timestamptz", DataTypes.TimestampType);

    private static final String COLUMNS = """
            select attname, typname
            from pg_catalog.pg_attribute a
            join pg_catalog.pg_type t on t.oid = a.atttypid
            where attrelid = pg_catalog.to_regclass(?) and attnum > 0 and not attisdropped""";

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private static final LocalDate EPOCH_DAY = LocalDate.of(2000, 1, 1);

    /** What the ends of time become: the greatest and the least time that Spark has. */
    private static final Instant END = Instant.EPOCH.plus(Long.MAX_VALUE, ChronoUnit.MICROS);

    private static final Instant BEGINNING = Instant.EPOCH.plus(Long.MIN_VALUE, ChronoUnit.MICROS);

    /**
     * Looks up the types of columns.
     *
     * @param table with its schema
     */
    static RowDecoding of(DataSource dataSource, String table, List<String> names) throws SQLException {
        Map<String, String> types = new HashMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, table);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    types.put(found.getString(1), found.getString(2));
                }
            }
        }
        List<StructField> fields = new ArrayList<>();
        for (String name : names) {
            DataType type = TYPES.get(String.valueOf(types.get(name)));
            if (type == null) {
                throw new IllegalStateException(table + "." + name + " is of type " + types.get(name));
            }
            fields.add(DataTypes.createStructField(name, type, true));
        }
        return new RowDecoding(DataTypes.createStructType(fields));
    }

    /** Decodes the row at the buffer's position, from its number of fields on. */
    Row decode(ByteBuffer buffer) {
        @Nullable Object[] values = new @Nullable Object[buffer.getShort()];
        for (int column = 0; column < values.length; column++) {
            int length = buffer.getInt();
            values[column] = length < 0 ? null : value(columns.fields()[column].dataType(), buffer, length);
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
        long number = buffer.getLong();
        return type.equals(DataTypes.LongType) ? (Object) number : time(number);
    }

    private static Instant time(long micros) {
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return micros > 0 ? END : BEGINNING;
        }
        return EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
