package dev.crowdlab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.TestDatabase;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Debian package, in a file system of its own: installed, run as the unit runs it, upgraded, removed, purged. Needs root, dpkg and
 * systemd, and is called with {@code -Ptools} only, as .ci/run does. systemd is not started: that it accepts the units is its own tool's word.
 */
@Tag("tools")
class DebianPackageIT {

    private static final Path POM = Path.of("pom.xml");
    private static final Pattern VERSION = Pattern.compile("(?m)^  <version>(.*)</version>$");
    private static final Pattern ACCOUNT =
            Pattern.compile("(?m)^crowdlab-etl:[^:]*:(\\d+):(\\d+):.*:/usr/sbin/nologin$");
    private static final Pattern START = Pattern.compile("(?m)^ExecStart=(/.*)$");
    private static final String UNIT = "usr/lib/systemd/system/crowdlab-etl.service";
    private static final long MAX_SECONDS = 120;

    @TempDir
    private Path directory;

    /** Where the package is installed; the files of accounts and of dpkg are empty. */
    private Path root;

    private Path debian;

    @BeforeEach
    void makeAnEmptyMachine() throws Exception {
        assertThat(call(0, Map.of(), "id", "-u").strip())
                .as("this test installs a package with an account, which only root can")
                .isEqualTo("0");
        debian = Path.of("target", "crowdlab-etl_" + version() + "_all.deb").toAbsolutePath();
        root = Files.createDirectories(directory.resolve("machine"));
        for (Path folder : List.of(directory, root)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.createDirectories(root.resolve("var/lib/dpkg/info"));
        Files.createDirectories(root.resolve("var/lib/dpkg/updates"));
        Files.createFile(root.resolve("var/lib/dpkg/status"));
        Files.createDirectories(root.resolve("etc"));
        for (String accounts : List.of("passwd", "group", "shadow", "gshadow")) {
            Files.createFile(root.resolve("etc").resolve(accounts));
        }
    }

    @Test
    void theFilesBelongToRootBearTheTimeOfTheBuildAndHideTheSecrets() throws Exception {
        assertThat(call(0, Map.of(), "dpkg-deb", "--field", debian.toString()))
                .contains(
                        "Package: crowdlab-etl\n",
                        "Version: " + version().replace('-', '~') + "\n",
                        "Architecture: all\n",
                        "java17-runtime-headless");
        List<String> entries = call(0, Map.of("TZ", "UTC"), "dpkg-deb", "--contents", debian.toString())
                .lines()
                .toList();
        String time = found(Pattern.compile("<project.build.outputTimestamp>([0-9-]*)T"), Files.readString(POM));
        assertThat(entries).allSatisfy(entry -> assertThat(entry).contains(" root/root ", " " + time + " 00:00 "));
        assertThat(entries)
                .anySatisfy(entry ->
                        assertThat(entry).startsWith("-rwxr-xr-x").endsWith("./usr/share/crowdlab-etl/crowdlab"))
                .anySatisfy(entry -> assertThat(entry).endsWith("./usr/share/doc/crowdlab-etl/sbom.cdx.json"))
                .anySatisfy(
                        entry -> assertThat(entry).startsWith("drwxr-x---").endsWith("./etc/crowdlab-etl/secrets/"));
        assertThat(call(0, Map.of(), "dpkg-deb", "--info", debian.toString(), "conffiles"))
                .isEqualTo("/etc/crowdlab-etl/application.yml\n");
    }

    @Test
    void systemdAcceptsTheInstalledUnits() throws Exception {
        copyTargets();
        dpkg("--install", debian.toString());
        assertThat(call(
                        0,
                        Map.of(),
                        "systemd-analyze",
                        "verify",
                        "--man=no",
                        "--root=" + root,
                        "crowdlab-etl.service",
                        "crowdlab-etl.timer"))
                .doesNotContain("crowdlab-etl");
        Files.delete(root.resolve("usr/bin/crowdlab"));
        assertThat(call(1, Map.of(), "systemd-analyze", "verify", "--man=no", "--root=" + root, "crowdlab-etl.service"))
                .as("the unit of the package is what was verified")
                .contains("/usr/bin/crowdlab");
    }

    @Test
    void theUnitsAccountRunsANightAndNobodyElseReadsTheSettings() throws Exception {
        dpkg("--install", debian.toString());
        Matcher account = ACCOUNT.matcher(Files.readString(root.resolve("etc/passwd")));
        assertThat(account.find()).as("an account that nobody logs in with").isTrue();
        int group = Integer.parseInt(account.group(2));
        for (String path : List.of("etc/crowdlab-etl", "etc/crowdlab-etl/secrets")) {
            assertThat(Files.getAttribute(root.resolve(path), "unix:gid")).isEqualTo(group);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(path))))
                    .isEqualTo("rwxr-x---");
        }
        try (Warehouse warehouse = Warehouse.with("colors")) {
            TestDatabase database = warehouse.database();
            Files.writeString(
                    root.resolve("etc/crowdlab-etl/application.yml"), """
                    spring.datasource:
                      url: %s
                      username: %s
                    """.formatted(database.url(), database.user()));
            Path secrets = root.resolve("etc/crowdlab-etl/secrets");
            Path password = Files.writeString(secrets.resolve("spring.datasource.password"), database.password());
            Files.setAttribute(password, "unix:gid", group);
            Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r-----"));
            Path cache = Files.createDirectories(root.resolve("var/cache/crowdlab-etl"));
            Files.setAttribute(cache, "unix:uid", Integer.parseInt(account.group(1)));
            Map<String, String> environment = Map.of(
                    "JAVA_HOME", System.getProperty("java.home"),
                    "CROWDLAB_CACHE", cache.resolve("classes").toString(),
                    "SPRING_CONFIG_IMPORT", "configtree:" + secrets + "/");
            callIn(root.resolve("etc/crowdlab-etl"), environment, asUnit(account));
            assertThat(warehouse.statuses()).containsExactly("PUBLISHED");
            assertThat(cache.resolve("classes")).isNotEmptyDirectory();
        }
        String stranger =
                "setpriv --reuid=65534 --regid=65534 --clear-groups cat " + root + "/etc/crowdlab-etl/application.yml";
        assertThat(call(1, Map.of(), "sh", "-c", stranger)).contains("Permission denied");
    }

    @Test
    void anUpgradeKeepsTheSettingsARemovalTooAndAPurgeLeavesNothing() throws Exception {
        dpkg("--install", debian.toString());
        Path settings = root.resolve("etc/crowdlab-etl/application.yml");
        Files.writeString(settings, "spring.datasource.url: mine\n");
        Files.writeString(root.resolve("etc/crowdlab-etl/secrets/spring.datasource.password"), "secret");
        Files.createDirectories(root.resolve("var/cache/crowdlab-etl/classes"));
        String accounts = Files.readString(root.resolve("etc/passwd"));

        dpkg("--force-confold", "--install", newer().toString());
        assertThat(settings).hasContent("spring.datasource.url: mine");
        assertThat(settings.resolveSibling("application.yml.dpkg-dist"))
                .content()
                .contains("# new in this version");
        assertThat(root.resolve("etc/passwd")).content().isEqualTo(accounts);
        assertThat(call(0, Map.of(), "dpkg-query", "--root=" + root, "--show"))
                .contains(version().replace('-', '~') + "+1");

        dpkg("--remove", "crowdlab-etl");
        assertThat(root.resolve("usr/bin/crowdlab")).doesNotExist();
        assertThat(root.resolve(UNIT)).doesNotExist();
        assertThat(settings).hasContent("spring.datasource.url: mine");

        dpkg("--purge", "crowdlab-etl");
        assertThat(root.resolve("etc/crowdlab-etl")).doesNotExist();
        assertThat(root.resolve("var/cache/crowdlab-etl")).doesNotExist();
        assertThat(root.resolve("usr/share/crowdlab-etl")).doesNotExist();
    }

    /** What units of every machine refer to. */
    private void copyTargets() throws IOException {
        Path units = Files.createDirectories(root.resolve("usr/lib/systemd/system"));
        try (Stream<Path> targets = Files.list(Path.of("/usr/lib/systemd/system"))) {
            for (Path target :
                    targets.filter(file -> file.toString().endsWith(".target")).toList()) {
                Files.copy(target, units.resolve(target.getFileName()), LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /** The same package as another version, with other settings as its default. */
    private Path newer() throws IOException, InterruptedException {
        Path parts = directory.resolve("parts");
        call(0, Map.of(), "dpkg-deb", "--raw-extract", debian.toString(), parts.toString());
        Path control = parts.resolve("DEBIAN/control");
        Files.writeString(control, Files.readString(control).replaceFirst("(?m)^(Version: .*)$", "$1+1"));
        Path settings = parts.resolve("etc/crowdlab-etl/application.yml");
        Files.writeString(settings, Files.readString(settings) + "# new in this version\n");
        Path newer = directory.resolve("newer.deb");
        call(0, Map.of(), "dpkg-deb", "-Znone", "--root-owner-group", "--build", parts.toString(), newer.toString());
        return newer;
    }

    /** What the unit starts, as its account. */
    private List<String> asUnit(Matcher account) throws IOException {
        String start = found(START, Files.readString(root.resolve(UNIT + ".d/package.conf")));
        List<String> command = new ArrayList<>(
                List.of("setpriv", "--reuid=" + account.group(1), "--regid=" + account.group(2), "--clear-groups"));
        command.addAll(List.of((root + start).split(" ")));
        return command;
    }

    /** On the machine of this test, where nothing is installed that the package depends on. */
    private void dpkg(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("dpkg", "--root=" + root, "--force-script-chrootless", "--force-depends", "--no-triggers"));
        command.addAll(List.of(arguments));
        call(0, Map.of(), command.toArray(String[]::new));
    }

    private static String version() throws IOException {
        return found(VERSION, Files.readString(POM));
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(pattern.pattern()).isTrue();
        return matcher.group(1);
    }

    private void callIn(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        run(0, folder, environment, command);
    }

    private String call(int expected, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        return run(expected, Path.of("").toAbsolutePath(), environment, List.of(command));
    }

    private String run(int expected, Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isEqualTo(expected);
        return text;
    }
}
