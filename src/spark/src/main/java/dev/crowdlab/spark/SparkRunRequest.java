package dev.crowdlab.spark;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line.
 *
 * @param moment the moment to describe; empty: now
 * @param force whether an unchanged dataset is run, too
 * @param replaceNewer whether a published run of a later moment is replaced
 * @param dryRun whether nothing is written
 * @param directory where results are written as files, too; null: nowhere
 * @param onlyFiles whether results are written nowhere else
 * @param parts how many parts a dataset is held in; 0: Spark's default parallelism
 * @param readers how many tasks execute queries; 0: as many as parts
 * @param checkpoints a directory that all executors reach; null: one of the driver's own, for a local master
 */
record SparkRunRequest(
        Optional<Instant> moment,
        boolean force,
        boolean replaceNewer,
        boolean dryRun,
        @Nullable String directory,
        boolean onlyFiles,
        int parts,
        int readers,
        @Nullable String checkpoints) {

    ClusterOptions options(int defaultParallelism) {
        int partCount = parts > 0 ? parts : Math.max(1, defaultParallelism);
        return new ClusterOptions(readers > 0 ? readers : partCount, partCount, checkpoints);
    }
}
