package dev.crowdlab.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.SlowAfter;
import dev.crowdlab.testing.TestDatabase;
import dev.crowdlab.testing.Warehouse;
import dev.crowdlab.testing.Wire;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Servers and databases that are not those for which the program is made. */
class ServerIT {

    private static final List<String> COMMANDS = List.of("run", "migrate", "validate");

    @ParameterizedTest
    @SlowAfter(1)
    @ValueSource(strings = {"9.6", "14", "19"})
    void anotherVersionOfPostgresqlIsRefused(String version) throws Exception {
        try (TestDatabase database = TestDatabase.create();
                Wire wire = new Wire(database.url())) {
            wire.pretendVersion(version);
            for (String command : COMMANDS) {
                Program.Result result = Program.on(database)
                        .with("spring.datasource.url", wire.url(database.url()))
                        .call(command);
                assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
                assertThat(result.err().lines()).hasSize(1);
                assertThat(result.err())
                        .startsWith("The database of spring.datasource.url is on PostgreSQL " + version)
                        .contains("; use a server of version 15 to 18");
            }
        }
    }

    @Test
    @Tag("slow")
    void resultsAreNotKeptInAnotherEncoding() {
        try (TestDatabase database = TestDatabase.createEncoded("LATIN1")) {
            for (String command : COMMANDS) {
                Program.Result result = Program.on(database).call(command);
                assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
                assertThat(result.err().lines()).hasSize(1);
                assertThat(result.err())
                        .startsWith("The database of spring.datasource.url has the encoding LATIN1; store results in a"
                                + " database created with encoding 'UTF8' template template0");
            }
            assertThat(JdbcClient.create(database.dataSource())
                            .sql("select count(*) from pg_namespace where nspname like 'crowdlab%'")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }

    @Test
    void annotationsAreReadFromAnotherEncoding() throws Exception {
        try (TestDatabase latin = TestDatabase.createEncoded("LATIN1");
                Warehouse results = Warehouse.with()) {
            JdbcClient.create(latin.dataSource())
                    .sql("create table vote as select 'e' || e as example_id, 'a' || a as annotator_id,"
                            + " (array['b\u00e9ige', 'gr\u00fcn'])[1 + e % 2] as label"
                            + " from generate_series(1, 4) e, generate_series(1, 3) a")
                    .update();
            Program.Result run = reading(latin, results).call("run");
            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(results.column("select distinct consensus_label from crowdlab_bi.label_quality order by 1"))
                    .containsExactly("b\u00e9ige", "gr\u00fcn");
        }
    }

    @Test
    void annotationsAreNotReadFromADatabaseWithoutEncoding() throws Exception {
        try (TestDatabase ascii = TestDatabase.createEncoded("SQL_ASCII");
                Warehouse results = Warehouse.with()) {
            Program.Result run = reading(ascii, results).call("run");
            assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
            assertThat(run.err()).startsWith("The database of crowdlab.source.url has the encoding SQL_ASCII");
        }
    }

    private static Program reading(TestDatabase source, Warehouse results) {
        return results.program()
                .with("crowdlab.source.url", source.url())
                .with("crowdlab.source.username", source.user())
                .with("crowdlab.source.password", source.password())
                .with("crowdlab.datasets.far.annotations-query", "select * from vote");
    }
}
