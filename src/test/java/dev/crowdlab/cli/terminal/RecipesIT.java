package dev.crowdlab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the program finds the password where the recipes hand it over. */
class RecipesIT {

    private static final String PASSWORD = "spring.datasource.password";
    private static final String SECRET = "not-to-be-seen";

    @TempDir
    private Path directory;

    @Test
    void theServicesCredentialIsThePassword() throws Exception {
        String unit = Files.readString(Path.of("src/deploy/systemd/crowdlab-etl.service"));
        Matcher variable = Pattern.compile("(?m)^Environment=\"SPRING_CONFIG_IMPORT=(.*)\"$")
                .matcher(unit);
        assertThat(variable.find()).isTrue();
        assertThat(unit).contains("\nLoadCredential=" + PASSWORD + ":");
        Program program = program(variable.group(1)).withVariable("CREDENTIALS_DIRECTORY", directory.toString());
        Program.Result before = program.callInNewProcess(directory, "config");
        assertThat(before.exitCode()).as(before.out()).isZero();
        assertThat(before.out()).doesNotContain(PASSWORD);
        Path file = Files.writeString(directory.resolve(PASSWORD), SECRET);
        Program.Result after = program.callInNewProcess(directory, "config");
        assertThat(after.exitCode()).as(after.out()).isZero();
        assertThat(after.out()).contains(file.getFileName() + ", line 1").doesNotContain(SECRET);
    }

    /** Kubernetes mounts a secret as links to a directory that it can exchange as a whole. */
    @Test
    void aMountedSecretIsThePasswordAndAMissingMountIsReported() throws Exception {
        Path mount = directory.resolve("crowdlab-secrets");
        Program program = program("configtree:" + mount + "/");
        Program.Result missing = program.callInNewProcess(directory, "datasets");
        assertThat(missing.exitCode()).as(missing.out()).isEqualTo(ExitCode.USAGE);
        assertThat(missing.out()).contains(mount.toString());
        Path version = Files.createDirectories(mount.resolve("..2026_11_26"));
        Files.writeString(version.resolve(PASSWORD), SECRET + "\n");
        Files.createSymbolicLink(mount.resolve("..data"), version.getFileName());
        Files.createSymbolicLink(mount.resolve(PASSWORD), Path.of("..data", PASSWORD));
        Program.Result result = program.callInNewProcess(directory, "config");
        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.out())
                .contains(mount.getFileName() + "/" + PASSWORD + ", line 1")
                .doesNotContain(SECRET);
    }

    private static Program program(String configurationImport) {
        return Program.withoutDatabase().withVariable("SPRING_CONFIG_IMPORT", configurationImport);
    }
}
