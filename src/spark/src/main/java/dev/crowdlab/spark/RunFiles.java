package dev.crowdlab.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crowdlab.settings.InvalidSettingsException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files of one run. Its tables are written below a name with an underscore, which readers of Parquet skip, and
 * renamed when all are there; the manifest is written last, so that a directory is whole if and only if it has one,
 * also where renaming copies file by file.
 *
 * @param temporary where the tables are written
 * @param complete where they are in the end
 */
record RunFiles(FileSystem files, Path temporary, Path complete) {

    static final String MANIFEST = "manifest.json";

    /**
     * The files of a run that has no other record than these.
     *
     * @param parent the directory of all datasets, created if need be
     * @throws InvalidSettingsException if it cannot be used, or has the dataset already
     */
    static RunFiles open(Configuration hadoop, String parent, String dataset) {
        try {
            Path root = new Path(parent);
            RunFiles run = new RunFiles(
                    root.getFileSystem(hadoop),
                    new Path(root, "_" + dataset + "-" + UUID.randomUUID()),
                    new Path(root, dataset));
            if (!run.files.mkdirs(root)) {
                throw new IOException("it cannot be created");
            }
            if (run.files.exists(run.complete)) {
                throw new InvalidSettingsException(
                        List.of(run.complete + " is there already; with --only-files give each"
                                + " run a directory of its own, such as --to " + parent + "/2026-03-01"));
            }
            return run;
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(parent, e);
        }
    }

    static InvalidSettingsException unusable(String parent, Exception reason) {
        return new InvalidSettingsException(List.of("--to '" + parent + "' cannot be used: " + reason.getMessage()
                + "; give a directory that all executors can write to"));
    }

    /** Whether all results are there. */
    boolean isComplete() {
        try {
            return files.exists(new Path(complete, MANIFEST));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes what was written, if the run does not appear. */
    void discard() {
        try {
            files.delete(temporary, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes the tables appear.
     *
     * @param manifest about the run, in the order of its keys
     */
    void publish(Map<String, Object> manifest) throws IOException {
        if (files.exists(complete) || !files.rename(temporary, complete)) {
            throw new IOException(temporary + " cannot be renamed to " + complete);
        }
        byte[] text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
        Path part = new Path(complete, "_" + MANIFEST);
        try (OutputStream target = files.create(part, true)) {
            target.write(text);
        }
        if (!files.rename(part, new Path(complete, MANIFEST))) {
            throw new IOException(part + " cannot be renamed to " + MANIFEST);
        }
    }
}
