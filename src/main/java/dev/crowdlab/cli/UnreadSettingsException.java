package dev.crowdlab.cli;

/** Spring Boot could not read files, flags or environment variables; the cause says why. */
final class UnreadSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadSettingsException(RuntimeException cause) {
        super(cause);
    }
}
