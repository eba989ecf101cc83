package dev.crowdlab.audit;

import dev.crowdlab.results.copy.RecordedTable;
import dev.crowdlab.run.RunStatus;
import java.util.List;
import java.util.Optional;

/**
 * A run as stored in {@code crowdlab.run} and {@code crowdlab.run_table}.
 *
 * @param runId its number
 * @param status how it ended, or RUNNING
 * @param previousHash the hash of the run closed before; empty for the first run and while RUNNING
 * @param hash its recorded hash; empty while RUNNING
 * @param expectedHash its hash computed from the other columns
 * @param outputDigest the digest over its tables; empty if it has none
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

    /** Lists are copied. */
    public AuditedRun {
        tables = List.copyOf(tables);
    }

    AuditedRun withExpectedHash(String other) {
        return new AuditedRun(runId, status, previousHash, hash, other, outputDigest, tables);
    }

    /** Whether the run is closed and therefore in the chain. */
    public boolean isClosed() {
        return status != RunStatus.RUNNING;
    }
}
