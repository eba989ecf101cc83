package dev.crowdlab.cli.terminal;

import dev.crowdlab.text.UsageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that a command writes, as a whole or not at all. What is no file but a place to write to, such as a device, a pipe or
 * {@code /dev/stdout}, stays what it is and is written to.
 */
public final class OutputFile {

    private static final Set<PosixFilePermission> FOR_ALL_READERS = PosixFilePermissions.fromString("rw-r--r--");

    /** Where the names of open files are. */
    private static final List<Path> OPEN_FILES = List.of(Path.of("/dev"), Path.of("/proc"));

    private final Path path;
    private final boolean isForAll;

    /** A file with the permissions that this process gives to new files. */
    public OutputFile(Path path) {
        this(path, false);
    }

    private OutputFile(Path path, boolean isForAll) {
        this.path = path.toAbsolutePath().normalize();
        this.isForAll = isForAll;
    }

    /** A file without secrets that other users may read, whatever permissions this process gives to new files. */
    public static OutputFile forAllReaders(Path path) {
        return new OutputFile(path, true);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Fails immediately if the file cannot be written, instead of after the work for it. */
    public void requireWritable() {
        Path directory = path.getParent();
        if (isStream()) {
            if (!Files.isWritable(path)) {
                throw new UsageException("File " + path + " cannot be written: no permission to write to it");
            }
        } else if (directory == null
                || Files.isDirectory(path)
                || !Files.isDirectory(directory)
                || !Files.isWritable(directory)) {
            throw new UsageException(
                    "File " + path + " cannot be written; name a file in a directory that you may write to");
        }
    }

    /** Whether a new file must not take its place. A name of an open file leads to a file where output is redirected to one. */
    private boolean isStream() {
        if (Files.isSymbolicLink(path) && OPEN_FILES.stream().anyMatch(path::startsWith)) {
            return true;
        }
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).isOther();
        } catch (IOException e) {
            return false;
        }
    }

    /** What puts the content into the file. */
    public interface Content<R extends @Nullable Object> {

        /** Writes all of it; need not close the stream. */
        R writeTo(OutputStream stream) throws IOException, SQLException;
    }

    /** Replaces the file atomically. */
    public void write(byte[] content) {
        try {
            write(stream -> {
                stream.write(content);
                return path;
            });
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Replaces the file atomically, with a content that need not fit into memory; leaves nothing behind if that fails.
     */
    public <R extends @Nullable Object> R write(Content<R> content) throws SQLException {
        if (isStream()) {
            try (OutputStream stream = Files.newOutputStream(path, StandardOpenOption.APPEND)) {
                return content.writeTo(stream);
            } catch (IOException e) {
                throw new UsageException("File " + path + " cannot be written: " + reason(e));
            }
        }
        Path part = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
        try {
            try {
                R result;
                try (FileChannel channel =
                        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    result = content.writeTo(Channels.newOutputStream(channel));
                    channel.force(true);
                }
                letAllRead(part);
                Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return result;
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UsageException("File " + path + " cannot be written: " + reason(e));
        }
    }

    private void letAllRead(Path part) throws IOException {
        PosixFileAttributeView rights = Files.getFileAttributeView(part, PosixFileAttributeView.class);
        if (isForAll && rights != null) {
            rights.setPermissions(FOR_ALL_READERS);
        }
    }

    /** Why, as the end of a sentence; Java's own messages are often nothing but the name of the temporary file. */
    private String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no directory " + path.getParent();
        }
        if (e instanceof AccessDeniedException) {
            return "no permission to write to directory " + path.getParent();
        }
        String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return Objects.requireNonNullElse(reason, e.toString());
    }
}
