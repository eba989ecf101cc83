package dev.crowdlab.cli;

/** The program was asked for something that it cannot do as asked; the message says what to do. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
