package dev.crowdlab.notification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests, each four times at most, with growing pauses between. Redirects are not followed. Nothing that this class says
 * contains the address or a header. Thread-safe.
 */
public final class Delivery {

    /** How long to wait for a connection, and for an answer. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final int FIRST_SUCCESS = 200;
    private static final int FIRST_OTHER = 300;

    /** Timeout of the request, too many requests; beyond these all from 500 on. */
    private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(408, 429);

    private static final int FIRST_SERVER_ERROR = 500;

    private static @Nullable HttpClient shared;

    private final List<Duration> pauses;

    /**
     * Prepares to send; connects to nothing.
     *
     * @param pauses between attempts, one less than there are attempts
     */
    Delivery(List<Duration> pauses) {
        this.pauses = List.copyOf(pauses);
    }

    /** Prepares to send; connects to nothing. */
    Delivery() {
        this(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)));
    }

    /**
     * Makes what sending takes on a thread of its own, so that nobody has to wait for it after the runs. What goes wrong is said
     * when something is sent.
     */
    public static void prepare() {
        Thread thread = new Thread(Delivery::tryToPrepare, "crowdlab-http");
        thread.setDaemon(true);
        thread.start();
    }

    private static void tryToPrepare() {
        try {
            client();
        } catch (UncheckedIOException e) {
            // said by the first attempt
        }
    }

    /**
     * The client of all who send. HTTP/1.1, since asking for HTTP/2 takes a hundred more classes and some servers do not
     * understand the question.
     *
     * @throws UncheckedIOException if the certificates to trust cannot be read
     */
    private static synchronized HttpClient client() {
        if (shared == null) {
            shared = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(TIMEOUT)
                    .build();
        }
        return shared;
    }

    /**
     * Sends a request.
     *
     * @return empty if it was taken, which an answer from 200 to 299 says; otherwise why not, as the end of a sentence
     * @throws InterruptedException if the thread is interrupted
     */
    Optional<String> send(HttpRequest request) throws InterruptedException {
        for (Duration pause : pauses) {
            Attempt attempt = attempt(request);
            if (attempt.problem().isEmpty() || !attempt.isWorthAnother()) {
                return attempt.problem();
            }
            Thread.sleep(pause.toMillis());
        }
        return attempt(request).problem();
    }

    private Attempt attempt(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<Void> response = client().send(request, BodyHandlers.discarding());
            int status = response.statusCode();
            if (status >= FIRST_SUCCESS && status < FIRST_OTHER) {
                return new Attempt(Optional.empty(), false);
            }
            return new Attempt(
                    Optional.of("answered " + status),
                    status >= FIRST_SERVER_ERROR || WORTH_ANOTHER_TRY.contains(status));
        } catch (IOException | UncheckedIOException e) {
            return new Attempt(Optional.of("cannot be reached (" + e.getClass().getSimpleName() + ")"), true);
        }
    }

    private record Attempt(Optional<String> problem, boolean isWorthAnother) {}
}
