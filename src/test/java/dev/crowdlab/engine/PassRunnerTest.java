package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PassRunnerTest {

    private static final DataSet DATA = RandomDataSets.of(1, 200, 3);

    private static Options options(int threads, int blockSize) {
        return Options.defaults().withWorkers(threads, blockSize);
    }

    private static PassRunner passes(Options options) {
        return new PassRunner(DATA.annotations(), DATA.predictions(), options);
    }

    @Test
    void everyExampleIsInOneBlock() {
        for (int blockSize : new int[] {1, 7, 200, Integer.MAX_VALUE}) {
            AtomicInteger examples = new AtomicInteger();
            try (PassRunner passes = passes(options(3, blockSize))) {
                passes.run("test", ExactMean::new, (block, sum) -> examples.addAndGet(block.to() - block.from()));
            }
            assertThat(examples).hasValue(DATA.annotations().exampleCount());
        }
    }

    @Test
    void aFailingPassFailsTheWalkWithItsCause() {
        try (PassRunner passes = passes(options(2, 16))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> passes.run("test", ExactMean::new, (block, sum) -> {
                        throw new ArithmeticException("out of order");
                    }))
                    .withMessageContaining("out of order")
                    .withCauseInstanceOf(ArithmeticException.class);
        }
    }

    @Test
    void anInterruptWhileWaitingStopsWorkersAtTheirNextBlock() {
        Thread caller = Thread.currentThread();
        AtomicInteger blocks = new AtomicInteger();
        try (PassRunner passes = passes(options(1, 1))) {
            assertThatThrownBy(() -> passes.run("test", ExactMean::new, (block, sum) -> {
                        blocks.incrementAndGet();
                        caller.interrupt();
                        spinUntilInterrupted();
                    }))
                    .isInstanceOf(CancellationException.class);
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(blocks).hasValue(1);
    }

    private static void spinUntilInterrupted() {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void closingStopsWorkersAtTheirNextBlock() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        AtomicInteger blocks = new AtomicInteger();
        PassRunner passes = passes(options(1, 1));
        Thread closer = new Thread(() -> {
            try {
                started.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            passes.close();
        });
        closer.start();
        assertThatIllegalStateException()
                .isThrownBy(() -> passes.run("test", ExactMean::new, (block, sum) -> {
                    blocks.incrementAndGet();
                    started.countDown();
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                }));
        closer.join();
        assertThat(blocks).hasValue(1);
    }
}
