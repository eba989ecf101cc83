package dev.crowdlab.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

    /** What puts the content into the file. */
    interface Content<R extends @Nullable Object> {

        /** Writes all of it; need not close the stream. */
        R writeTo(OutputStream stream) throws IOException, SQLException;
    }

    /** Replaces the file atomically. */
    void write(byte[] content) {
        try {
            write(stream -> {
                stream.write(content);
                return path;
            });
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Replaces the file atomically, with a content that need not fit into memory; leaves nothing behind if that fails. */
    <R extends @Nullable Object> R write(Content<R> content) throws SQLException {
        Path part = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
        try {
            try {
                R result;
                try (FileChannel channel =
                        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    result = content.writeTo(Channels.newOutputStream(channel));
                    channel.force(true);
                }
                Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return result;
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UsageException("File " + path + " cannot be written: " + e.getMessage());
        }
    }
}
