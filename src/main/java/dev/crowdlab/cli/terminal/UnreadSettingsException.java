package dev.crowdlab.cli.terminal;

/** Spring Boot could not read files, flags or environment variables; the cause says why. */
public final class UnreadSettingsException extends RuntimeException {

    public UnreadSettingsException(RuntimeException cause) {
        super(cause);
    }
}
