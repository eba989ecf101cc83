package dev.crowdlab.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryState;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;

/** Work before anything is changed: tried again while the database restarts, given up at once on a signal. Thread-safe. */
public final class Connecting {

    private static final Logger log = LoggerFactory.getLogger(Connecting.class);

    private final Duration limit;
    private final Clock clock;

    /** @param limit how long to try again; zero: never */
    public Connecting(Duration limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** Waits until the database gives a session. */
    public void await(DataSource sessions) throws SQLException {
        call(() -> {
            try (Connection connection = sessions.getConnection()) {
                return connection.isReadOnly();
            }
        });
    }

    /**
     * Does the work, again and again if need be.
     *
     * @param work may be repeated
     * @throws SQLException if the database cannot be reached, at once or when the time is over
     * @throws IllegalStateException if a signal came in between
     */
    public <T> T call(Work<T> work) throws SQLException {
        RetryTemplate template = new RetryTemplate(new TransientFaults(limit, clock, () -> false));
        template.setRetryListener(new FirstFailure());
        Thread caller = Thread.currentThread();
        Thread interrupter = new Thread(caller::interrupt, "crowdlab-stop-connecting");
        Runtime.getRuntime().addShutdownHook(interrupter);
        try {
            return template.execute(retryable(work));
        } catch (RetryException e) {
            throw unchecked(e.getCause());
        } finally {
            release(interrupter);
        }
    }

    /** Work that may be repeated. */
    public interface Work<T> {
        T run() throws SQLException;
    }

    private static <T> Retryable<T> retryable(Work<T> work) {
        return work::run;
    }

    private static RuntimeException unchecked(Throwable cause) throws SQLException {
        if (cause instanceof SQLException sql) {
            throw sql;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
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
                        limit.toSeconds(),
                        SqlFailure.sentence(state.getLastException()).orElse(""));
            }
        }
    }
}
