package dev.crowdlab.plan;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits how many datasets are in memory at the same time by their expected size. A single dataset is always admitted:
 * it either fits or fails with an explanation. Thread-safe.
 */
public final class MemoryBudget {

    private static final Logger log = LoggerFactory.getLogger(MemoryBudget.class);
    private static final double SHARE = 0.7;

    private final long limit;
    private long used;
    private int count;

    /**
     * @param heapBytes the maximum heap of the JVM, part of which is reserved for everything else
     */
    public MemoryBudget(long heapBytes) {
        limit = (long) (SHARE * heapBytes);
    }

    /** Waits until the dataset fits next to those in memory. */
    public void enter(DatasetPlan plan) throws InterruptedException {
        enter(plan.settings().name(), bytes(plan));
    }

    synchronized void enter(String dataset, long bytes) throws InterruptedException {
        boolean isTold = false;
        while (count > 0 && bytes > limit - used) {
            if (!isTold) {
                isTold = true;
                log.warn(
                        "Dataset '{}' will need about {} of memory and waits for others to end; with more memory (-Xmx) it could run"
                                + " at the same time.",
                        dataset,
                        HeapLimit.amount(bytes));
            }
            wait();
        }
        used += bytes;
        count++;
    }

    /** Releases the memory of a dataset. */
    public void leave(DatasetPlan plan) {
        leave(bytes(plan));
    }

    synchronized void leave(long bytes) {
        used -= bytes;
        count--;
        notifyAll();
    }

    /** Unknown sizes count as zero; such a run fails by itself if it does not fit. */
    private static long bytes(DatasetPlan plan) {
        return plan.expected().map(plan::heapBytes).orElse(0L);
    }
}
