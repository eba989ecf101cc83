package dev.crowdlab.postgres;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what nobody announces. */
public final class Polling {

    private static final long INTERVAL_MILLIS = 50;

    private Polling() {}

    /**
     * Waits until a condition holds, asking twenty times a second.
     *
     * @return false if it does not hold in time, or the thread is interrupted, which it stays
     */
    public static boolean until(BooleanSupplier condition, Duration longest) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > longest.toNanos()) {
                return false;
            }
            try {
                Thread.sleep(INTERVAL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
