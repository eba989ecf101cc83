package dev.crowdlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class SoftwareVersionTest {

    @Test
    void namesReleaseAndCommit() {
        Properties build = new Properties();
        build.setProperty("build.version", "0.2.0");
        build.setProperty("build.commit", "0123456789ab");

        assertThat(SoftwareVersion.of(build)).hasToString("0.2.0+0123456789ab");
    }

    @Test
    void aBuildWithoutGitHasNoCommit() {
        Properties build = new Properties();
        build.setProperty("build.version", "0.2.0");
        build.setProperty("build.commit", "${git.commit.id.abbrev}");

        assertThat(SoftwareVersion.of(build).commit()).isEqualTo("unknown");
    }

    @Test
    void theRunningProgramKnowsItsRelease() {
        assertThat(SoftwareVersion.recorded().release()).matches("\\d+\\.\\d+\\.\\d+.*");
    }
}
