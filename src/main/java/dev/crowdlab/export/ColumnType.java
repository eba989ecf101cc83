package dev.crowdlab.export;

import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;

/**
 * The types that exported columns have; every type of PostgreSQL that has no counterpart here is exported as its text.
 */
enum ColumnType {
    INTEGER(Type.INT32),
    BIGINT(Type.INT64),
    DOUBLE(Type.DOUBLE),
    BOOLEAN(Type.BOOLEAN),
    /** Microseconds since 1970-01-01T00:00Z. */
    TIMESTAMP(Type.INT64),
    TEXT(Type.BYTE_ARRAY);

    private final Type physical;

    ColumnType(Type physical) {
        this.physical = physical;
    }

    /**
     * The type for a type of PostgreSQL.
     *
     * @param name as in {@code pg_type.typname}
     */
    static ColumnType of(String name) {
        return switch (name) {
            case "int2", "int4" -> INTEGER;
            case "int8" -> BIGINT;
            case "float4", "float8" -> DOUBLE;
            case "bool" -> BOOLEAN;
            case "timestamptz" -> TIMESTAMP;
            default -> TEXT;
        };
    }

    /** Parquet's physical type. */
    Type physical() {
        return physical;
    }

    /** Marks what the physical type stands for. */
    void annotate(SchemaElement column) {
        if (this == TEXT) {
            column.setConverted_type(ConvertedType.UTF8).setLogicalType(LogicalType.STRING(new StringType()));
        } else if (this == TIMESTAMP) {
            column.setConverted_type(ConvertedType.TIMESTAMP_MICROS)
                    .setLogicalType(
                            LogicalType.TIMESTAMP(new TimestampType(true, TimeUnit.MICROS(new MicroSeconds()))));
        }
    }
}
