package dev.crowdlab.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.crowdlab.testing.Program;
import dev.crowdlab.text.UsageException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {

    @ParameterizedTest
    @CsvSource({
        "2026-03-01, 2026-03-01T00:00:00Z",
        "' 2026-03-01 ', 2026-03-01T00:00:00Z",
        "2024-02-29, 2024-02-29T00:00:00Z",
        "2026-03-01T06:00:00Z, 2026-03-01T06:00:00Z",
        "2026-03-01T06:00:00, 2026-03-01T06:00:00Z",
        "2026-03-01 06:00, 2026-03-01T06:00:00Z",
        "2026-03-01T06:00:00.123456, 2026-03-01T06:00:00.123456Z",
        "2026-03-01T06:00:00+02:00, 2026-03-01T04:00:00Z",
        "2026-03-01 06:00-05:30, 2026-03-01T11:30:00Z",
        "2026-03-01T06:00:00+02, 2026-03-01T04:00:00Z",
        "2026-03-01T06:00:00+0200, 2026-03-01T04:00:00Z"
    })
    void momentsAreReadAsUtcUnlessTheySayOtherwise(String text, String moment) {
        assertThat(RunCommand.instant(text)).isEqualTo(Instant.parse(moment));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-3-1",
                "2026-02-30",
                "2025-02-29",
                "01.03.2026",
                "20260301",
                "2026-03-01Z",
                "2026-03-01T25:00",
                "2026-03-01T06:00:00 CET",
                "T06:00:00Z",
                "1772323200",
                "2026-03-01T06:00:00+25:00"
            })
    void nonsenseIsRefusedInOneSentence(String text) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> RunCommand.instant(text))
                .withMessage("--as-of is '" + text + "'; give a moment such as 2026-03-01 or 2026-03-01T06:00:00Z");
    }

    @Test
    void badOptionsEndWithTwoBeforeAnythingStarts() {
        Program program = Program.withoutDatabase();
        Program.Result moment = program.call("run", "--as-of", "yesterday");
        assertThat(moment.exitCode()).isEqualTo(2);
        assertThat(moment.err().strip())
                .isEqualTo("--as-of is 'yesterday'; give a moment such as 2026-03-01 or 2026-03-01T06:00:00Z");
        Program.Result parallel = program.call("run", "--parallel", "0");
        assertThat(parallel.exitCode()).isEqualTo(2);
        assertThat(parallel.err().strip()).isEqualTo("--parallel is 0; give at least 1");
    }
}
