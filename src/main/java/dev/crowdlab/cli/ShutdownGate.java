package dev.crowdlab.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the process outlive a signal until the command has come to its end, once there is something to end in good order: a
 * run, or an embedded database. Before that a signal ends the process at once.
 */
public final class ShutdownGate {

    private static final long LONGEST_SECONDS = 40;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::await, "crowdlab-end");
    private boolean isNeeded;

    /**
     * From now on a signal waits.
     *
     * @throws IllegalStateException if one has come already
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
                return; // it hangs; the next run clears up
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command has come to its end. */
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
            // a signal has come, and waits for what was just reached
        }
    }
}
