package dev.crowdlab.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Certificates;
import dev.crowdlab.testing.OwnServer;
import dev.crowdlab.testing.Program;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that asks for the password itself, as those do that log in by LDAP, PAM or a token. */
@Tag("slow")
class EmbeddedClearPasswordIT {

    @Test
    void aPasswordIsGivenOverMandatoryEncryptionOnly(@TempDir Path directory) throws Exception {
        Certificates certificates = new Certificates(directory);
        certificates.authority("authority");
        certificates.server("localhost", "authority");
        Map<String, String> settings = Map.of(
                "ssl",
                "on",
                "ssl_cert_file",
                certificates.path("server.crt"),
                "ssl_key_file",
                certificates.path("server.key"));
        try (OwnServer server = OwnServer.start(directory.resolve("data"), settings)) {
            server.execute("create role deployer superuser login password 'hidden-word'");
            server.admit("host all postgres all trust\nhost all deployer all password\n");
            for (String options : new String[] {"", "?sslmode=disable", "?sslmode=prefer"}) {
                Program.Result refused = migrate(server, options);
                assertThat(refused.exitCode()).as(refused.err()).isEqualTo(5);
                assertThat(refused.err().lines()).hasSize(1);
                assertThat(refused.err())
                        .startsWith("The database of spring.datasource.url cannot be reached: the server asks for the"
                                + " password in clear")
                        .doesNotContain("hidden-word");
            }
            for (String options : new String[] {
                "?sslmode=require",
                "?sslmode=verify-full&sslrootcert=" + certificates.path("authority.crt"),
                "?sslmode=disable&requireAuth=password"
            }) {
                Program.Result taken = migrate(server, options);
                assertThat(taken.exitCode()).as(options + taken.err()).isZero();
            }
        }
    }

    private static Program.Result migrate(OwnServer server, String options) {
        return Program.withoutDatabase()
                .with("spring.datasource.url", server.url("localhost") + options)
                .with("spring.datasource.username", "deployer")
                .with("spring.datasource.password", "hidden-word")
                .call("migrate");
    }
}
