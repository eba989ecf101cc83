package dev.crowdlab.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The network between the program and its server. It can be cut: the program then finds its connections broken, of which the
 * server does not hear; or fall silent: nobody hears anything any more. New connections come through.
 */
public final class Wire implements AutoCloseable {

    private static final int BUFFER = 65_536;
    private static final Pattern VERSION = Pattern.compile("server_version\0([^\0]+)\0");

    private final String server;
    private final ServerSocket entrance;
    private final Set<Connected> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile String fatalStatement = "";
    private volatile String version = "";
    private volatile String silencingStatement = "";
    private volatile boolean areNewcomersSilent;

    /** @param url JDBC URL of the database behind the wire */
    public Wire(String url) throws IOException {
        server = url.replaceFirst("jdbc:postgresql://([^/]+)/.*", "$1");
        entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** The URL of the same database, through the wire. */
    public String url(String url) {
        return url.replace("//" + server + "/", "//127.0.0.1:" + entrance.getLocalPort() + "/");
    }

    /** Swallows what is sent through connections that are made from now on. */
    public void silenceNewcomers() {
        areNewcomersSilent = true;
    }

    /** Cuts all connections. */
    public void cut() {
        connections.forEach(Connected::cut);
    }

    /**
     * Cuts all connections when the transaction that holds this statement is committed: after the server has done it, and
     * before the program hears of it. Once.
     */
    public void cutAfterCommitOf(String statement) {
        fatalStatement = statement;
    }

    /** The server says from now on that it is of this version, such as 14.9. */
    public void pretendVersion(String other) {
        version = other;
    }

    /** Swallows this statement, and whatever is sent later through all connections that there are then, in both directions. Once. */
    public void silenceAt(String statement) {
        silencingStatement = statement;
    }

    private void accept() {
        try {
            while (!entrance.isClosed()) {
                Socket program = entrance.accept();
                String[] address = server.split(":", 2);
                connections.add(new Connected(program, new Socket(address[0], Integer.parseInt(address[1]))));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection through the wire. */
    private final class Connected {

        private final Socket program;
        private final Socket server;
        private boolean isFatal;
        private volatile boolean isSilent;
        private volatile boolean isCommitting;

        Connected(Socket program, Socket server) {
            this.program = program;
            this.server = server;
            isSilent = areNewcomersSilent;
            daemon(() -> move(program, server, this::watch));
            daemon(() -> move(server, program, this::answer));
        }

        private void watch(String sent) {
            if (!silencingStatement.isEmpty() && sent.contains(silencingStatement)) {
                silencingStatement = "";
                connections.forEach(connection -> connection.isSilent = true);
            }
            if (!fatalStatement.isEmpty() && sent.contains(fatalStatement)) {
                isFatal = true;
            }
            if (isFatal && sent.contains("COMMIT")) {
                fatalStatement = "";
                isCommitting = true;
            }
        }

        private void answer(String received) {
            if (isCommitting) {
                Wire.this.cut();
            }
        }

        /** What is sent, with another version of the server in it; the length of the message stays. */
        private byte[] retouched(byte[] sent) {
            String text = new String(sent, StandardCharsets.ISO_8859_1);
            Matcher found = VERSION.matcher(text);
            if (version.isEmpty() || !found.find()) {
                return sent;
            }
            String padded = version + " ".repeat(found.end(1) - found.start(1) - version.length());
            return (text.substring(0, found.start(1)) + padded + text.substring(found.end(1)))
                    .getBytes(StandardCharsets.ISO_8859_1);
        }

        private void move(Socket from, Socket to, Listener listener) {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] buffer = new byte[BUFFER];
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    listener.passing(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
                    if (isSilent) {
                        end.await();
                    }
                    out.write(
                            from == server ? retouched(Arrays.copyOf(buffer, length)) : Arrays.copyOf(buffer, length));
                    out.flush();
                }
                to.shutdownOutput();
            } catch (IOException | InterruptedException e) {
                // cut, or ended by either side
            }
        }

        void cut() {
            try {
                program.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void end() throws IOException {
            program.close();
            server.close();
        }
    }

    private interface Listener {
        void passing(String bytes);
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        end.countDown();
        for (Connected connection : connections) {
            connection.end();
        }
    }
}
