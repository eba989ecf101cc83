package dev.crowdlab.notification;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sends requests, each four times at most, with growing pauses between. Redirects are not followed. Nothing that this
 * class says contains the address or a header. Thread-safe.
 */
final class Delivery {

    /** How long an attempt may take, from connecting to the answer. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final int FIRST_SUCCESS = 200;
    private static final int FIRST_OTHER = 300;

    /** Timeout of the request, too many requests; beyond these all from 500 on. */
    private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(408, 429);

    private static final int FIRST_SERVER_ERROR = 500;

    private final List<Duration> pauses;
    private final Duration timeout;

    /**
     * Prepares to send; connects to nothing.
     *
     * @param pauses between attempts, one less than there are attempts
     */
    Delivery(List<Duration> pauses) {
        this(pauses, TIMEOUT);
    }

    /** The same, with attempts that take no longer than {@code timeout}. */
    Delivery(List<Duration> pauses, Duration timeout) {
        this.pauses = List.copyOf(pauses);
        this.timeout = timeout;
    }

    /** Prepares to send; connects to nothing. */
    Delivery() {
        this(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)));
    }

    /**
     * Sends a request.
     *
     * @return empty if it was taken, which an answer from 200 to 299 says; otherwise why not, as the end of a sentence
     * @throws InterruptedException if the thread is interrupted
     */
    Optional<String> send(Request request) throws InterruptedException {
        for (Duration pause : pauses) {
            Attempt attempt = attempt(request);
            if (attempt.problem().isEmpty() || !attempt.isWorthAnother()) {
                return attempt.problem();
            }
            Thread.sleep(pause.toMillis());
        }
        return attempt(request).problem();
    }

    private Attempt attempt(Request request) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            int status = request.send(timeout);
            if (status >= FIRST_SUCCESS && status < FIRST_OTHER) {
                return new Attempt(Optional.empty(), false);
            }
            return new Attempt(
                    Optional.of(status < 0 ? "gave no HTTP answer" : "answered " + status),
                    status >= FIRST_SERVER_ERROR || WORTH_ANOTHER_TRY.contains(status));
        } catch (IOException e) {
            return new Attempt(Optional.of("cannot be reached (" + e.getClass().getSimpleName() + ")"), true);
        } catch (IllegalArgumentException e) {
            return new Attempt(Optional.of("cannot be sent to: its address or a header is not valid"), false);
        }
    }

    private record Attempt(Optional<String> problem, boolean isWorthAnother) {}
}
