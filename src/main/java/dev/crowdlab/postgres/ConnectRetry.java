package dev.crowdlab.postgres;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryState;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;

/** Work before anything is changed: tried again while the database restarts, given up at once on a signal. Thread-safe. */
public final class ConnectRetry {

    private static final Logger log = LoggerFactory.getLogger(ConnectRetry.class);

    private final Supplier<Duration> limit;

    /** @param limit how long to try again, asked for after a failure; zero: never */
    public ConnectRetry(Supplier<Duration> limit) {
        this.limit = limit;
    }

    /**
     * Does the work, again and again if need be, and throws what it threw last.
     *
     * @param work may be repeated
     * @throws IllegalStateException if a signal came in between
     */
    public <T, E extends Exception> T call(Work<T, E> work) throws E {
        RetryTemplate template = new RetryTemplate(new TransientFaultPolicy(limit, System::nanoTime, () -> false));
        template.setRetryListener(new FirstFailure());
        Thread caller = Thread.currentThread();
        Thread interrupter = new Thread(caller::interrupt, "crowdlab-stop-connecting");
        Runtime.getRuntime().addShutdownHook(interrupter);
        try {
            return template.execute(work::run);
        } catch (RetryException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            @SuppressWarnings("unchecked") // or it is unchecked, which erasure lets pass
            E thrown = (E) e.getCause();
            throw thrown;
        } finally {
            release(interrupter);
        }
    }

    /** Work that may be repeated. */
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** When a signal has come the JVM refuses, and the interrupt has been heard. */
    private static void release(Thread interrupter) {
        try {
            Runtime.getRuntime().removeShutdownHook(interrupter);
        } catch (IllegalStateException e) {
            Thread.interrupted();
            throw e;
        }
    }

    /** Tells once that there is something to wait for. */
    private final class FirstFailure implements RetryListener {

        @Override
        public void onRetryableExecution(RetryPolicy policy, Retryable<?> work, RetryState state) {
            if (!state.isSuccessful() && state.getRetryCount() == 0 && policy.shouldRetry(state.getLastException())) {
                log.warn(
                        "Trying again for {} s. {}",
                        limit.get().toSeconds(),
                        SqlErrors.sentence(state.getLastException()).orElse(""));
            }
        }
    }
}
