package dev.crowdlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that a command writes, as a whole or not at all. */
final class OutputFile {

    private final Path path;

    OutputFile(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /** Where it is. */
    Path path() {
        return path;
    }

    /** Fails immediately if the file cannot be written, instead of after the work for it. */
    void requireWritable() {
        Path directory = path.getParent();
        if (directory == null
                || Files.isDirectory(path)
                || !Files.isDirectory(directory)
                || !Files.isWritable(directory)) {
            throw new UsageException(
                    "File " + path + " cannot be written; name a file in a directory that you may write to");
        }
    }

    /** Replaces the file atomically. */
    void write(byte[] content) {
        Path part = path.resolveSibling(
                "." + path.getFileName() + "." + ProcessHandle.current().pid());
        try {
            try {
                Files.write(
                        part,
                        content,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.SYNC);
                Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UsageException("File " + path + " cannot be written: " + e.getMessage());
        }
    }
}
