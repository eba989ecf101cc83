package dev.crowdlab.dataset;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Work that another thread does meanwhile, on what no other changes. */
final class Beside<T> {

    private final CompletableFuture<T> work;

    Beside(Supplier<T> work) {
        this.work = CompletableFuture.supplyAsync(work);
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
