package dev.crowdlab.run;

import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.postgres.Causes;
import dev.crowdlab.postgres.SqlErrors;

/** Explains in one sentence why a run failed. */
public final class FailureSentence {

    private FailureSentence() {}

    /** Returns the message of the most specific cause. */
    public static String sentence(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable cause : Causes.of(failure)) {
            if (cause instanceof UnusableInputException || cause instanceof RunLostException) {
                return String.valueOf(cause.getMessage());
            }
            innermost = cause;
        }
        String other = innermost.getMessage() == null
                ? innermost.getClass().getSimpleName()
                : innermost.getMessage().replaceAll("\\s+", " ");
        return SqlErrors.sentence(failure).orElse(other);
    }
}
