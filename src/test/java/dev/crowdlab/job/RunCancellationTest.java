package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.settings.DatasetSettings;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunCancellationTest {

    private final RunCancellation cancellation = new RunCancellation(DatasetSettings.builtIn("pets"));

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
        Thread signal = new Thread(() -> cancellation.stop("stopped"));
        assertThatThrownBy(() -> cancellation.interruptibly(() -> {
                    signal.start();
                    return awaitInterrupt();
                }))
                .isInstanceOf(CancellationException.class);
        signal.join();
        assertThat(cancellation.isStopped()).isTrue();
    }

    @Test
    void workOfAStepsOwnThreadEndsAtTheSignal() {
        CompletableFuture<Void> step =
                CompletableFuture.supplyAsync(() -> cancellation.interruptibly(RunCancellationTest::awaitInterrupt));
        Thread signal = new Thread(() -> {
            while (!step.isDone()) {
                cancellation.stop("stopped");
            }
        });
        signal.start();
        assertThatThrownBy(step::get).hasCauseInstanceOf(CancellationException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void workThatBeginsAfterTheSignalEndsAtOnce() {
        cancellation.stop("stopped");
        assertThatThrownBy(() -> cancellation.interruptibly(RunCancellationTest::awaitInterrupt))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void otherWorkIsNotInterrupted() {
        cancellation.interruptibly(() -> "done");
        assertThat(cancellation.stop("stopped")).as("no run has begun").isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(cancellation.isStopped()).isTrue();
    }

    private static RunCancellation limitedTo(Duration timeout) {
        DatasetSettings pets = DatasetSettings.builtIn("pets");
        return new RunCancellation(
                new DatasetSettings("pets", null, null, pets.inputRules(), pets.methods(), pets.checks(), timeout));
    }

    @Test
    void whatTakesLongerThanItMayIsOverdue() {
        assertThat(limitedTo(Duration.ofNanos(1)).overdue())
                .hasValue("The run was canceled because it took longer than 1 second; see what it waited for, or raise"
                        + " crowdlab.datasets.pets.timeout");
        assertThat(limitedTo(Duration.ofHours(1)).overdue()).isEmpty();
        assertThat(limitedTo(Duration.ZERO).overdue()).as("without limit").isEmpty();
    }

    @Test
    void theTimeThatIsSpentWaitingForOthersDoesNotCount() throws InterruptedException {
        RunCancellation patient = limitedTo(Duration.ofMillis(500));
        patient.waitForOthers(() -> {
            Thread.sleep(600);
            assertThat(patient.overdue()).isEmpty();
        });
        assertThat(patient.overdue()).isEmpty();
    }

    @Test
    void waitingForOthersEndsWithTheRun() {
        assertThatThrownBy(() -> cancellation.waitForOthers(() -> {
                    cancellation.stop("stopped");
                    new CountDownLatch(1).await();
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(cancellation.stopped())
                .get()
                .extracting(Throwable::getMessage)
                .isEqualTo("stopped");
    }

    @Test
    void theFirstReasonStays() {
        cancellation.workIn("sessions");
        assertThat(cancellation.stop("first")).hasValue("sessions");
        assertThat(cancellation.stop("second")).hasValue("sessions");
        assertThat(cancellation.stopped())
                .get()
                .extracting(Throwable::getMessage)
                .isEqualTo("first");
    }
}
