/** The job on Apache Spark: the engine's passes over slices in executors, the same tables, the same bits. */
@NullMarked
package dev.crowdlab.spark;

import org.jspecify.annotations.NullMarked;
