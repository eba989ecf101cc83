package dev.crowdlab.dataset;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Work that another thread does meanwhile, on what no other changes. Closing it waits for its end, also where the result is no
 * longer wanted: it would take memory and processors from the next dataset.
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

    /** Waits for the result, or fails as the work has failed. */
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
