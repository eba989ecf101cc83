package dev.crowdlab.cli.terminal;

import dev.crowdlab.configuration.FileEncoding;
import dev.crowdlab.postgres.Causes;
import dev.crowdlab.postgres.SqlErrors;
import dev.crowdlab.run.FailureSentence;
import dev.crowdlab.text.UserProblem;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.BindException;
import org.yaml.snakeyaml.constructor.DuplicateKeyException;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The message of an exception and its exit code.
 *
 * @param sentences at least one
 * @param exitCode as in {@link ExitCode}
 */
public record ErrorReport(List<String> sentences, int exitCode) {

    /** The JVM's message when a shutdown hook is added after a signal. */
    private static final String SHUTDOWN = "Shutdown in progress";

    public static ErrorReport of(Exception e) {
        return Causes.of(e).stream()
                .flatMap(cause -> explained(cause).stream())
                .findFirst()
                .orElseGet(() -> unexplained(e));
    }

    /** A cause whose message already says what to do. */
    private static Optional<ErrorReport> explained(Throwable cause) {
        if (cause instanceof UserProblem problem) {
            return Optional.of(new ErrorReport(problem.sentences(), ExitCode.of(problem.kind())));
        }
        if (cause instanceof BindException unbound) {
            return Optional.of(usage(unbound.getName() + ": its value cannot be used here; correct it or remove it"));
        }
        if (cause instanceof YAMLException yaml) {
            return Optional.of(usage(sentence(yaml)));
        }
        return cause instanceof IllegalStateException && SHUTDOWN.equals(cause.getMessage())
                ? Optional.of(
                        new ErrorReport(List.of("Stopped by a signal, before anything was done"), ExitCode.FAILED))
                : Optional.empty();
    }

    private static ErrorReport usage(String sentence) {
        return new ErrorReport(List.of(sentence), ExitCode.USAGE);
    }

    private static ErrorReport unexplained(Exception e) {
        String sentence = FailureSentence.sentence(e);
        if (e instanceof UnreadSettingsException) {
            return usage("The settings cannot be read. " + sentence);
        }
        if (SqlErrors.isUnreachable(e)) {
            return new ErrorReport(
                    List.of(
                            "The database cannot be reached; check spring.datasource.url, username and password, and that the"
                                    + " server runs. " + sentence),
                    ExitCode.UNREACHABLE);
        }
        if (SqlErrors.isLocked(e)) {
            return new ErrorReport(List.of(sentence), ExitCode.IN_USE);
        }
        return SqlErrors.isRightMissing(e) ? usage(sentence) : new ErrorReport(List.of(sentence), ExitCode.FAILED);
    }

    /** Names the position only, since the text around it may be a password. */
    private static String sentence(YAMLException e) {
        if (e instanceof DuplicateKeyException duplicate) {
            return "application.yml cannot be read: "
                    + duplicate.getProblem().replace("found duplicate key ", "the key ") + " at line "
                    + (duplicate.getProblemMark().getLine() + 1) + " is given twice; keep one of them";
        }
        if (Causes.of(e).stream().anyMatch(CharacterCodingException.class::isInstance)) {
            return FileEncoding.firstOther(Path.of("")).orElse("application.yml")
                    + ": the file is not in UTF-8; save it in that encoding";
        }
        Mark mark = e instanceof MarkedYAMLException marked ? marked.getProblemMark() : null;
        return "application.yml cannot be read: there is a mistake"
                + (mark == null ? "" : " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                + "; check the indentation, and put values with special characters, such as @ % : #, into quotes";
    }
}
