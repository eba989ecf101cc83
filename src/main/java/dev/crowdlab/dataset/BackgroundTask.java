package dev.crowdlab.dataset;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Work in another thread, on data that no other thread modifies. Closing it waits for the work to end even if its
 * result is no longer needed, because it would otherwise take memory and CPU from the next dataset.
 */
final class BackgroundTask<T> implements AutoCloseable {

    private final CompletableFuture<T> work;

    BackgroundTask(Supplier<T> work) {
        this.work = CompletableFuture.supplyAsync(work);
    }

    @Override
    public void close() {
        work.handle((result, failure) -> true).join();
    }

    /** Waits for the result, or throws the failure of the work. */
    T result() {
        try {
            return work.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }
}
