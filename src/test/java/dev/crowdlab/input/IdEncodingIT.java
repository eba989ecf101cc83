package dev.crowdlab.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.dataset.AnnotationBlock;
import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.input.QueryInspection.Usable;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdEncodingIT {

    private static final String TABLE = """
            create domain short_id as smallint;
            create table ids (
                place serial primary key, small smallint, number integer, big bigint, exact numeric, given uuid, short short_id,
                plain text, fixed char(5));
            insert into ids (small, number, big, exact, given, short, plain, fixed)
            values
                (0, 0, 0, 0, '00000000-0000-0000-0000-000000000000', 0, '', ''),
                (-32768, -2147483648, -9223372036854775808, -1e30, 'ffffffff-ffff-ffff-ffff-ffffffffffff', -1, '-1', 'a'),
                (32767, 2147483647, 9223372036854775807, 0.10, '01234567-89ab-cdef-fedc-ba9876543210', 1, '8 bytes!', 'b c'),
                (10, 1000000, 1000000000000000000, 5, 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 10, 'ä', 'abcde'),
                (-10, -7, -99, -5, gen_random_uuid(), -10, '16 bytes of text', 'z'),
                (null, null, null, null, null, null, null, null);
            """;

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @BeforeAll
    void makeTable() {
        jdbc.sql(TABLE).update();
    }

    @AfterAll
    void drop() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "small, INTEGER",
        "number, INTEGER",
        "big, INTEGER",
        "place, INTEGER",
        "given, UUID",
        "exact, TEXT",
        "short, INTEGER",
        "plain, TEXT",
        "fixed, TEXT"
    })
    void idsAndLabelsOfEveryTypeAreTheTextThatPostgresMakesOfThem(String column, IdEncoding form) throws SQLException {
        List<Optional<String>> expected = jdbc.sql("select " + column + "::text from ids order by place")
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .list();
        String query = "select %1$s as example_id, %1$s as annotator_id, %1$s as label from ids order by place"
                .formatted(column);
        ConnectionFactory sessions = ConnectionFactory.of(database.url(), database.user(), database.password());
        AnnotationCopy columns = ((Usable)
                        QueryInspection.inspect(sessions, "ids", new InputQueries(query, null), false))
                .columns()
                .annotations();
        assertThat(List.of(columns.example(), columns.annotator(), columns.label()))
                .containsOnly(form);
        try (Snapshot snapshot = Snapshot.take(sessions);
                AnnotationReader reader = new AnnotationReader(columns, 100)) {
            reader.open(snapshot);
            AnnotationBlock block = reader.read();
            assertThat(texts(block.exampleIds())).isEqualTo(expected);
            assertThat(texts(block.annotatorIds())).isEqualTo(expected);
            assertThat(texts(block.labels())).isEqualTo(expected);
        }
    }

    private static List<Optional<String>> texts(TextColumn column) {
        List<Optional<String>> texts = new ArrayList<>();
        for (int row = 0; row < column.size(); row++) {
            texts.add(Optional.ofNullable(column.text(row)));
        }
        return texts;
    }
}
