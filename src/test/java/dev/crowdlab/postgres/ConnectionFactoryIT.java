package dev.crowdlab.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ConnectionFactoryIT {

    private TestDatabase database;
    private ConnectionFactory sessions;

    @BeforeEach
    void createDatabase() {
        database = TestDatabase.create();
        sessions = ConnectionFactory.of(database.url(), database.user(), database.password());
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void readAndWriteTextTheSameWayAndWaitWithoutLimitWhateverTheDatabaseSays() {
        JdbcClient outside = JdbcClient.create(database.dataSource());
        String name =
                outside.sql("select current_database()").query(String.class).single();
        for (String setting : List.of(
                "\"TimeZone\" = 'Asia/Tokyo'",
                "extra_float_digits = 3",
                "default_transaction_isolation = 'repeatable read'",
                "statement_timeout = '1h'",
                "idle_session_timeout = '1h'")) {
            outside.sql("alter database " + name + " set " + setting).update();
        }
        Map<String, Object> found = JdbcClient.create(sessions.with("application_name", "crowdlab-etl run 7"))
                .sql("""
                        select current_setting('TimeZone') as zone, current_setting('extra_float_digits') as digits,
                            current_setting('statement_timeout') as statement, current_setting('idle_session_timeout') as idle,
                            current_setting('transaction_isolation') as isolation,
                            current_setting('application_name') as name""")
                .query()
                .singleRow();
        assertThat(found)
                .containsEntry("zone", "UTC")
                .containsEntry("digits", "1")
                .containsEntry("statement", "0")
                .containsEntry("idle", "0")
                .containsEntry("isolation", "read committed")
                .containsEntry("name", "crowdlab-etl run 7");
    }

    @Test
    void aLinuxServerLooksAfterItsClient() {
        Map<String, Object> found = JdbcClient.create(sessions)
                .sql("select version() as version, current_setting('client_connection_check_interval') as every")
                .query()
                .singleRow();
        if (found.get("version").toString().contains("linux")) {
            assertThat(found).containsEntry("every", "10s");
        }
    }

    @Test
    void operatorsAndFunctionsInFrontOfPostgresqlsAreNotTaken() {
        JdbcClient outside = JdbcClient.create(database.dataSource());
        outside.sql("create function public.deny(text, text) returns boolean language plpgsql"
                        + " as $$ begin raise exception 'called'; end $$")
                .update();
        outside.sql("create function public.set_config(text, text, boolean) returns text language plpgsql"
                        + " as $$ begin raise exception 'called'; end $$")
                .update();
        outside.sql("create operator public.= (leftarg = text, rightarg = text, function = public.deny)")
                .update();
        String name =
                outside.sql("select current_database()").query(String.class).single();
        outside.sql("alter database " + name + " set search_path = public, pg_catalog")
                .update();
        assertThat(JdbcClient.create(sessions.asOwnerOf("label_quality"))
                        .sql("select current_setting('search_path')")
                        .query(String.class)
                        .single())
                .isEqualTo("public, pg_catalog");
    }
}
