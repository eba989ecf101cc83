package dev.crowdlab.settings;

import org.jspecify.annotations.Nullable;

/**
 * Tables outside PostgreSQL that hold a dataset's input, which the program for Apache Spark alone can read: each a
 * table of a catalog such as {@code lake.annotations}, a format with a path such as
 * <code>parquet.`/data/annotations`</code>, or the path of Parquet files.
 *
 * @param annotations has example_id, annotator_id, label and optionally annotated_at
 * @param predictions has example_id, optionally model, and either (label, probability) or probabilities; null if there
 *     are no predictions
 * @param gold has example_id and label; null if there is no gold
 */
public record SourceTables(
        String annotations,
        @Nullable String predictions,
        @Nullable String gold) {}
