package dev.crowdlab.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.parquet.format.SchemaElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTypeTest {

    @ParameterizedTest
    @CsvSource({
        "int2, INTEGER",
        "int4, INTEGER",
        "int8, BIGINT",
        "float4, DOUBLE",
        "float8, DOUBLE",
        "bool, BOOLEAN",
        "timestamptz, TIMESTAMP",
        "text, TEXT",
        "numeric, TEXT",
        "jsonb, TEXT",
        "_text, TEXT",
        "timestamp, TEXT"
    })
    void exportsWhatHasNoCounterpartAsText(String postgres, ColumnType type) {
        assertThat(ColumnType.of(postgres)).isEqualTo(type);
    }

    @Test
    void marksTextsAndMomentsAndNothingElse() {
        for (ColumnType type : ColumnType.values()) {
            SchemaElement column = new SchemaElement("c");
            type.annotate(column);

            boolean isMarked = type == ColumnType.TEXT || type == ColumnType.TIMESTAMP;
            assertThat(column.isSetLogicalType()).as(type.name()).isEqualTo(isMarked);
            assertThat(column.isSetConverted_type()).as(type.name()).isEqualTo(isMarked);
        }
    }
}
