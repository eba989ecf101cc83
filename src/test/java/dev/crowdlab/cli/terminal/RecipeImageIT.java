package dev.crowdlab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.TestDatabase;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job's image, built and run. Needs Docker, the packaged jars, and in the variable {@code JAVA_IMAGE} the name of an image
 * with a JDK; called with {@code -Pimage} only, as .ci/run does.
 */
@Tag("image")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecipeImageIT {

    private static final String IMAGE = "crowdlab-test/etl";
    private static final long MAX_SECONDS = 240;

    /** What Docker says if the program of a container is missing. */
    private static final int NO_SUCH_PROGRAM = 127;

    @TempDir
    private static Path directory;

    private Warehouse warehouse;
    private Path secrets;

    @BeforeAll
    void build() throws Exception {
        warehouse = Warehouse.with("colors");
        secrets = Files.createDirectories(directory.resolve("secrets"));
        Path password = secrets.resolve("spring.datasource.password");
        Files.writeString(password, warehouse.database().password());
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rwxr-xr-x"));
        String java = String.valueOf(System.getenv("JAVA_IMAGE"));
        assertThat(java).as("the variable JAVA_IMAGE").isNotEqualTo("null");
        Output output = docker(
                "build", "--build-arg", "JAVA_IMAGE=" + java, "-f", "src/deploy/docker/Dockerfile", "-t", IMAGE, ".");
        assertThat(output.exitCode).as(output.text).isZero();
    }

    @AfterAll
    void drop() throws Exception {
        warehouse.close();
        docker("rmi", IMAGE);
    }

    @Test
    void itRunsTheDatasetsWithoutRightsFromItsArchiveOfClasses() throws Exception {
        Output first = run();
        assertThat(first.exitCode).as(first.text).isZero();
        assertThat(first.text).contains("published").doesNotContain("[warning]", "[error]");
        String java = "/opt/crowdlab/java/bin/java";
        Output classes = docker(container(
                "--entrypoint=" + java,
                IMAGE,
                "-XX:SharedArchiveFile=/opt/crowdlab/classes.jsa",
                "@/opt/crowdlab/java.options",
                "-Xlog:class+load:stdout",
                "-jar",
                "/opt/crowdlab/app/crowdlab-etl.jar",
                "datasets"));
        assertThat(classes.exitCode).as(classes.text).isZero();
        assertThat(classes.text).containsPattern("SpringApplication source: shared objects file \\(top\\)");
    }

    @Test
    void itExitsAsTheProgramAndUnderstandsOtherLetters() throws Exception {
        Output unknown = run("run", "--dataset", "größe");
        assertThat(unknown.exitCode).as(unknown.text).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.text).contains("'größe'");
    }

    @Test
    void itHasNoShell() throws Exception {
        assertThat(docker(container("--entrypoint=/bin/sh", IMAGE, "-c", "true")).exitCode)
                .isEqualTo(NO_SUCH_PROGRAM);
    }

    private Output run(String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(IMAGE));
        words.addAll(List.of(arguments));
        return docker(container(words.toArray(String[]::new)));
    }

    private String[] container(String... words) {
        TestDatabase database = warehouse.database();
        List<String> all = new ArrayList<>(List.of(
                "run",
                "--rm",
                "--network=host",
                "--read-only",
                "--cap-drop=ALL",
                "--memory=512m",
                "--security-opt=no-new-privileges",
                "--env=SPRING_DATASOURCE_URL=" + database.url(),
                "--env=SPRING_DATASOURCE_USERNAME=" + database.user(),
                "--volume=" + secrets + ":/run/secrets:ro"));
        all.addAll(List.of(words));
        return all.toArray(String[]::new);
    }

    private record Output(int exitCode, String text) {}

    private static Output docker(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        Path file = directory.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(file.toFile())
                .start();
        if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(String.join(" ", command) + " took longer than " + MAX_SECONDS + " s");
        }
        return new Output(process.exitValue(), Files.readString(file));
    }
}
