package dev.crowdlab.plan;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets as many datasets be in memory at a time as will fit, by what they are expected to take. One alone always may: it either
 * fits or fails with a sentence. Thread-safe.
 */
public final class MemoryBudget {

    private static final Logger log = LoggerFactory.getLogger(MemoryBudget.class);
    private static final double SHARE = 0.7;

    private final long limit;
    private long used;
    private int count;

    /** @param heapBytes the most that the JVM will take; a part of it is left to everything else */
    public MemoryBudget(long heapBytes) {
        limit = (long) (SHARE * heapBytes);
    }

    /** Waits until the dataset fits beside those that are in memory. */
    public synchronized void enter(String dataset, long bytes) throws InterruptedException {
        boolean isTold = false;
        while (count > 0 && bytes > limit - used) {
            if (!isTold) {
                isTold = true;
                log.warn(
                        "Dataset '{}' will take about {} of memory and waits for others to end; more memory (-Xmx) would let it run"
                                + " beside them.",
                        dataset,
                        HeapLimit.amount(bytes));
            }
            wait();
        }
        used += bytes;
        count++;
    }

    /** The dataset is no longer in memory. */
    public synchronized void leave(long bytes) {
        used -= bytes;
        count--;
        notifyAll();
    }
}
