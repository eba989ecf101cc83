package dev.crowdlab.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.testing.TestDatabase;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BinaryCopyReaderIT {

    private static TestDatabase database;

    @BeforeAll
    static void make() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @Test
    void whatTheServerSendsIsWhatTheRowsAre() throws SQLException {
        try (BinaryCopyReader rows = open("""
                select *
                from (values
                    ('e1', 1::bigint, '0123abcd-0123-abcd-0123-0123456789ab'::uuid,
                        timestamptz '2000-01-01 00:00:01+00', 0.25::float8, array[0.5, null, 'NaN']::float8[]),
                    (null, null, null, null, null, null),
                    (repeat('x', 1000000), -1, 'ffffffff-ffff-ffff-ffff-ffffffffffff', timestamptz 'infinity',
                        'infinity', '{}'))
                    as rows""")) {
            TextColumn texts = new TextColumn(1);
            DoubleArrayList numbers = new DoubleArrayList();
            long[] times = new long[3];
            double[] values = new double[3];
            int[] counts = new int[3];
            for (int row = 0; row < 3; row++) {
                assertThat(rows.next()).isTrue();
                rows.text(IdEncoding.TEXT, texts);
                rows.text(IdEncoding.INTEGER, texts);
                rows.text(IdEncoding.UUID, texts);
                times[row] = rows.timestamp(-1);
                values[row] = rows.number(-2);
                counts[row] = rows.numbers(numbers, -3);
            }
            assertThat(rows.next()).isFalse();
            assertThat(texts.text(0)).isEqualTo("e1");
            assertThat(texts.text(1)).isEqualTo("1");
            assertThat(texts.text(2)).isEqualTo("0123abcd-0123-abcd-0123-0123456789ab");
            assertThat(texts.text(3)).isNull();
            assertThat(texts.text(4)).isNull();
            assertThat(texts.text(5)).isNull();
            assertThat(texts.text(7)).isEqualTo("-1");
            assertThat(times).containsExactly(1_000_000, -1, Long.MAX_VALUE);
            assertThat(values).containsExactly(0.25, -2, Double.POSITIVE_INFINITY);
            assertThat(counts).containsExactly(3, TextColumn.NULL, 0);
            assertThat(numbers.toDoubleArray()).containsExactly(0.5, -3.0, Double.NaN);
        }
    }

    @Test
    void manyRowsAndNone() throws SQLException {
        for (int expected : new int[] {0, 1, 100_000}) {
            try (BinaryCopyReader rows = open("select n::float8 from generate_series(1, " + expected + ") n")) {
                int count = 0;
                double sum = 0;
                while (rows.next()) {
                    count++;
                    sum += rows.number(0);
                }
                assertThat(count).isEqualTo(expected);
                assertThat(sum).isEqualTo(expected * (expected + 1.0) / 2);
            }
        }
    }

    @Test
    void aQueryThatFailsAmongItsRowsIsSaid() throws SQLException {
        try (BinaryCopyReader rows = open("select (1 / (n - 3))::float8 from generate_series(1, 5) n")) {
            assertThatThrownBy(() -> {
                        while (rows.next()) {
                            rows.number(0);
                        }
                    })
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("division by zero");
        }
    }

    @Test
    void aStatementThatCannotStartClosesTheConnection() throws SQLException {
        Connection connection = database.dataSource().getConnection();
        assertThatThrownBy(() -> BinaryCopyReader.open(connection, "copy nowhere to stdout (format binary)"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("nowhere");
        assertThat(connection.isClosed()).isTrue();
    }

    private static BinaryCopyReader open(String query) throws SQLException {
        return BinaryCopyReader.open(
                database.dataSource().getConnection(), "copy (" + query + ") to stdout (format binary)");
    }
}
