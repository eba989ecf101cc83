package dev.crowdlab.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.postgres.UrlOptions.Use;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlOptionsTest {

    private static final String URL = "jdbc:postgresql://localhost/x?";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslmode=verify-full&sslrootcert=/ca.crt",
                "sslmode=REQUIRE",
                "user=me&password=secret",
                "connectTimeout=3&loginTimeout=9&socketTimeout=60&tcpKeepAlive=false",
                "targetServerType=primary&hostRecheckSeconds=5",
                "currentSchema=tasks",
                "options=-c%20search_path=tasks%20-c%20work_mem=64MB",
                "requireAuth=scram-sha-256",
                "socketFactory=com.example.Factory&instance=a"
            })
    void whatTheDriverHonorsIsTaken(String options) {
        assertThat(UrlOptions.problem(URL + options, Use.RESULTS_AND_QUERIES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sslMode=verify-full, 'has the option sslMode, which the driver does not know; sslmode may be meant'",
        "foo=hidden, 'has the option foo, which the driver does not know; remove it, or correct its name'",
        "sslmode=hidden, 'sets sslmode to a value that is none of disable, allow, prefer, require, verify-ca, verify-full;"
                + " correct it'",
        "targetServerType=hidden, sets targetServerType to a value that is none of any",
        "gssEncMode=hidden, sets gssEncMode to a value that is none of disable",
        "channelBinding=hidden, sets channelBinding to a value that is none of disable",
        "sslNegotiation=hidden, sets sslNegotiation to a value that is none of postgres",
        "ApplicationName=me, sets ApplicationName",
        "loggerLevel=TRACE, sets loggerLevel",
        "replication=database, sets replication",
        "readOnly=true, sets readOnly",
        "targetServerType=preferSecondary, sets targetServerType",
        "options=-c%20statement_timeout=5s, sets statement_timeout in options",
        "options=-c%20work_mem=1MB%20--timezone=CET, sets timezone in options",
        "options=-cdefault-transaction-isolation=serializable, sets default_transaction_isolation in options",
        "options=-c%20crowdlab.as_of=x, sets crowdlab.as_of in options",
        "options=-c%20role=other, sets role in options"
    })
    void whatWouldBeIgnoredIsRefused(String options, String problem) {
        assertThat(UrlOptions.problem(URL + options, Use.RESULTS_AND_QUERIES).orElseThrow())
                .startsWith(problem)
                .doesNotContain("hidden");
    }

    @Test
    void whatADatabaseMayBeToldDependsOnItsUse() {
        for (String option : new String[] {"readOnly=true", "targetServerType=secondary", "options=-c%20role=other"}) {
            assertThat(UrlOptions.problem(URL + option, Use.QUERIES)).isEmpty();
            assertThat(UrlOptions.problem(URL + option, Use.RESULTS)).isPresent();
        }
        for (String option : new String[] {"currentSchema=tasks", "options=-c%20search_path=tasks"}) {
            assertThat(UrlOptions.problem(URL + option, Use.QUERIES)).isEmpty();
            assertThat(UrlOptions.problem(URL + option, Use.RESULTS)).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "sslmode=disable, false",
        "sslmode=prefer, false",
        "sslmode=nonsense, false",
        "sslmode=require, true",
        "sslmode=verify-ca, true",
        "sslmode=verify-full, true",
        "ssl=true, true",
        "sslmode=disable&gssEncMode=require, true"
    })
    void onlySomeModesDemandEncryption(String options, boolean demanded) {
        Properties given = UrlOptions.given(URL + options);
        assertThat(UrlOptions.demandEncryption(given)).isEqualTo(demanded);
    }
}
