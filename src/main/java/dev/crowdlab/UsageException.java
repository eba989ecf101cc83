package dev.crowdlab;

/** The program was asked for something that it cannot do as asked; the message says what to do. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
