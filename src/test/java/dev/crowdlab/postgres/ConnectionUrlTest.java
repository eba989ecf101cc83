package dev.crowdlab.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql:warehouse",
                "jdbc:postgresql:///warehouse",
                "jdbc:postgresql://localhost/warehouse",
                "jdbc:postgresql://[::1]:5433/warehouse?user=me",
                "jdbc:postgresql://a:1,b:2/warehouse?targetServerType=primary",
                "jdbc:postgresql://localhost/warehouse?user=me@there&password=a/b@c"
            })
    void whatTheDriverReadsIsTaken(String url) {
        assertThat(ConnectionUrl.problem(url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', is empty",
        "postgresql://localhost/x, does not start with jdbc:postgresql:",
        "jdbc:postgresql://me:hidden@localhost/x, names a user before the host",
        "jdbc:postgresql://localhost:hidden/x?password=hidden, is not of the form",
        "jdbc:postgresql://me:hid/den@localhost/x, names a user before the host",
        "jdbc:postgresql://me:hid?den@localhost/x, is not of the form",
        "jdbc:postgresql://localhost?password=hidden, is not of the form",
        "jdbc:postgresql://localhost:99999/x?password=hidden, is not of the form",
        "jdbc:postgresql://localhost/x?password=%zhidden, is not of the form"
    })
    void aProblemIsNamedWithoutTheUrl(String url, String problem) {
        assertThat(ConnectionUrl.problem(url).orElseThrow()).startsWith(problem).doesNotContain("hidden");
    }

    @Test
    void secretsLeaveTheUrl() {
        Properties properties = new Properties();
        properties.setProperty("password", "other");
        assertThat(ConnectionUrl.withoutSecrets(
                        "jdbc:postgresql://h/x?password=a%26b+c&user=me&sslpassword=s&sslmode=require", properties))
                .isEqualTo("jdbc:postgresql://h/x?user=me&sslmode=require");
        assertThat(properties).containsOnly(Map.entry("password", "a&b c"), Map.entry("sslpassword", "s"));
    }

    @Test
    void aUrlWithoutSecretsStaysAsItIs() {
        Properties properties = new Properties();
        for (String url :
                new String[] {"jdbc:postgresql:x", "jdbc:postgresql://h/x?", "jdbc:postgresql://h/x?a=password"}) {
            assertThat(ConnectionUrl.withoutSecrets(url, properties)).isEqualTo(url);
        }
        assertThat(properties).isEmpty();
    }
}
