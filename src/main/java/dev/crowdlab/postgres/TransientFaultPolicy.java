package dev.crowdlab.postgres;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Tries again what failed because the database was lost for a while, for a time that is counted from the first such failure:
 * how long the work took before does not matter. For one piece of work of one thread.
 */
public final class TransientFaultPolicy implements RetryPolicy {

    private static final long FIRST_WAIT_MILLIS = 500;
    private static final long LONGEST_WAIT_MILLIS = 5_000;

    private final Supplier<Duration> limit;
    private final LongSupplier nanoTime;
    private final BooleanSupplier isStopped;
    private OptionalLong firstFailure = OptionalLong.empty();

    /**
     * A policy for one piece of work.
     *
     * @param limit how long to try again, asked for after a failure; zero: never
     * @param nanoTime tells how time goes by
     * @param isStopped whether somebody asked to give up
     */
    public TransientFaultPolicy(Supplier<Duration> limit, LongSupplier nanoTime, BooleanSupplier isStopped) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.isStopped = isStopped;
    }

    @Override
    public boolean shouldRetry(Throwable failure) {
        if (!SqlErrors.isTransient(failure) || isStopped.getAsBoolean()) {
            return false;
        }
        long now = nanoTime.getAsLong();
        if (firstFailure.isEmpty()) {
            firstFailure = OptionalLong.of(now);
        }
        return Duration.ofNanos(now - firstFailure.getAsLong()).compareTo(limit.get()) < 0;
    }

    @Override
    public BackOff getBackOff() {
        ExponentialBackOff waits = new ExponentialBackOff(FIRST_WAIT_MILLIS, 2);
        waits.setMaxInterval(LONGEST_WAIT_MILLIS);
        return waits;
    }
}
