package dev.crowdlab.run;

/** Another process took this run for dead and closed it. The run must not publish. */
public final class RunLostException extends RuntimeException {

    public RunLostException(long runId) {
        super("Run " + runId + " was closed by another process, which considered it dead; nothing of it was published");
    }
}
