package dev.crowdlab.cli.terminal;

import dev.crowdlab.text.UserProblem;

/** The exit codes of the process. */
public final class ExitCode {

    /** Done, or nothing new. */
    public static final int OK = 0;

    /** A dataset failed. */
    public static final int FAILED = 1;

    /** Usage, settings, unknown dataset or run, pending migrations. */
    public static final int USAGE = 2;

    /** A check refused publication. */
    static final int REFUSED = 3;

    /** Verification found a difference from what was recorded. */
    public static final int DIFFERENT = 3;

    /** Another process uses the dataset or the embedded database's directory. */
    public static final int IN_USE = 4;

    /** The database cannot be reached. */
    static final int UNREACHABLE = 5;

    /**
     * Stopped by a signal. The JVM sets the same code itself, but an exit with another code between the end of its
     * hooks and its own end would override it.
     */
    public static final int SIGNALED = 128 + 15;

    private static final int LAST_OF_OURS = 5;

    /** Shells use those from 126 on for programs that cannot be started or were stopped. */
    private static final int LAST_FREE = 125;

    private ExitCode() {}

    /** Whether a caller may choose this code, since nothing else ends with it. */
    public static boolean isFree(int code) {
        return code > LAST_OF_OURS && code <= LAST_FREE;
    }

    static int of(UserProblem.Kind kind) {
        return switch (kind) {
            case USAGE -> USAGE;
            case IN_USE -> IN_USE;
            case UNREACHABLE -> UNREACHABLE;
        };
    }
}
