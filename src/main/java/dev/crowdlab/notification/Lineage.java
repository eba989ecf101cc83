package dev.crowdlab.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crowdlab.notification.LineageRun.End;
import dev.crowdlab.settings.LineageSettings;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Posts events of OpenLineage, in their order, in a thread of its own, so that no run waits. After one that is not
 * taken for all attempts the others are not tried. Thread-safe. Nothing that it says contains the address's path or the
 * key.
 */
public final class Lineage implements AutoCloseable {

    private final LineageSettings settings;
    private final LineageEvents events;
    private final Delivery delivery = new Delivery();
    private final ExecutorService sender = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "crowdlab-lineage");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Optional<String> problem = Optional.empty();

    /**
     * Prepares to send; connects to nothing.
     *
     * @param version of this program
     */
    public Lineage(LineageSettings settings, String version) {
        this.settings = settings;
        events = new LineageEvents(settings.namespace(), version);
    }

    /** Reports that a run begins. Returns immediately. */
    public void start(LineageRun run) {
        post(events.start(run));
    }

    /** Reports that a run ended. Returns immediately. */
    public void end(LineageRun run, End end) {
        post(events.end(run, end));
    }

    private void post(ObjectNode event) {
        sender.execute(() -> send(event));
    }

    private void send(ObjectNode event) {
        if (problem.isPresent()) {
            return;
        }
        Request request = Request.post(
                settings.url(), "application/json", event.toString().getBytes(UTF_8));
        settings.apiKey().ifPresent(key -> request.with("Authorization", "Bearer " + key));
        try {
            problem = delivery.send(request);
        } catch (InterruptedException e) {
            problem = Optional.of("was not waited for");
        }
    }

    /**
     * Waits until all events have been posted or given up.
     *
     * @return empty if all were taken; otherwise why not, as the end of a sentence
     * @throws InterruptedException if the thread is interrupted
     */
    public Optional<String> await() throws InterruptedException {
        Future<?> last = sender.submit(() -> {});
        try {
            last.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return problem;
    }

    /** Ends the thread. What has not been posted is not. */
    @Override
    public void close() {
        sender.shutdownNow();
    }
}
