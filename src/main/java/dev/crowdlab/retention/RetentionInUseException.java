package dev.crowdlab.retention;

import dev.crowdlab.text.UserProblem;

/** Another session is removing old results. */
public final class RetentionInUseException extends RuntimeException implements UserProblem {

    private static final long serialVersionUID = 1L;

    RetentionInUseException(String holder) {
        super("Old results are being removed by " + holder + "; try again when it has ended");
    }

    @Override
    public Kind kind() {
        return Kind.IN_USE;
    }
}
