package dev.crowdlab.testing;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.crowdlab.trial.EmbeddedDatabaseStarter;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The PostgreSQL server of the tests: one for each JVM, started when first asked for, stopped with the JVM.
 *
 * <p>{@code -Dcrowdlab.test.database=testcontainers} or {@code embedded} forces the kind. Without it: PostgreSQL 17 in a
 * container where Docker runs and has the image, else the embedded PostgreSQL. One line on stderr says which.
 *
 * @param host with the port
 */
record TestServer(String host, String user, String password) {

    private static final String PROPERTY = "crowdlab.test.database";

    /** Taken out of the system's properties, where the program under test would refuse it as a setting that there is not. */
    private static final String KIND =
            Optional.ofNullable(System.clearProperty(PROPERTY)).orElse("");

    private static final List<String> IMAGES = List.of("crowdlab-test/postgres:17", "postgres:17");

    /** Without it Testcontainers looks for a helper image, and where that cannot be pulled hangs for minutes. */
    private static final String NO_REAPER = "TESTCONTAINERS_RYUK_DISABLED";

    private static final Path IN_MEMORY = Path.of("/dev/shm");

    private static final long ROOM = 4L << 30;

    private static @Nullable TestServer instance;
    private static @Nullable IllegalStateException failure;

    /** Has the property taken. */
    static String kind() {
        return KIND;
    }

    /**
     * The server, started at the first call.
     *
     * @throws IllegalStateException at every call, if no server can be had
     */
    static synchronized TestServer instance() {
        if (failure != null) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
        if (instance == null) {
            try {
                instance = start(KIND);
            } catch (IllegalStateException e) {
                failure = e;
                throw e;
            }
        }
        return instance;
    }

    String url(String database) {
        return "jdbc:postgresql://" + host + "/" + database;
    }

    void execute(String statement) {
        try (Connection connection = DriverManager.getConnection(url("postgres"), user, password);
                Statement command = connection.createStatement()) {
            command.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement + " failed on " + host + ": " + e.getMessage(), e);
        }
    }

    /** @param forced the property's value, or empty if unset */
    static TestServer start(String forced) {
        return switch (forced) {
            case "testcontainers" -> container(image("-D" + PROPERTY + "=testcontainers cannot be had"));
            case "embedded" -> embedded("forced by -D" + PROPERTY);
            case "" -> containerOrEmbedded();
            default ->
                throw new IllegalStateException("-D" + PROPERTY + "=" + forced
                        + " is unknown; use testcontainers or embedded, or leave it out.");
        };
    }

    private static TestServer containerOrEmbedded() {
        String image;
        try {
            image = image("No container");
        } catch (IllegalStateException e) {
            return embedded(e.getMessage());
        }
        return container(image);
    }

    /** The image to run; the exception's message tells why there is none. */
    private static String image(String complaint) {
        if (!"true".equals(System.getenv(NO_REAPER))) {
            throw new IllegalStateException(complaint + ": the environment lacks " + NO_REAPER + "=true.");
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException(complaint + ": Docker does not run here.");
        }
        return IMAGES.stream()
                .filter(TestServer::isPresent)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(complaint + ": Docker has none of the images " + IMAGES + "."));
    }

    private static boolean isPresent(String image) {
        try {
            DockerClientFactory.lazyClient().inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    // The container lives as long as the JVM: Testcontainers removes it in a shutdown hook.
    @SuppressWarnings("resource")
    private static TestServer container(String image) {
        PostgreSQLContainer container = new PostgreSQLContainer(
                        DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"))
                .withImagePullPolicy(name -> false)
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=300");
        container.start();
        report("PostgreSQL in a container of " + image);
        return new TestServer(
                container.getHost() + ":" + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                container.getUsername(),
                container.getPassword());
    }

    // The server lives as long as the JVM: the library stops it, and deletes its directory, in a shutdown hook.
    @SuppressWarnings("resource")
    private static TestServer embedded(String reason) {
        try {
            // Below this directory the library clears away what killed test runs left.
            Path parent = fastestDirectory().resolve("embedded-pg");
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(parent.resolve(UUID.randomUUID().toString()))
                    .setLocaleConfig("locale", "C")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .start();
            report("embedded PostgreSQL " + EmbeddedDatabaseStarter.MAJOR_VERSION + " (" + reason + ")");
            return new TestServer("127.0.0.1:" + server.getPort(), "postgres", "");
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "The tests have no database. " + reason + " The embedded PostgreSQL does not start: "
                            + e.getMessage(),
                    e);
        }
    }

    /** The file system in memory, if it has room: databases are made and dropped by the hundred. */
    private static Path fastestDirectory() throws IOException {
        return Files.isWritable(IN_MEMORY) && Files.getFileStore(IN_MEMORY).getUsableSpace() > ROOM
                ? IN_MEMORY
                : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static void report(String choice) {
        System.err.println("Tests run on " + choice);
    }
}
