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

/**
 * Runs work that changes nothing yet, and retries it while the database restarts; a signal ends the retries at once.
 * Thread-safe.
 */
public final class ConnectRetry {

    private static final Logger log = LoggerFactory.getLogger(ConnectRetry.class);

    private final Supplier<Duration> limit;

    /**
     * @param limit how long to retry, read after the first failure; zero: no retries
     */
    public ConnectRetry(Supplier<Duration> limit) {
        this.limit = limit;
    }

    /**
     * Runs the work, repeatedly if necessary, and throws the last failure.
     *
     * @param work may be repeated
     * @throws IllegalStateException if a signal arrived between two attempts
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
            @SuppressWarnings("unchecked") // an unchecked exception passes this cast, because E is erased
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

    /** During a shutdown the JVM refuses to remove the hook, which has then already interrupted the work. */
    private static void release(Thread interrupter) {
        try {
            Runtime.getRuntime().removeShutdownHook(interrupter);
        } catch (IllegalStateException e) {
            Thread.interrupted();
            throw e;
        }
    }

    /** Reports the first failure only. */
    private final class FirstFailure implements RetryListener {

        @Override
        public void onRetryableExecution(RetryPolicy policy, Retryable<?> work, RetryState state) {
            if (!state.isSuccessful() && state.getRetryCount() == 0 && policy.shouldRetry(state.getLastException())) {
                log.warn(
                        "Retrying for {} s. {}",
                        limit.get().toSeconds(),
                        SqlErrors.sentence(state.getLastException()).orElse(""));
            }
        }
    }
}
