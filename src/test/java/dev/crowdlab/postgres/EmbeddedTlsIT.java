package dev.crowdlab.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Certificates;
import dev.crowdlab.testing.OwnServer;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A server that takes encrypted connections only, whose certificate is made out to localhost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedTlsIT {

    private Certificates certificates;
    private OwnServer server;

    @BeforeAll
    void startServer(@TempDir Path directory) throws Exception {
        certificates = new Certificates(directory);
        certificates.authority("authority");
        certificates.authority("stranger");
        certificates.server("localhost", "authority");
        server = OwnServer.start(
                directory.resolve("data"),
                Map.of(
                        "ssl", "on",
                        "ssl_cert_file", certificates.path("server.crt"),
                        "ssl_key_file", certificates.path("server.key")));
        server.admit("hostssl all all 127.0.0.1/32 trust\n");
    }

    @AfterAll
    void stopServer() throws Exception {
        server.close();
    }

    @Test
    void everySessionOfARunIsEncryptedAndTheServerIsWhoItShouldBe() throws SQLException {
        Program.Result run = at("localhost", "sslmode=verify-full&sslrootcert=" + certificates.path("authority.crt"))
                .with(
                        "crowdlab.datasets.d.annotations-query",
                        "select 'e' || e as example_id, 'a' || a as annotator_id, s.ssl || '-' || e % 2 as label"
                                + " from generate_series(1, 3) e, generate_series(1, 3) a, pg_stat_ssl s"
                                + " where s.pid = pg_backend_pid()")
                .call("run");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).containsPattern("d +1 +published ");
        assertThat(
                        server.value(
                                "select string_agg(distinct label, ' ' order by label) from crowdlab_bi.detailed_label_quality"))
                .isEqualTo("true-0 true-1");
    }

    @Test
    @Tag("slow")
    void aCertificateOfAnotherAuthorityIsRefused() {
        String stranger = certificates.path("stranger.crt");
        assertUnreachable(
                at("localhost", "sslmode=verify-full&sslrootcert=" + stranger),
                "The database of spring.datasource.url cannot be reached: the server's certificate is signed by none of"
                        + " the authorities in sslrootcert (" + stranger + ")");
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() {
        assertUnreachable(
                at("127.0.0.1", "sslmode=verify-full&sslrootcert=" + certificates.path("authority.crt")),
                "The database of spring.datasource.url cannot be reached: the server's certificate is not issued for the"
                        + " host of the URL (127.0.0.1)");
    }

    @Test
    void anUnencryptedSessionIsNotToBeHad() {
        assertUnreachable(
                at("localhost", "sslmode=disable"),
                "The database of spring.datasource.url cannot be reached: it may accept encrypted connections only, but the"
                        + " URL says sslmode=disable");
    }

    @Test
    @Tag("slow")
    void aMissingFileOfAuthoritiesIsNamed() {
        assertUnreachable(
                at("localhost", "sslmode=verify-full&sslrootcert=" + certificates.path("missing.crt")),
                "The database cannot be reached; check spring.datasource.url, username and password, and that the server runs."
                        + " PostgreSQL: Could not open SSL root certificate file "
                        + certificates.path("missing.crt"));
    }

    @Test
    @Tag("slow")
    void theSourceIsNamedIfItsCertificateIsRefused() {
        try (Warehouse results = Warehouse.empty()) {
            Program program = Program.on(results.database())
                    .with(
                            "crowdlab.source.url",
                            server.url("localhost") + "?user=postgres&sslmode=verify-full&sslrootcert="
                                    + certificates.path("stranger.crt"))
                    .with(
                            "crowdlab.datasets.d.annotations-query",
                            "select 1 as example_id, 1 as annotator_id, 1 as label");
            assertThat(program.call("migrate").exitCode()).isZero();
            assertUnreachable(
                    program, "The database of crowdlab.source.url cannot be reached: the server's certificate");
        }
    }

    private Program at(String host, String parameters) {
        return Program.withoutDatabase()
                .with("spring.datasource.url", server.url(host) + "?" + parameters)
                .with("spring.datasource.username", "postgres");
    }

    private static void assertUnreachable(Program program, String beginning) {
        Program.Result result = program.call("run");
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(5);
        assertThat(result.err().lines()).as(result.err()).hasSize(1);
        assertThat(result.err()).startsWith(beginning);
    }
}
