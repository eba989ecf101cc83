package dev.crowdlab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.postgres.DatabaseInUseException;
import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.text.UsageException;
import dev.crowdlab.text.UserProblem;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorReportTest {

    private static ErrorReport explain(Exception cause) {
        return ErrorReport.of(new IllegalStateException("a bean could not be made", cause));
    }

    @Test
    void settingsAreUsage() {
        assertThat(explain(new InvalidSettingsException(List.of("a: wrong", "b: wrong"))))
                .isEqualTo(new ErrorReport(List.of("a: wrong", "b: wrong"), 2));
        assertThat(explain(new UsageException("Give a number.")))
                .isEqualTo(new ErrorReport(List.of("Give a number."), 2));
    }

    @Test
    void whatTheUserCanPutRightTellsItsOwnExitCode() {
        for (UserProblem.Kind kind : UserProblem.Kind.values()) {
            assertThat(explain(new SQLException("lost", new Problem(kind))))
                    .isEqualTo(new ErrorReport(List.of("Do this."), ExitCode.of(kind)));
        }
        assertThat(explain(new DatabaseInUseException("Wait.", new Problem(UserProblem.Kind.USAGE))))
                .isEqualTo(new ErrorReport(List.of("Wait."), 4));
    }

    private static final class Problem extends RuntimeException implements UserProblem {

        private final Kind kind;

        Problem(Kind kind) {
            super("Do this.");
            this.kind = kind;
        }

        @Override
        public Kind kind() {
            return kind;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "28P01", "57P03", "3D000"})
    void aDatabaseThatGivesNoSessionIsUnreachable(String state) {
        ErrorReport explanation = explain(new SQLException("no way", state));
        assertThat(explanation.exitCode()).isEqualTo(5);
        assertThat(explanation.sentences())
                .containsExactly(
                        "The database cannot be reached; check spring.datasource.url, username and password, and that"
                                + " the server runs. PostgreSQL: no way");
    }

    @Test
    void allElseFailed() {
        assertThat(explain(new SQLException("no such\n  table", "42P01")))
                .isEqualTo(new ErrorReport(List.of("PostgreSQL: no such table"), 1));
        assertThat(explain(new UnusableInputException("Too large.")))
                .isEqualTo(new ErrorReport(List.of("Too large."), 1));
        assertThat(ErrorReport.of(new NullPointerException()))
                .isEqualTo(new ErrorReport(List.of("NullPointerException"), 1));
    }
}
