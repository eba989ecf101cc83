package dev.crowdlab.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Tries again what failed because the database was lost for a while, for a time that is counted from the first such failure:
 * how long the work took before does not matter. For one piece of work of one thread.
 */
public final class TransientFaults implements RetryPolicy {

    private static final long FIRST_WAIT_MILLIS = 500;
    private static final long LONGEST_WAIT_MILLIS = 5_000;

    private final Duration limit;
    private final Clock clock;
    private final BooleanSupplier isStopped;
    private @Nullable Instant firstFailure;

    /**
     * A policy for one piece of work.
     *
     * @param limit how long to try again; zero: never
     * @param isStopped whether somebody asked to give up
     */
    public TransientFaults(Duration limit, Clock clock, BooleanSupplier isStopped) {
        this.limit = limit;
        this.clock = clock;
        this.isStopped = isStopped;
    }

    @Override
    public boolean shouldRetry(Throwable failure) {
        if (!SqlFailure.isTransient(failure) || isStopped.getAsBoolean()) {
            return false;
        }
        Instant now = clock.instant();
        if (firstFailure == null) {
            firstFailure = now;
        }
        return Duration.between(firstFailure, now).compareTo(limit) < 0;
    }

    @Override
    public BackOff getBackOff() {
        ExponentialBackOff waits = new ExponentialBackOff(FIRST_WAIT_MILLIS, 2);
        waits.setMaxInterval(LONGEST_WAIT_MILLIS);
        return waits;
    }
}
