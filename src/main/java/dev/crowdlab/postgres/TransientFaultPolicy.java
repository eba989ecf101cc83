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
 * Retries after the database was lost for a while, for a time that starts with the first such failure; how long the
 * work had run before does not matter. For one piece of work on one thread.
 */
public final class TransientFaultPolicy implements RetryPolicy {

    private static final long FIRST_WAIT_MILLIS = 500;
    private static final long MAX_WAIT_MILLIS = 5_000;

    private final Supplier<Duration> limit;
    private final LongSupplier nanoTime;
    private final BooleanSupplier isStopped;
    private OptionalLong firstFailure = OptionalLong.empty();

    /**
     * @param limit how long to retry, read after the first failure; zero: no retries
     * @param nanoTime the clock
     * @param isStopped whether the retries should be abandoned
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
        waits.setMaxInterval(MAX_WAIT_MILLIS);
        return waits;
    }
}
