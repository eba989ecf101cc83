package dev.crowdlab.settings;

/**
 * How the work is divided. Results are identical, to the last bit, for all values.
 *
 * @param threads number of threads of the analysis, at least 1
 * @param blockRows number of rows moved at a time between the database and the job, at least 1
 */
public record EngineSettings(int threads, int blockRows) {

    /** Rows of a block: large enough that the framework's cost per block vanishes, small enough for the cache. */
    public static final int DEFAULT_BLOCK_ROWS = 65_536;
}
