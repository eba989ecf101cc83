package dev.crowdlab.job;

import dev.crowdlab.database.SqlFailure;
import dev.crowdlab.engine.InputRefusedException;
import dev.crowdlab.publish.RunLostException;

/** Says in one sentence why a run failed. */
public final class Failures {

    private Failures() {}

    /** The sentence of the cause that knows what happened. */
    public static String sentence(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InputRefusedException || cause instanceof RunLostException) {
                return String.valueOf(cause.getMessage());
            }
            innermost = cause;
        }
        String other = innermost.getMessage() == null
                ? innermost.getClass().getSimpleName()
                : innermost.getMessage().replaceAll("\\s+", " ");
        return SqlFailure.sentence(failure).orElse(other);
    }
}
