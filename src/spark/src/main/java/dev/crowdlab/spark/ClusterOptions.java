package dev.crowdlab.spark;

import org.jspecify.annotations.Nullable;

/**
 * How the work is spread.
 *
 * @param readers how many tasks execute the dataset's queries, at least 1
 * @param parts how many parts the dataset is held in, at least 1
 * @param checkpoints a directory that all executors reach; null: one of the driver's own, for a local master
 */
record ClusterOptions(int readers, int parts, @Nullable String checkpoints) {}
