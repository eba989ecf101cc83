package dev.crowdlab.postgres;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A socket that records since when its user has been waiting for a byte to arrive or to be sent. TLS is layered over
 * it. Used by one thread, and by the watching thread.
 *
 * <p>Every host of a URL has the whole time for connecting. The driver counts that time once for all hosts, so that after
 * one that took the connection and said nothing a single millisecond would be left for the next.
 */
final class WatchedSocket extends Socket {

    private static final long NOT_WAITING = 0;

    /** The size in which Java's sockets write, too. */
    private static final int MAX_BYTES = 1 << 17;

    private volatile long reading = NOT_WAITING;
    private volatile long writing = NOT_WAITING;
    private volatile @Nullable String givenUp;
    private volatile Runnable whenClosed = () -> {};
    private final Duration connectLimit;

    /**
     * @param connectLimit how long connecting may take; zero for as long as the driver says
     */
    WatchedSocket(Duration connectLimit) {
        this.connectLimit = connectLimit;
    }

    @Override
    public void connect(SocketAddress host, int timeout) throws IOException {
        super.connect(
                host, connectLimit.isZero() ? timeout : (int) Math.min(connectLimit.toMillis(), Integer.MAX_VALUE));
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Input(super.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new Output(super.getOutputStream());
    }

    /** When the current wait began, by {@link System#nanoTime}; 0 if there is none. */
    long waitingSince() {
        long read = reading;
        long write = writing;
        if (read == NOT_WAITING || write == NOT_WAITING) {
            return read == NOT_WAITING ? write : read;
        }
        return read - write > 0 ? read : write;
    }

    /** Ends the wait with this reason. Closes the socket below TLS, which would wait for a proper close. */
    void giveUp(String reason) throws IOException {
        givenUp = reason;
        close();
    }

    /** Calls this when the socket is closed. */
    void whenClosed(Runnable call) {
        whenClosed = call;
    }

    @Override
    public synchronized void close() throws IOException {
        whenClosed.run();
        super.close();
    }

    private IOException explained(IOException failure) {
        String reason = givenUp;
        return reason == null ? failure : new SilentConnectionException(reason, failure);
    }

    private static long now() {
        long now = System.nanoTime();
        return now == NOT_WAITING ? 1 : now;
    }

    private final class Input extends FilterInputStream {

        Input(InputStream socket) {
            super(socket);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            reading = now();
            try {
                return in.read(bytes, offset, length);
            } catch (IOException e) {
                throw explained(e);
            } finally {
                reading = NOT_WAITING;
            }
        }
    }

    private final class Output extends FilterOutputStream {

        Output(OutputStream socket) {
            super(socket);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                for (int written = 0; written < length; written += MAX_BYTES) {
                    writing = now();
                    out.write(bytes, offset + written, Math.min(MAX_BYTES, length - written));
                }
            } catch (IOException e) {
                throw explained(e);
            } finally {
                writing = NOT_WAITING;
            }
        }
    }
}
