package dev.crowdlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd and Python say of the recipes. Needs both installed, and is called with {@code -Ptools} only, as .ci/run does. */
@Tag("tools")
class RecipeToolsIT {

    private static final Path UNITS = Path.of("src", "deploy", "systemd");
    private static final long MAX_SECONDS = 120;

    /** The greatest exposure, of 100 for a service without any restriction, that is still accepted. */
    private static final int EXPOSURE = 15;

    @TempDir
    private Path directory;

    @Test
    void systemdAcceptsTheUnitsAndFindsLittleExposure() throws Exception {
        String service = Files.readString(UNITS.resolve("crowdlab-etl.service"));
        Path launcher = Path.of("src", "deploy", "crowdlab").toAbsolutePath();
        Path unit = directory.resolve("crowdlab-etl.service");
        Files.writeString(unit, service.replace("/opt/crowdlab-etl/crowdlab", launcher.toString()));
        Path timer = Files.copy(UNITS.resolve("crowdlab-etl.timer"), directory.resolve("crowdlab-etl.timer"));
        assertThat(call(0, "systemd-analyze", "verify", "--man=no", unit.toString(), timer.toString()))
                .doesNotContain("crowdlab-etl");
        String threshold = "--threshold=" + EXPOSURE;
        call(0, "systemd-analyze", "security", "--offline=true", "--no-pager", threshold, unit.toString());
        Files.writeString(unit, Files.readString(unit).replace("ProtectSystem=strict", "ProtectSystem=strictly"));
        assertThat(call(0, "systemd-analyze", "verify", "--man=no", unit.toString()))
                .as("what verify only warns of is seen")
                .contains("crowdlab-etl.service", "ProtectSystem");
    }

    @Test
    void pythonCompilesTheDag() throws Exception {
        Path dag = Files.copy(Path.of("src/deploy/airflow/crowdlab_etl.py"), directory.resolve("crowdlab_etl.py"));
        call(0, "python3", "-m", "py_compile", dag.toString());
    }

    private String call(int expected, String... command) throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isEqualTo(expected);
        return text;
    }
}
