package dev.crowdlab.retention;

import dev.crowdlab.text.UserProblem;

/** Another session is removing old results, or reads those that are to be removed. */
public final class RetentionInUseException extends RuntimeException implements UserProblem {

    /** @param message who is in the way, and what to do */
    public RetentionInUseException(String message) {
        super(message);
    }

    static RetentionInUseException heldBy(String holder) {
        return new RetentionInUseException(
                "Old results are being removed by " + holder + "; try again when it has ended");
    }

    @Override
    public Kind kind() {
        return Kind.IN_USE;
    }
}
