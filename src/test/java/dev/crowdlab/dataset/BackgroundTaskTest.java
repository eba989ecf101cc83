package dev.crowdlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.engine.pass.UnusableInputException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BackgroundTaskTest {

    /** The work is let go on only after the failure has happened. */
    @Test
    @SuppressWarnings("try") // it is closed, not used
    void whoFailsMeanwhileWaitsForTheWorkToEnd() {
        CountDownLatch hasFailed = new CountDownLatch(1);
        AtomicBoolean hasEnded = new AtomicBoolean();
        assertThatThrownBy(() -> {
                    try (BackgroundTask<Boolean> beside = new BackgroundTask<>(() -> work(hasFailed, hasEnded))) {
                        CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)
                                .execute(hasFailed::countDown);
                        throw new UnusableInputException("meanwhile");
                    }
                })
                .isInstanceOf(UnusableInputException.class)
                .hasMessage("meanwhile");
        assertThat(hasEnded).isTrue();
    }

    @Test
    void aFailureOfTheWorkIsItsResult() {
        assertThatThrownBy(() -> {
                    try (BackgroundTask<Boolean> beside = new BackgroundTask<>(() -> {
                        throw new IllegalStateException("the work");
                    })) {
                        beside.result();
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the work");
    }

    private static boolean work(CountDownLatch start, AtomicBoolean hasEnded) {
        try {
            assertThat(start.await(120, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        hasEnded.set(true);
        return true;
    }
}
