package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.ExactMean;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.vote.VotePass;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LocalPassRunnerTest {

    private static final DataSet DATA = RandomDataSets.of(1, 200, 3);

    private static LocalPassRunner passes(int threads, int blockSize) {
        return new LocalPassRunner(new Slice(DATA.annotations(), DATA.predictions()), threads, blockSize);
    }

    /** A pass that counts nothing and does the same with every block. */
    private record Visit(Consumer<Block> visitor) implements Pass<ExactMean> {

        @Override
        public ExactMean newStatistics(Dimensions dimensions) {
            return new ExactMean();
        }

        @Override
        public void collect(Block block, ExactMean statistics) {
            visitor.accept(block);
        }
    }

    @Test
    void everyExampleIsInOneBlock() {
        for (int blockSize : new int[] {1, 7, 200, Integer.MAX_VALUE}) {
            AtomicInteger examples = new AtomicInteger();
            try (LocalPassRunner passes = passes(3, blockSize)) {
                passes.run("test", new Visit(block -> examples.addAndGet(block.to() - block.from())));
            }
            assertThat(examples).hasValue(DATA.annotations().exampleCount());
        }
    }

    @Test
    void aFailingPassFailsTheWalkWithItsCause() {
        try (LocalPassRunner passes = passes(2, 16)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> passes.run("test", new Visit(block -> {
                        throw new ArithmeticException("out of order");
                    })))
                    .withMessageContaining("out of order")
                    .withCauseInstanceOf(ArithmeticException.class);
        }
    }

    @Test
    void anInterruptWhileWaitingStopsWorkersAtTheirNextBlock() {
        Thread caller = Thread.currentThread();
        AtomicInteger blocks = new AtomicInteger();
        try (LocalPassRunner passes = passes(1, 1)) {
            assertThatThrownBy(() -> passes.run("test", new Visit(block -> {
                        blocks.incrementAndGet();
                        caller.interrupt();
                        spinUntilInterrupted();
                    })))
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
        LocalPassRunner passes = passes(1, 1);
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
                .isThrownBy(() -> passes.run("test", new Visit(block -> {
                    blocks.incrementAndGet();
                    started.countDown();
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                })));
        closer.join();
        assertThat(blocks).hasValue(1);
    }

    @Test
    void whatAFailedPassWroteIsNotKept() {
        try (LocalPassRunner passes = passes(2, 16)) {
            Slice before = passes.slice();
            assertThatIllegalStateException().isThrownBy(() -> passes.run("test", new FailingVotes()));
            assertThat(passes.slice()).isSameAs(before);
            assertThatIllegalStateException()
                    .isThrownBy(() -> before.get(Column.MAJORITY))
                    .withMessageContaining("column majority is not there");
        }
    }

    private static final class FailingVotes implements Pass<Mergeable.None> {

        @Override
        public Mergeable.None newStatistics(Dimensions dimensions) {
            return new Mergeable.None();
        }

        @Override
        public Slice open(Slice slice) {
            return new VotePass().open(slice);
        }

        @Override
        public void collect(Block block, Mergeable.None nothing) {
            throw new ArithmeticException();
        }
    }

    @Test
    void aBlockHasAtLeastOneExample() {
        assertThatIllegalArgumentException().isThrownBy(() -> passes(1, 0)).withMessageContaining("blockSize is 0");
    }
}
