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
 * Keeps a second process, or a second start in this process, off the embedded database's directory. The operating system
 * drops the lock when the process dies, however it dies.
 */
final class DirectoryLock implements AutoCloseable {

    private static final int LONGEST_PID = 20;

    /**
     * Directories locked by this process. They are looked up before the lock file is opened: on POSIX systems the closing
     * of any other channel on that file would drop the lock.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Locks the directory, which is made if missing.
     *
     * @throws Held if it is locked already, with the process that has it
     */
    static DirectoryLock acquire(Path directory) throws IOException, Held {
        PrivateDirectory.create(directory);
        Path real = directory.toRealPath();
        if (!HELD.add(real)) {
            throw new Held(Long.toString(ProcessHandle.current().pid()));
        }
        try {
            return new DirectoryLock(real, lock(real.resolve("lock")));
        } catch (IOException | Held | RuntimeException e) {
            HELD.remove(real);
            throw e;
        }
    }

    private static FileChannel lock(Path file) throws IOException, Held {
        FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new Held(readPid(channel));
            }
            String pid = Long.toString(ProcessHandle.current().pid());
            channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
            return channel;
        } catch (IOException | Held | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String readPid(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(LONGEST_PID);
        channel.read(pid, 0);
        return new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
    }

    Path directory() {
        return directory;
    }

    boolean isHeld() {
        return channel.isOpen();
    }

    /** Frees the directory. A second call does nothing. */
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

    /** The directory is locked by the process of this id. */
    static final class Held extends Exception {

        private static final long serialVersionUID = 1L;

        private final String pid;

        private Held(String pid) {
            super("locked by process " + pid);
            this.pid = pid;
        }

        String pid() {
            return pid;
        }
    }
}
