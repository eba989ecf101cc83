package dev.crowdlab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A budget of 700 bytes. */
class MemoryBudgetTest {

    private final MemoryBudget budget = new MemoryBudget(1_000);

    private CompletableFuture<Void> enter(long bytes) {
        return CompletableFuture.runAsync(() -> {
            try {
                budget.enter("pets", bytes);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static boolean hasEntered(CompletableFuture<Void> entering) throws Exception {
        try {
            entering.get(100, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static void await(CompletableFuture<Void> entering) throws Exception {
        entering.get(60, TimeUnit.SECONDS);
    }

    @Test
    void asManyRunAsFit() throws Exception {
        await(enter(300));
        await(enter(400));
        CompletableFuture<Void> third = enter(1);
        assertThat(hasEntered(third)).isFalse();
        budget.leave(300);
        await(third);
    }

    @Test
    void oneAloneAlwaysRuns() throws Exception {
        await(enter(5_000));
        CompletableFuture<Void> second = enter(1);
        assertThat(hasEntered(second)).isFalse();
        budget.leave(5_000);
        await(second);
    }

    @Test
    void whatIsExpectedToTakeNothingWaitsForNobodyWithinTheBudget() throws Exception {
        await(enter(700));
        await(enter(0));
        await(enter(0));
    }
}
