package dev.crowdlab.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Delays the end of the process after a signal until the command has finished, if there is anything to stop cleanly: a run, or
 * an embedded database. Until then a signal ends the process immediately.
 */
public final class ShutdownGate {

    private static final long LONGEST_SECONDS = 40;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::await, "crowdlab-end");
    private boolean isNeeded;

    /**
     * Makes signals wait from now on.
     *
     * @throws IllegalStateException if a signal has already arrived
     */
    synchronized void need() {
        if (!isNeeded) {
            Runtime.getRuntime().addShutdownHook(hook);
            isNeeded = true;
        }
    }

    private void await() {
        try {
            if (!ended.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                return; // the command hangs; the next run cleans up
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reports that the command has finished. */
    synchronized void reached() {
        ended.countDown();
        if (isNeeded) {
            isNeeded = false;
            forget();
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // a signal has arrived and is already waiting for this
        }
    }
}
