package dev.crowdlab.cli;

/** What the process tells its caller. */
public final class ExitCode {

    /** Done, or nothing new. */
    public static final int OK = 0;

    /** A dataset failed. */
    static final int FAILED = 1;

    /** Usage, settings, unknown dataset or run, pending migrations. */
    static final int USAGE = 2;

    /** A check refused publication. */
    static final int REFUSED = 3;

    /** What runs recorded is no longer what they recorded. */
    static final int DIFFERENT = 3;

    /** The dataset, or the embedded directory, is in use by someone else. */
    static final int IN_USE = 4;

    /** The database cannot be reached. */
    static final int UNREACHABLE = 5;

    private ExitCode() {}
}
