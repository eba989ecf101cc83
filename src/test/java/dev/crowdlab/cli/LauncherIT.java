package dev.crowdlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.TestDatabase;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the job every night: what it unpacks and archives, and that the job is the same with and without. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LauncherIT {

    private static final Path SCRIPT = Path.of("src", "deploy", "crowdlab").toAbsolutePath();
    private static final long MAX_SECONDS = 120;
    private static final int SIGTERM_STATUS = 128 + 15;

    /** What starts and ends at once is not worth the optimizing compiler. */
    private static final String JAVA_OPTIONS = "-XX:TieredStopAtLevel=1";

    /** The length of a zip file's last record, where it has the offset of the list of entries, and where an entry has its time. */
    private static final int END_RECORD = 22;

    private static final int LIST_OFFSET = 16;
    private static final int ENTRY_TIME = 12;

    @TempDir
    private static Path directory;

    private Warehouse warehouse;
    private Map<String, String> environment;
    private Path cache;

    @BeforeAll
    void fill() throws SQLException {
        warehouse = Warehouse.with("colors");
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
                "CROWDLAB_JAVA_OPTIONS", JAVA_OPTIONS,
                "CROWDLAB_DATASETS_SLOW_ANNOTATIONSQUERY",
                        "select 'e' as example_id, 'a' as annotator_id, 'l' as label from pg_sleep(60)"));
    }

    @AfterAll
    void drop() {
        warehouse.close();
    }

    @Test
    @Tag("slow")
    @Order(1)
    void aFirstRunThatIsStoppedHandsOnTheSignalAndEndsAsTheJob() throws Exception {
        Process process = start("run", "--dataset", "slow");
        warehouse.await("select count(*) > 0 from pg_stat_activity where wait_event = 'PgSleep'");
        process.destroy();
        assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output()).isEqualTo(SIGTERM_STATUS);
        assertThat(warehouse.value("select status from crowdlab.run where dataset = 'slow'"))
                .isEqualTo("FAILED");
        assertThat(archives()).isEmpty();
    }

    @Test
    @Order(2)
    void aRunLeavesAnArchiveWhichTheNextStartUses() throws Exception {
        assertThat(call("run", "--dataset", "unknown")).as(output()).isEqualTo(2);
        assertThat(archives()).isEmpty();
        assertThat(call("run", "--dataset", "colors")).as(output()).isZero();
        assertThat(output()).contains("published").doesNotContain("[warning]");
        assertThat(archives()).hasSize(1);
        Path loaded = directory.resolve("loaded.txt");
        environment.put("CROWDLAB_JAVA_OPTIONS", JAVA_OPTIONS + " -Xlog:class+load:file=loaded.txt");
        assertThat(call("run", "--dataset", "colors")).as(output()).isZero();
        assertThat(output()).contains("nothing new").doesNotContain("[warning]");
        assertThat(Files.readString(loaded))
                .containsPattern(
                        "org\\.springframework\\.boot\\.SpringApplication source: shared objects file \\(top\\)");
    }

    @Test
    @Tag("slow")
    @Order(3)
    void aDamagedArchiveOrNoneAtAllChangesNothing() throws Exception {
        for (Path archive : archives()) {
            assertThat(archive.toFile().setWritable(true)).isTrue();
            Files.write(archive, new byte[4_096]);
        }
        assertThat(call("run", "--dataset", "colors")).as(output()).isZero();
        assertThat(output()).contains("nothing new");
        environment.put("CROWDLAB_CACHE", "none");
        assertThat(call("run", "--dataset", "colors")).as(output()).isZero();
        assertThat(output()).contains("nothing new");
        environment.put("CROWDLAB_CACHE", "/proc/no/such/directory");
        assertThat(call("--version")).as(output()).isZero();
    }

    @Test
    @Order(4)
    void aJarThatCannotBeUnpackedLeavesNothingBehind() throws Exception {
        byte[] jar = Files.readAllBytes(Path.of("target", "crowdlab-etl.jar"));
        Path half = Files.write(directory.resolve("half.jar"), Arrays.copyOf(jar, jar.length / 2));
        environment.put("CROWDLAB_JAR", half.toString());
        List<Path> before = unpacked();
        assertThat(call("--version")).as(output()).isEqualTo(1);
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

    @Test
    @Order(6)
    void whatItNeedsIsSaidInOneSentence() throws Exception {
        for (String heap : List.of("lots", "3", "3gb", "0g", "07g", "-1g", "1.5g", "59m", "123456m", "10000g")) {
            environment.put("CROWDLAB_HEAP", heap);
            assertRefused("CROWDLAB_HEAP is '" + heap + "'; give a whole number with m or g");
        }
        environment.remove("CROWDLAB_HEAP");
        environment.put("JAVA_HOME", directory.toString());
        assertRefused("JAVA_HOME is '" + directory + "', where there is no bin/java");
        Path former = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
        Files.createFile(former, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"11.0.2\"\n");
        environment.put("JAVA_HOME", directory.resolve("jdk").toString());
        assertRefused(former + " is Java 11; set JAVA_HOME to a JDK or JRE, 17 or later");
        Path programs = Files.createDirectory(directory.resolve("programs"));
        for (String program : List.of("sh", "dirname", "readlink", "sed")) {
            Files.createSymbolicLink(programs.resolve(program), Path.of("/usr/bin", program));
        }
        environment.put("JAVA_HOME", "");
        environment.put("PATH", programs.toString());
        assertRefused("there is no java on the PATH");
    }

    @Test
    @Order(7)
    void withoutAHomeNothingIsKeptOrRunFromADirectoryForAll() throws Exception {
        Path forAll = Path.of("/tmp/.cache/crowdlab-etl");
        boolean wasThere = Files.exists(forAll);
        for (String variable : List.of("CROWDLAB_CACHE", "XDG_CACHE_HOME", "HOME")) {
            environment.put(variable, "");
        }
        assertThat(call("--version")).as(output()).isZero();
        assertThat(Files.exists(forAll)).isEqualTo(wasThere);
        assertThat(output()).doesNotContain("crowdlab:");
    }

    @Test
    @Tag("slow")
    @Order(8)
    void nothingIsRunFromADirectoryThatOthersCanWriteTo() throws Exception {
        assertThat(call("--version")).as(output()).isZero();
        Path copy = copyOf(cache);
        Files.writeString(copy.resolve("crowdlab-etl.jar"), "planted");
        for (Path open : List.of(cache, copy)) {
            for (String permissions : List.of("rwxrwx---", "rwx----w-")) {
                Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(permissions));
                assertStartsWithout(cache);
            }
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path link = Files.createSymbolicLink(directory.resolve("link"), cache);
        environment.put("CROWDLAB_CACHE", link.toString());
        assertStartsWithout(link);
        environment.put("CROWDLAB_CACHE", cache.toString());
        if (Files.getOwner(cache).getName().equals("root")) {
            UserPrincipal other =
                    cache.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            for (Path foreign : List.of(copy, cache)) {
                UserPrincipal own = Files.getOwner(foreign);
                Files.setOwner(foreign, other);
                assertStartsWithout(cache);
                Files.setOwner(foreign, own);
            }
        }
        assertThat(call("--version")).as("the planted jar").isEqualTo(1);
        assertThat(output()).contains("crowdlab-etl.jar");
    }

    @Test
    @Tag("slow")
    @Order(9)
    void twoFirstStartsAtOnceLeaveOneCopy() throws Exception {
        Path fresh = directory.resolve("fresh");
        environment.put("CROWDLAB_CACHE", fresh.toString());
        List<Process> starts = new ArrayList<>();
        for (String name : List.of("one", "two")) {
            Path own = Files.createDirectory(directory.resolve(name));
            starts.add(start(own, "--version"));
        }
        for (Process start : starts) {
            assertThat(start.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(start.exitValue()).isZero();
        }
        Path copy = copyOf(fresh);
        try (Stream<Path> kept = Files.list(copy)) {
            assertThat(kept.map(path -> path.getFileName().toString().replaceFirst("in-use-.*", "in-use")))
                    .contains("crowdlab-etl.jar", "lib")
                    .containsOnly("crowdlab-etl.jar", "lib", "in-use");
        }
    }

    @Test
    @Tag("slow")
    @Order(10)
    void aNewCopyTakesThePlaceOfThoseThatNoProcessUses() throws Exception {
        Path fresh = directory.resolve("fresh");
        environment.put("CROWDLAB_CACHE", fresh.toString());
        Path former = copyOf(fresh);
        String host = commandOutput("uname", "-n");
        long alive = ProcessHandle.current().pid();
        long dead = endedProcess();
        Path used = copy(fresh, "1-2-3-4");
        Files.createFile(used.resolve("in-use-" + host + "." + alive));
        Path usedElsewhere = copy(fresh, "1-2-3-5");
        Files.createFile(usedElsewhere.resolve("in-use-elsewhere." + dead));
        Path unused = copy(fresh, "1-2-3-6");
        Files.createFile(unused.resolve("in-use-" + host + "." + dead));
        Path half = Files.createDirectories(fresh.resolve("unpacking-" + host + "." + dead));
        Path growing = Files.createDirectories(fresh.resolve("unpacking-" + host + "." + alive));
        Path stranger = Files.createDirectories(fresh.resolve("thesis"));
        Path jar = Files.copy(Path.of("target", "crowdlab-etl.jar"), directory.resolve("next.jar"));
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000_000_000L));
        environment.put("CROWDLAB_JAR", jar.toString());
        assertThat(call("--version")).as(output()).isZero();
        assertThat(former).doesNotExist();
        assertThat(unused).doesNotExist();
        assertThat(half).doesNotExist();
        for (Path kept : List.of(used, usedElsewhere, growing, stranger)) {
            assertThat(kept).exists();
        }
        assertThat(call("--version")).as(output()).isZero();
    }

    private void assertRefused(String sentence) throws Exception {
        assertThat(call("run")).isEqualTo(2);
        assertThat(output()).startsWith("crowdlab: " + sentence);
        assertThat(output().lines()).hasSize(1);
    }

    @Test
    @Tag("slow")
    @Order(11)
    void anotherJarOfTheSameSizeAndTimeGetsACopyOfItsOwn() throws Exception {
        ByteBuffer jar = ByteBuffer.wrap(Files.readAllBytes(Path.of("target", "crowdlab-etl.jar")))
                .order(ByteOrder.LITTLE_ENDIAN);
        Path build = directory.resolve("build.jar");
        environment.put("CROWDLAB_JAR", build.toString());
        environment.put("CROWDLAB_CACHE", directory.resolve("builds").toString());
        cache = directory.resolve("builds");
        Files.write(build, jar.array());
        Files.setLastModifiedTime(build, FileTime.fromMillis(0));
        assertThat(call("--version")).as(output()).isZero();
        List<Path> first = unpacked();
        int list = jar.getInt(jar.capacity() - END_RECORD + LIST_OFFSET);
        jar.put(list + ENTRY_TIME, (byte) (jar.get(list + ENTRY_TIME) ^ 1));
        Files.write(build, jar.array());
        Files.setLastModifiedTime(build, FileTime.fromMillis(0));
        assertThat(call("--version")).as(output()).isZero();
        assertThat(unpacked()).hasSize(1).doesNotContainAnyElementsOf(first);
    }

    private void assertStartsWithout(Path refused) throws Exception {
        assertThat(call("--version")).as(output()).isZero();
        assertThat(output()).startsWith("crowdlab: starts without " + refused + ", which must be your own directory");
    }

    /** The only copy of the jar in a cache. */
    private static Path copyOf(Path cache) throws IOException {
        try (Stream<Path> entries = Files.list(cache)) {
            List<Path> all = entries.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static Path copy(Path cache, String name) throws IOException {
        Path made = Files.createDirectory(cache.resolve(name));
        Files.createFile(made.resolve("crowdlab-etl.jar"));
        return made;
    }

    private static String commandOutput(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static long endedProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    private int call(String... words) throws IOException, InterruptedException {
        Process process = start(words);
        if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the script did not end within " + MAX_SECONDS + " s");
        }
        return process.exitValue();
    }

    private Process start(String... words) throws IOException {
        return start(directory, words);
    }

    private Process start(Path working, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(List.of(words));
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(working.toFile())
                .redirectErrorStream(true)
                .redirectOutput(working.resolve("out.txt").toFile());
        process.environment().putAll(environment);
        return process.start();
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("out.txt"));
    }

    private List<Path> archives() throws IOException {
        if (Files.notExists(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    private List<Path> unpacked() throws IOException {
        if (Files.notExists(cache)) {
            return List.of();
        }
        try (Stream<Path> directories = Files.list(cache)) {
            return directories.sorted().toList();
        }
    }
}
