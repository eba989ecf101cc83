package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnderWayTest {

    private final UnderWay underWay = new UnderWay();

    @AfterEach
    void theThreadIsNotInterrupted() {
        assertThat(Thread.interrupted()).isFalse();
    }

    private static Void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
            return null;
        } catch (InterruptedException e) {
            throw new CancellationException("interrupted");
        }
    }

    @Test
    void workThatMayBeInterruptedEndsAtTheSignal() throws InterruptedException {
        Thread signal = new Thread(underWay::stop);
        assertThatThrownBy(() -> underWay.interruptibly(() -> {
                    signal.start();
                    return awaitInterrupt();
                }))
                .isInstanceOf(CancellationException.class);
        signal.join();
        assertThat(underWay.isStopped()).isTrue();
    }

    @Test
    void workOfAStepsOwnThreadEndsAtTheSignal() {
        CompletableFuture<Void> step =
                CompletableFuture.supplyAsync(() -> underWay.interruptibly(UnderWayTest::awaitInterrupt));
        Thread signal = new Thread(() -> {
            while (!step.isDone()) {
                underWay.stop();
            }
        });
        signal.start();
        assertThatThrownBy(step::get).hasCauseInstanceOf(CancellationException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void workThatBeginsAfterTheSignalEndsAtOnce() {
        underWay.stop();
        assertThatThrownBy(() -> underWay.interruptibly(UnderWayTest::awaitInterrupt))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void otherWorkIsNotInterrupted() {
        underWay.interruptibly(() -> "done");
        assertThat(underWay.stop()).as("no run has begun").isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(underWay.isStopped()).isTrue();
    }
}
