package dev.crowdlab.spark;

import dev.crowdlab.spark.RowEncoding.Field;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The types of a table's columns, and what each can be read as; empty if it cannot. Names are compared as they are
 * written.
 *
 * @param schema the columns
 */
record TableTypes(StructType schema) {

    private long count(String name) {
        return Arrays.stream(schema.fieldNames()).filter(name::equals).count();
    }

    boolean has(String name) {
        return count(name) > 0;
    }

    boolean isRepeated(String name) {
        return count(name) > 1;
    }

    /** All names, for messages. */
    String names() {
        return String.join(", ", schema.fieldNames());
    }

    /** The type as Spark calls it, for messages. */
    String of(String name) {
        return type(name).map(DataType::simpleString).orElse("none");
    }

    private Optional<DataType> type(String name) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equals(name))
                .map(StructField::dataType)
                .findFirst();
    }

    Optional<Field> id(String name) {
        return type(name).flatMap(type -> {
            if (type instanceof ByteType
                    || type instanceof ShortType
                    || type instanceof IntegerType
                    || type instanceof LongType) {
                return Optional.of(Field.WHOLE);
            }
            if (type instanceof DecimalType) {
                return Optional.of(Field.DECIMAL);
            }
            boolean isText = type instanceof StringType || type instanceof BooleanType || type instanceof DateType;
            return isText ? Optional.of(Field.TEXT) : Optional.empty();
        });
    }

    Optional<Field> time(String name) {
        return type(name)
                .filter(type ->
                        type instanceof TimestampType || type instanceof TimestampNTZType || type instanceof DateType)
                .map(type -> Field.TIME);
    }

    /** PostgreSQL's name of a type of times that have no zone; empty: it has one, or there is none. */
    String zonelessType(String name) {
        return type(name)
                .map(type -> type instanceof DateType ? "date" : type instanceof TimestampNTZType ? "timestamp" : "")
                .orElse("");
    }

    Optional<Field> number(String name) {
        return type(name).filter(NumericType.class::isInstance).map(type -> Field.NUMBER);
    }

    Optional<Field> numbers(String name) {
        return type(name)
                .filter(type -> type instanceof ArrayType array && array.elementType() instanceof NumericType)
                .map(type -> Field.NUMBERS);
    }

    /** What Spark says, without its advice. */
    static String firstSentence(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst(" SQLSTATE: .*", "");
    }
}
