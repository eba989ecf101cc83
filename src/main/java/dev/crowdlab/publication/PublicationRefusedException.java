package dev.crowdlab.publication;

/** What was asked for cannot be done as asked; the message says why, and what to do. */
public final class PublicationRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PublicationRefusedException(String message) {
        super(message);
    }
}
