package dev.crowdlab.job;

import dev.crowdlab.postgres.DatabaseAddress;
import dev.crowdlab.settings.DatasetSettings;
import java.time.Instant;
import java.util.Set;

/**
 * What is known about a run when it begins.
 *
 * @param runId its number
 * @param dataset what it analyzes
 * @param asOf the moment that it describes
 * @param beganAt now
 * @param tables what its queries read, as {@code schema.table}; empty if the planner does not know
 * @param source the database that it reads
 * @param result the database that it writes
 */
public record RunBeginning(
        long runId,
        DatasetSettings dataset,
        Instant asOf,
        Instant beganAt,
        Set<String> tables,
        DatabaseAddress source,
        DatabaseAddress result) {

    public RunBeginning {
        tables = Set.copyOf(tables);
    }
}
