package dev.crowdlab.results.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.postgres.BinaryCopyFormat;
import dev.crowdlab.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

class BinaryCopyWriterIT {

    private static final ResultTableDefinition TABLE = ResultTableDefinition.of("written", Kept.FOREVER)
            .column("t", FieldType.TEXT)
            .column("i", FieldType.INTEGER)
            .column("n", FieldType.DOUBLE)
            .column("missing", FieldType.TEXT);

    @Test
    void postgresHoldsWhatWasWritten() throws SQLException {
        BinaryCopyWriter rows = new BinaryCopyWriter(1);
        row(rows, "x".repeat(100_000), Integer.MIN_VALUE, Double.MIN_VALUE);
        row(rows, "", 0, -0.0);
        row(rows, "ä\n\t\\.", Integer.MAX_VALUE, Double.NEGATIVE_INFINITY);
        row(rows, null, 1, Double.NaN);
        try (TestDatabase database = TestDatabase.create();
                Connection connection = database.dataSource().getConnection()) {
            assertThat(copy(connection, rows)).isEqualTo(4);
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery("""
                            select string_agg(
                                concat_ws(' ', run_id, length(t), quote_nullable(right(t, 5)), i, coalesce(n::text, 'null'),
                                    missing is null), '|' order by t collate "C")
                            from crowdlab.written""")) {
                found.next();
                assertThat(found.getString(1))
                        .isEqualTo("9 0 '' 0 -0 t|9 100000 'xxxxx' -2147483648 5e-324 t"
                                + "|9 5 E'ä\n\t\\\\.' 2147483647 -Infinity t|9 NULL 1 null t");
            }
        }
    }

    @Test
    void aRowWithFewerFieldsThanTheTableHasColumnsIsRefused() throws SQLException {
        BinaryCopyWriter rows = new BinaryCopyWriter(1);
        rows.beginRow(TABLE, 9);
        rows.text("alone");
        try (TestDatabase database = TestDatabase.create();
                Connection connection = database.dataSource().getConnection()) {
            assertThatThrownBy(() -> copy(connection, rows)).isInstanceOf(SQLException.class);
        }
    }

    private static void row(BinaryCopyWriter rows, String text, int integer, double number) {
        rows.beginRow(TABLE, 9);
        rows.text(text);
        rows.integer(integer);
        rows.numberOrNull(number);
        rows.text((String) null);
    }

    private static long copy(Connection connection, BinaryCopyWriter rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create schema crowdlab;"
                    + " create table crowdlab.written (run_id bigint, t text, i integer, n float8, missing text)");
        }
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + TABLE.target(9) + " (" + String.join(", ", TABLE.columnNames())
                        + ") from stdin (format binary)");
        copy.writeToCopy(BinaryCopyFormat.header(), 0, BinaryCopyFormat.HEADER_BYTES);
        copy.writeToCopy(rows.bytes(), 0, rows.length());
        copy.writeToCopy(BinaryCopyFormat.trailer(), 0, Short.BYTES);
        return copy.endCopy();
    }
}
