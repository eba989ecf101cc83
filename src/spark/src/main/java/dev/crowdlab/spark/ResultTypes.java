package dev.crowdlab.spark;

import dev.crowdlab.results.copy.FieldType;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The types of the columns of result tables. */
final class ResultTypes {

    private ResultTypes() {}

    /** The columns that are written of a table. */
    static StructType of(ResultTableDefinition table) {
        List<StructField> fields = table.columns().stream()
                .map(column -> DataTypes.createStructField(column.name(), of(column.type()), true))
                .toList();
        return DataTypes.createStructType(fields);
    }

    private static DataType of(FieldType type) {
        return switch (type) {
            case TEXT, ANNOTATOR, EXAMPLE, JSON -> DataTypes.StringType;
            case INTEGER -> DataTypes.IntegerType;
            case BIGINT -> DataTypes.LongType;
            case DOUBLE -> DataTypes.DoubleType;
            case DOUBLES -> DataTypes.createArrayType(DataTypes.DoubleType, false);
            case BOOLEAN -> DataTypes.BooleanType;
            case DATE -> DataTypes.DateType;
            case TIMESTAMP -> DataTypes.TimestampType;
        };
    }
}
