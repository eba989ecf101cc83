package dev.crowdlab.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A URL of several hosts, of which the first takes connections and says nothing. */
@Tag("slow")
class SeveralHostsIT {

    @ParameterizedTest
    @ValueSource(strings = {"sslmode=disable", "targetServerType=primary", "connectTimeout=2"})
    void theNextHostIsReached(String options) throws Exception {
        try (Warehouse warehouse = Warehouse.with("colors");
                ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = warehouse
                            .database()
                            .url()
                            .replace("postgresql://", "postgresql://127.0.0.1:" + silent.getLocalPort() + ",")
                    + "?" + options;
            // the driver remembers for a minute which hosts could not be reached, in other tests of this process, too
            assertThat(warehouse.program().call("migrate").exitCode()).isZero();
            long begun = System.nanoTime();
            Program.Result run = warehouse
                    .program()
                    .with("spring.datasource.url", url)
                    .with("crowdlab.retry", "0s")
                    .call("run");
            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).containsPattern("colors +1 +published ");
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("the silent host is not waited for by every session")
                    .isLessThan(Duration.ofSeconds(60));
        }
    }
}
