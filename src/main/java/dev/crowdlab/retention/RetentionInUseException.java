package dev.crowdlab.retention;

/** Somebody else removes old results at this moment. */
public final class RetentionInUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RetentionInUseException(String holder) {
        super("Old results are being removed by " + holder + "; try again when it has ended");
    }
}
