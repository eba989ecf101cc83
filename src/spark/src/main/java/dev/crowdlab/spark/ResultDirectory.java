package dev.crowdlab.spark;

import dev.crowdlab.settings.InvalidSettingsException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The directory of a dataset's results as files in addition to PostgreSQL, with a directory {@code run-N} for each run,
 * which appears when the run is published. The caller holds the dataset's lock.
 */
final class ResultDirectory {

    private final FileSystem files;
    private final Path root;

    private ResultDirectory(FileSystem files, Path root) {
        this.files = files;
        this.root = root;
    }

    /**
     * Opens it, and creates it if need be.
     *
     * @param parent the directory of all datasets
     * @throws InvalidSettingsException if it cannot be used
     */
    static ResultDirectory open(Configuration hadoop, String parent, String dataset) {
        try {
            Path root = new Path(new Path(parent), dataset);
            FileSystem files = root.getFileSystem(hadoop);
            if (!files.mkdirs(root)) {
                throw new IOException("it cannot be created");
            }
            return new ResultDirectory(files, root);
        } catch (IOException | IllegalArgumentException e) {
            throw RunFiles.unusable(parent, e);
        }
    }

    /** The files of a run. */
    RunFiles run(long runId) {
        return new RunFiles(files, new Path(root, "_run-" + runId), new Path(root, "run-" + runId));
    }

    /**
     * Removes what runs left behind that did not end.
     *
     * @throws InvalidSettingsException if a run of this number is there, which is then another database's
     */
    void clear(long runId) {
        if (run(runId).isComplete()) {
            throw new InvalidSettingsException(
                    List.of(run(runId).complete() + " is there already, written for another database;"
                            + " give each database a directory of its own as --to DIR"));
        }
        try {
            for (FileStatus entry : files.listStatus(root)) {
                String name = entry.getPath().getName();
                boolean isPart = name.matches("_run-\\d+");
                boolean isWithoutManifest =
                        name.matches("run-\\d+") && !files.exists(new Path(entry.getPath(), RunFiles.MANIFEST));
                if (isPart || isWithoutManifest) {
                    files.delete(entry.getPath(), true);
                }
            }
        } catch (FileNotFoundException e) {
            // nothing is left behind
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
