package dev.crowdlab.runs;

/** A run found itself closed by somebody else, who took it for dead. It must not publish. */
public final class RunLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RunLostException(long runId) {
        super("Run " + runId + " was closed by another process, which took it for dead; nothing of it was published");
    }
}
