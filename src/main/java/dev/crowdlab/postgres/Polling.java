package dev.crowdlab.postgres;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for conditions that can only be polled. */
public final class Polling {

    private static final long FIRST_INTERVAL_MILLIS = 2;
    private static final long MAX_INTERVAL_MILLIS = 50;

    private Polling() {}

    /**
     * Waits until a condition holds, checking it after 2 ms, then at growing intervals, in the end twenty times a
     * second.
     *
     * @return false if it does not hold in time, or if the thread is interrupted, in which case its interrupt status
     *     stays set
     */
    public static boolean until(BooleanSupplier condition, Duration longest) {
        long start = System.nanoTime();
        long interval = FIRST_INTERVAL_MILLIS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > longest.toNanos()) {
                return false;
            }
            try {
                Thread.sleep(interval);
                interval = Math.min(2 * interval, MAX_INTERVAL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /**
     * Does the same even if the thread is interrupted meanwhile; its interrupt status is then set in the end.
     *
     * @return false if the condition does not hold in time
     */
    public static boolean uninterruptedly(BooleanSupplier condition, Duration longest) {
        long start = System.nanoTime();
        boolean wasInterrupted = false;
        try {
            while (!until(condition, longest.minusNanos(System.nanoTime() - start))) {
                if (!Thread.interrupted()) {
                    return false;
                }
                wasInterrupted = true;
            }
            return true;
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
