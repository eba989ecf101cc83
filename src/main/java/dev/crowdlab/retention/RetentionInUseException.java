package dev.crowdlab.retention;

/** Another session is removing old results. */
public final class RetentionInUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RetentionInUseException(String holder) {
        super("Old results are being removed by " + holder + "; try again when it has ended");
    }
}
