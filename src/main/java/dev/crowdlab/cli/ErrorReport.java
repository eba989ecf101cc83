package dev.crowdlab.cli;

import dev.crowdlab.postgres.DatabaseException;
import dev.crowdlab.postgres.SqlErrors;
import dev.crowdlab.postgres.UnsuitableServerException;
import dev.crowdlab.publication.PublicationRefusedException;
import dev.crowdlab.retention.RetentionInUseException;
import dev.crowdlab.runs.DatasetInUseException;
import dev.crowdlab.runs.FailureSentence;
import dev.crowdlab.settings.InvalidSettingsException;
import java.util.List;
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
record ErrorReport(List<String> sentences, int exitCode) {

    /** The JVM's message when a shutdown hook is added after a signal. */
    private static final String SHUTDOWN = "Shutdown in progress";

    static ErrorReport of(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            List<String> settings = problems(cause);
            if (!settings.isEmpty()) {
                return new ErrorReport(settings, ExitCode.USAGE);
            }
            if (cause instanceof IllegalStateException && SHUTDOWN.equals(cause.getMessage())) {
                return new ErrorReport(List.of("Stopped by a signal, before anything was done"), ExitCode.FAILED);
            }
            if (cause instanceof DatabaseException database) {
                return new ErrorReport(List.of(String.valueOf(cause.getMessage())), exitCode(database.kind()));
            }
            if (cause instanceof DatasetInUseException || cause instanceof RetentionInUseException) {
                return new ErrorReport(List.of(String.valueOf(cause.getMessage())), ExitCode.IN_USE);
            }
            if (cause instanceof UnsuitableServerException
                    || cause instanceof UsageException
                    || cause instanceof PublicationRefusedException) {
                return new ErrorReport(List.of(String.valueOf(cause.getMessage())), ExitCode.USAGE);
            }
        }
        if (e instanceof UnreadSettingsException) {
            return new ErrorReport(
                    List.of("The settings cannot be read. " + FailureSentence.sentence(e)), ExitCode.USAGE);
        }
        if (SqlErrors.isWithoutConnection(e)) {
            return new ErrorReport(List.of(FailureSentence.sentence(e)), ExitCode.UNREACHABLE);
        }
        if (SqlErrors.isUnreachable(e)) {
            return new ErrorReport(
                    List.of(
                            "The database cannot be reached; check spring.datasource.url, username and password, and that the"
                                    + " server runs. " + FailureSentence.sentence(e)),
                    ExitCode.UNREACHABLE);
        }
        return new ErrorReport(List.of(FailureSentence.sentence(e)), ExitCode.FAILED);
    }

    private static int exitCode(DatabaseException.Kind kind) {
        return switch (kind) {
            case USAGE -> ExitCode.USAGE;
            case IN_USE -> ExitCode.IN_USE;
            case UNREACHABLE -> ExitCode.UNREACHABLE;
        };
    }

    /** Returns the problems of the settings, if they are the cause. */
    private static List<String> problems(Throwable cause) {
        if (cause instanceof InvalidSettingsException invalid) {
            return invalid.problems();
        }
        if (cause instanceof BindException unbound) {
            return List.of(unbound.getName() + ": its value cannot be used here; correct it or remove it");
        }
        return cause instanceof YAMLException yaml ? List.of(sentence(yaml)) : List.of();
    }

    /** Names the position only, since the text around it may be a password. */
    private static String sentence(YAMLException e) {
        if (e instanceof DuplicateKeyException duplicate) {
            return "application.yml cannot be read: "
                    + duplicate.getProblem().replace("found duplicate key ", "the key ") + " at line "
                    + (duplicate.getProblemMark().getLine() + 1) + " is given twice; keep one of them";
        }
        Mark mark = e instanceof MarkedYAMLException marked ? marked.getProblemMark() : null;
        return "application.yml cannot be read: there is a mistake"
                + (mark == null ? "" : " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                + "; check the indentation, and put values with special characters, such as @ % : #, into quotes";
    }
}
