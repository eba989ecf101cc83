package dev.crowdlab.audit;

import dev.crowdlab.results.RecordedTable;
import dev.crowdlab.run.RunStatus;
import java.util.List;
import java.util.Optional;

/**
 * A run as {@code crowdlab.run} and {@code crowdlab.run_table} hold it.
 *
 * @param runId its number
 * @param status how it ended, or RUNNING
 * @param previousHash the hash of the run closed before; empty: it is the first, or RUNNING
 * @param hash its hash; empty while RUNNING
 * @param expectedHash what its hash would be, by the other columns
 * @param outputDigest the digest over its tables; empty: it has none
 * @param tables its tables, by name
 */
public record AuditedRun(
        long runId,
        RunStatus status,
        Optional<String> previousHash,
        Optional<String> hash,
        String expectedHash,
        Optional<String> outputDigest,
        List<RecordedTable> tables) {

    /** Copies. */
    public AuditedRun {
        tables = List.copyOf(tables);
    }

    /** The same with another expected hash. */
    AuditedRun withExpectedHash(String other) {
        return new AuditedRun(runId, status, previousHash, hash, other, outputDigest, tables);
    }

    /** Whether the run is closed, and so in the chain. */
    public boolean isClosed() {
        return status != RunStatus.RUNNING;
    }
}
