package dev.crowdlab.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crowdlab.settings.InvalidSettingsException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The directory of a dataset's results as files, with a directory {@code run-N} for each run. The tables of a run are written
 * below {@code _run-N}, which readers of Parquet skip, and renamed when the run is published; the manifest is written last, so
 * that a directory is whole if and only if it has one, also where renaming copies file by file. The caller holds the dataset's
 * lock.
 */
final class ResultDirectory {

    private static final String MANIFEST = "manifest.json";

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
            throw new InvalidSettingsException(List.of("--to '" + parent + "' cannot be used: " + e.getMessage()
                    + "; give a directory that all executors can write to"));
        }
    }

    /** Where the tables of a run are written. */
    Path temporary(long runId) {
        return new Path(root, "_run-" + runId);
    }

    /** Where they are when the run is published. */
    Path complete(long runId) {
        return new Path(root, "run-" + runId);
    }

    /** Whether all results of a run are there. */
    boolean has(long runId) {
        try {
            return files.exists(new Path(complete(runId), MANIFEST));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Removes what runs left behind that did not end.
     *
     * @throws InvalidSettingsException if a run of this number is there, which is then another database's
     */
    void clear(long runId) {
        if (has(runId)) {
            throw new InvalidSettingsException(
                    List.of(complete(runId) + " is there already, written for another database;"
                            + " give each database a directory of its own as --to DIR"));
        }
        try {
            for (FileStatus entry : files.listStatus(root)) {
                String name = entry.getPath().getName();
                boolean isPart = name.matches("_run-\\d+");
                boolean isWithoutManifest =
                        name.matches("run-\\d+") && !files.exists(new Path(entry.getPath(), MANIFEST));
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

    /** Removes what was written for a run that is not published. */
    void discard(long runId) {
        try {
            files.delete(temporary(runId), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes the tables of a published run appear.
     *
     * @param manifest about the run, in the order of its keys
     */
    void publish(long runId, Map<String, Object> manifest) {
        try {
            if (!files.rename(temporary(runId), complete(runId))) {
                throw new IOException(temporary(runId) + " cannot be renamed to " + complete(runId)
                        + "; the run is published in PostgreSQL, and the next one writes the files again");
            }
            byte[] text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
            Path part = new Path(complete(runId), "_" + MANIFEST);
            try (OutputStream target = files.create(part, true)) {
                target.write(text);
            }
            if (!files.rename(part, new Path(complete(runId), MANIFEST))) {
                throw new IOException(part + " cannot be renamed to " + MANIFEST);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
