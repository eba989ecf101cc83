package dev.crowdlab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.TestDatabase;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a release consists of: the archive, on a machine with nothing but a JVM, and what src/release/collect puts beside it. */
class ReleaseIT {

    private static final Path POM = Path.of("pom.xml");
    private static final Path CHANGES = Path.of("src/site/markdown/changes.md");
    private static final Path COLLECT = Path.of("src/release/collect");
    private static final Path SPARK_JAR = Path.of("src/spark/target/crowdlab-etl-spark.jar");
    private static final Pattern VERSION = Pattern.compile("(?m)^  <version>(.*)</version>$");
    private static final long MAX_SECONDS = 120;

    @TempDir
    private Path directory;

    @Test
    void theArchiveRunsANightInAnEmptyFolderWithAJvmAlone() throws Exception {
        String version = version();
        Path archive = Path.of("target", "crowdlab-etl-" + version + ".tar.gz").toAbsolutePath();
        call(0, directory, Map.of(), "tar", "-xzf", archive.toString());
        Path unpacked = directory.resolve("crowdlab-etl-" + version);
        try (Stream<Path> files = Files.walk(unpacked)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> unpacked.relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "bin/crowdlab",
                            "lib/crowdlab-etl.jar",
                            "completion/crowdlab.bash",
                            "completion/crowdlab.fish",
                            "deploy/airflow/crowdlab_etl.py",
                            "deploy/cron/crowdlab-etl",
                            "deploy/grafana/dashboards/annotator.json",
                            "deploy/grafana/dashboards/leads.json",
                            "deploy/grafana/dashboards/operations.json",
                            "deploy/grafana/provisioning/dashboards/crowdlab.yaml",
                            "deploy/grafana/provisioning/datasources/crowdlab.yaml",
                            "deploy/kubernetes/cronjob.yaml",
                            "deploy/mail/crowdlab-mail",
                            "deploy/systemd/crowdlab-etl.service",
                            "deploy/systemd/crowdlab-etl.timer",
                            "LICENSE.spdx",
                            "README.md",
                            "sbom.cdx.json");
        }
        assertThat(unpacked.resolve("LICENSE.spdx")).hasContent("SPDX-License-Identifier: Apache-2.0");
        assertThat(unpacked.resolve("sbom.cdx.json")).content().contains("CycloneDX", "pkg:maven/org.postgresql/");
        assertThat(unpacked.resolve("completion/crowdlab.bash")).content().contains("crowdlab", "publish");
        assertThat(unpacked.resolve("completion/crowdlab.fish")).content().contains("complete -c crowdlab");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        String program = unpacked.resolve("bin/crowdlab").toString();
        Map<String, String> jvm =
                Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", System.getProperty("java.home"), "CROWDLAB_CACHE", "none");
        assertThat(call(0, empty, jvm, program, "--version")).contains(version);
        try (Warehouse warehouse = Warehouse.with("colors")) {
            TestDatabase database = warehouse.database();
            call(
                    0,
                    empty,
                    jvm,
                    program,
                    "run",
                    "--dataset=colors",
                    "--spring.datasource.url=" + database.url(),
                    "--spring.datasource.username=" + database.user(),
                    "--spring.datasource.password=" + database.password());
            assertThat(warehouse.statuses()).containsExactly("PUBLISHED");
        }
    }

    @Test
    void everyEntryOfTheArchiveBelongsToRootAndBearsTheTimeOfTheBuild() throws Exception {
        String archive = "target/crowdlab-etl-" + version() + ".tar.gz";
        String time = Files.readString(POM)
                .transform(pom -> found(Pattern.compile("<project.build.outputTimestamp>([0-9-]*)T"), pom));
        List<String> entries = call(0, Path.of(""), Map.of("TZ", "UTC"), "tar", "--numeric-owner", "-tvzf", archive)
                .lines()
                .toList();
        assertThat(entries).hasSizeGreaterThan(5).allSatisfy(entry -> assertThat(entry)
                .contains(" 0/0 ", " " + time + " 00:00 "));
        assertThat(entries)
                .anySatisfy(entry -> assertThat(entry).startsWith("-rwxr-xr-x").endsWith("/bin/crowdlab"))
                .anySatisfy(entry -> assertThat(entry).endsWith("/README.md"))
                .anySatisfy(entry -> assertThat(entry).endsWith("/deploy/systemd/crowdlab-etl.timer"));
    }

    @Test
    void aReleaseIsCollectedWithNotesAndChecksums() throws Exception {
        String version = version();
        Path project = project();
        Path release = directory.resolve("release");
        call(0, project, Map.of(), "src/release/collect", "v" + version, release.toString());
        call(0, release, Map.of(), "sha256sum", "--check", "--strict", "SHA256SUMS");
        try (Stream<Path> files = Files.list(release)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(version, "VERSION")))
                    .containsExactlyInAnyOrder(
                            "NOTES.md",
                            "SHA256SUMS",
                            "crowdlab-etl-VERSION.tar.gz",
                            "crowdlab-etl_VERSION_all.deb",
                            "crowdlab-etl-image-VERSION.tar.gz",
                            "crowdlab-trial-VERSION.jar",
                            "crowdlab-etl-spark-VERSION.jar",
                            "crowdlab-etl-engine-VERSION.jar",
                            "crowdlab-etl-engine-VERSION-sources.jar",
                            "crowdlab-etl-engine-VERSION-javadoc.jar",
                            "crowdlab-etl-engine-VERSION.pom");
        }
        assertThat(release.resolve("NOTES.md"))
                .content()
                .startsWith("- ")
                .contains("](https://github.com/crowdlab-etl/crowdlab-etl/blob/v" + version
                        + "/src/site/markdown/checks.md")
                .doesNotContain("\n## ", "](checks.md");
        assertThat(call(0, release, Map.of(), "tar", "-tzf", "crowdlab-etl-image-" + version + ".tar.gz"))
                .contains("src/deploy/docker/Dockerfile", "target/crowdlab-etl.jar", "target/trial/crowdlab-trial.jar");
    }

    @Test
    void aTagOfAnotherVersionOrWithoutASectionOfTheChangelogIsNoRelease() throws Exception {
        Path project = project();
        String release = directory.resolve("release").toString();
        assertThat(call(2, project, Map.of(), "src/release/collect", "v9.9.9", release))
                .contains("the tag is v9.9.9, but the POM's version is " + version());
        Files.writeString(
                project.resolve(POM),
                VERSION.matcher(Files.readString(POM)).replaceFirst("  <version>9.9.9</version>"));
        assertThat(call(
                        2,
                        project,
                        Map.of(),
                        "src/release/collect",
                        "v9.9.9",
                        directory.resolve("other").toString()))
                .contains("has no section '## 9.9.9'");
    }

    /** The project as the builds leave it: links to what they made, and a file in place of Spark's jar, which a build of its own makes. */
    private Path project() throws IOException {
        Path project = Files.createDirectories(directory.resolve("project"));
        for (Path file : List.of(POM, CHANGES, COLLECT, Path.of(".dockerignore"))) {
            Files.createDirectories(project.resolve(file).getParent());
            Files.copy(file, project.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createSymbolicLink(project.resolve("target"), Path.of("target").toAbsolutePath());
        Files.createSymbolicLink(
                project.resolve("src/deploy"), Path.of("src/deploy").toAbsolutePath());
        Files.createDirectories(project.resolve(SPARK_JAR).getParent());
        Files.writeString(project.resolve(SPARK_JAR), "the job on Spark");
        return project;
    }

    private static String version() throws IOException {
        return found(VERSION, Files.readString(POM));
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(pattern.pattern()).isTrue();
        return matcher.group(1);
    }

    /** In this environment alone; without one, in the test's own. */
    private String call(int expected, Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        if (!environment.isEmpty()) {
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.environment().putIfAbsent("PATH", System.getenv("PATH"));
        }
        Process process = builder.start();
        assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isEqualTo(expected);
        return text;
    }
}
