package dev.crowdlab.cli.call;

import dev.crowdlab.run.FailureSentence;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handling of signals. If there is anything to stop cleanly, a run or an embedded database, the process ends only
 * when the command has finished; otherwise it ends immediately. Thread-safe.
 */
public final class Shutdown {

    private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

    private static final Duration MAX_WAIT = Duration.ofSeconds(40);

    /** The interval for repeating the request to stop, since something may have started just after it. */
    private static final long AGAIN_MILLIS = 500;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "crowdlab-stop");
    private volatile @Nullable Runnable request;
    private volatile boolean hasBegun;
    private boolean isDelayed;

    /**
     * Makes a signal wait for the command from now on.
     *
     * @throws IllegalStateException if a signal has already arrived
     */
    synchronized void delay() {
        if (!isDelayed) {
            Runtime.getRuntime().addShutdownHook(hook);
            isDelayed = true;
        }
    }

    /**
     * Makes a signal wait for the command, and ask it to stop.
     *
     * @param request is repeated until the command has finished
     * @throws IllegalStateException if a signal has already arrived
     */
    public void onSignal(Runnable request) {
        this.request = request;
        delay();
    }

    private void stop() {
        hasBegun = true;
        long begun = System.nanoTime();
        try {
            do {
                ask();
            } while (!finished.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                    && System.nanoTime() - begun < MAX_WAIT.toNanos()); // a command that hangs; the next run cleans up
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever goes wrong with the request, the process waits for the command. */
    private void ask() {
        Runnable asked = request;
        try {
            if (asked != null) {
                asked.run();
            }
        } catch (RuntimeException | Error e) {
            log.warn("The command continues for now: {}", FailureSentence.sentence(e));
        }
    }

    /** Whether a signal arrived before the command had finished. */
    public boolean hasBegun() {
        return hasBegun;
    }

    /** Reports that the command has finished. */
    public synchronized void finished() {
        request = null;
        finished.countDown();
        if (isDelayed) {
            isDelayed = false;
            removeHook();
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // a signal has arrived and is already waiting for this
        }
    }
}
