package dev.crowdlab.spark;

import dev.crowdlab.settings.InvalidSettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** The directory for the rows that a run has read, removed when the run ends. */
final class CheckpointDirectory implements AutoCloseable {

    private final JavaSparkContext spark;
    private final Path directory;

    private CheckpointDirectory(JavaSparkContext spark, Path directory) {
        this.spark = spark;
        this.directory = directory;
    }

    /**
     * Creates it.
     *
     * @param name a unique name of the run
     * @param parent where; null: a temporary directory of this host, if all of Spark runs in this process
     */
    static CheckpointDirectory of(JavaSparkContext spark, @Nullable String parent, String name) {
        try {
            if (parent == null && !spark.sc().isLocal()) {
                throw new InvalidSettingsException(
                        List.of("On a cluster what was read is kept until the run ends; give a"
                                + " directory that all executors reach as --checkpoints URI"));
            }
            String root = parent == null
                    ? Files.createTempDirectory("crowdlab-etl-spark").toUri().toString()
                    : parent;
            Path directory = new Path(root, "crowdlab-etl-" + name);
            spark.setCheckpointDir(directory.toString());
            return new CheckpointDirectory(spark, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            directory.getFileSystem(spark.hadoopConfiguration()).delete(directory, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
