package dev.crowdlab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.database.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the job every night: what it unpacks and archives, and that the job is the same with and without. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LauncherIT {

    private static final Path SCRIPT = Path.of("src", "deploy", "crowdlab").toAbsolutePath();
    private static final long LONGEST_SECONDS = 120;
    private static final int SIGTERM_STATUS = 128 + 15;

    @TempDir
    private static Path directory;

    private Warehouse warehouse;
    private Map<String, String> environment;
    private Path cache;

    @BeforeAll
    void fill() throws SQLException {
        warehouse = Warehouse.with("colours");
        cache = directory.resolve("cache");
    }

    @BeforeEach
    void connect() {
        TestDatabase database = warehouse.database();
        environment = new TreeMap<>(Map.of(
                "SPRING_DATASOURCE_URL", database.url(),
                "SPRING_DATASOURCE_USERNAME", database.user(),
                "SPRING_DATASOURCE_PASSWORD", database.password(),
                "CROWDLAB_CACHE", cache.toString(),
                "CROWDLAB_HEAP", "256m",
                "CROWDLAB_DATASETS_SLOW_ANNOTATIONSQUERY",
                        "select 'e' as example_id, 'a' as annotator_id, 'l' as label from pg_sleep(60)"));
    }

    @AfterAll
    void drop() {
        warehouse.close();
    }

    @Test
    @Order(1)
    void aFirstRunThatIsStoppedHandsOnTheSignalAndEndsAsTheJob() throws Exception {
        Process process = start("run", "--dataset", "slow");
        warehouse.await("select count(*) > 0 from pg_stat_activity where wait_event = 'PgSleep'");
        process.destroy();
        assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output()).isEqualTo(SIGTERM_STATUS);
        assertThat(warehouse.value("select status from crowdlab.run where dataset = 'slow'"))
                .isEqualTo("FAILED");
    }

    @Test
    @Order(2)
    void aRunLeavesAnArchiveWhichTheNextStartUses() throws Exception {
        delete(archives());
        assertThat(call("run", "--dataset", "colours")).as(output()).isZero();
        assertThat(output()).contains("published").doesNotContain("[warning]");
        assertThat(archives()).hasSize(1);
        Path loaded = directory.resolve("loaded.txt");
        environment.put("CROWDLAB_JAVA_OPTIONS", "-Xlog:class+load:file=loaded.txt");
        assertThat(call("run", "--dataset", "colours")).as(output()).isZero();
        assertThat(output()).contains("nothing new").doesNotContain("[warning]");
        assertThat(Files.readString(loaded))
                .containsPattern(
                        "org\\.springframework\\.boot\\.SpringApplication source: shared objects file \\(top\\)");
    }

    @Test
    @Order(3)
    void aDamagedArchiveOrNoneAtAllChangesNothing() throws Exception {
        for (Path archive : archives()) {
            assertThat(archive.toFile().setWritable(true)).isTrue();
            Files.write(archive, new byte[4_096]);
        }
        assertThat(call("run", "--dataset", "colours")).as(output()).isZero();
        assertThat(output()).contains("nothing new");
        environment.put("CROWDLAB_CACHE", "none");
        assertThat(call("run", "--dataset", "colours")).as(output()).isZero();
        assertThat(output()).contains("nothing new");
        environment.put("CROWDLAB_CACHE", "/proc/no/such/directory");
        assertThat(call("runs")).as(output()).isZero();
    }

    @Test
    @Order(4)
    void aJarThatCannotBeUnpackedLeavesNothingBehind() throws Exception {
        byte[] jar = Files.readAllBytes(Path.of("target", "crowdlab-etl.jar"));
        Path half = Files.write(directory.resolve("half.jar"), Arrays.copyOf(jar, jar.length / 2));
        environment.put("CROWDLAB_JAR", half.toString());
        List<Path> before = unpacked();
        assertThat(call("runs")).as(output()).isEqualTo(1);
        assertThat(output()).contains("half.jar");
        assertThat(unpacked()).isEqualTo(before);
    }

    @Test
    @Order(5)
    void wrongWordsAndAMissingJarAreSaid() throws Exception {
        assertThat(call("no-such-command")).isEqualTo(2);
        environment.put("CROWDLAB_JAR", directory.resolve("missing.jar").toString());
        assertThat(call("run")).isEqualTo(2);
        assertThat(output()).startsWith("crowdlab: there is no ").contains("missing.jar");
    }

    private int call(String... words) throws IOException, InterruptedException {
        Process process = start(words);
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the script did not end within " + LONGEST_SECONDS + " s");
        }
        return process.exitValue();
    }

    private Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(List.of(words));
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out.txt").toFile());
        process.environment().putAll(environment);
        return process.start();
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("out.txt"));
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    private List<Path> unpacked() throws IOException {
        try (Stream<Path> directories = Files.list(cache)) {
            return directories.sorted().toList();
        }
    }

    private static void delete(List<Path> files) throws IOException {
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
