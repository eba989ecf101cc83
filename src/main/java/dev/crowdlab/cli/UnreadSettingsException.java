package dev.crowdlab.cli;

/** Spring Boot could not read what stands in files, flags or the environment; the cause says why. */
final class UnreadSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadSettingsException(RuntimeException cause) {
        super(cause);
    }
}
