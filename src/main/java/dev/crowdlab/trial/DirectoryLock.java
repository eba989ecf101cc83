package dev.crowdlab.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Prevents two processes, or two starts in one process, from using the embedded database's directory at the same time.
 * The operating system releases the lock when the process dies.
 */
final class DirectoryLock implements AutoCloseable {

    private static final int MAX_PID_LENGTH = 20;

    /**
     * Directories locked by this process. They are checked before the lock file is opened, because on POSIX systems
     * closing any other channel on that file would release the lock.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Locks the directory, which is created if necessary.
     *
     * @throws LockedException if it is already locked, with the id of the process that holds the lock
     */
    static DirectoryLock acquire(Path directory) throws IOException, LockedException {
        PrivateDirectory.create(directory);
        Path real = directory.toRealPath();
        if (!HELD.add(real)) {
            throw new LockedException(Long.toString(ProcessHandle.current().pid()));
        }
        try {
            return new DirectoryLock(real, lock(real.resolve("lock")));
        } catch (IOException | LockedException | RuntimeException e) {
            HELD.remove(real);
            throw e;
        }
    }

    private static FileChannel lock(Path file) throws IOException, LockedException {
        FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new LockedException(readPid(channel));
            }
            String pid = Long.toString(ProcessHandle.current().pid());
            channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
            return channel;
        } catch (IOException | LockedException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String readPid(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(MAX_PID_LENGTH);
        channel.read(pid, 0);
        return new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
    }

    Path directory() {
        return directory;
    }

    boolean isHeld() {
        return channel.isOpen();
    }

    /** Releases the lock. Further calls have no effect. */
    @Override
    public void close() {
        if (!isHeld()) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD.remove(directory);
        }
    }

    /** The directory is locked by the process with this id. */
    static final class LockedException extends Exception {

        private final String pid;

        private LockedException(String pid) {
            super("locked by process " + pid);
            this.pid = pid;
        }

        String pid() {
            return pid;
        }
    }
}
