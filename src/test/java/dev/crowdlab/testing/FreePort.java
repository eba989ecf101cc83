package dev.crowdlab.testing;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port of this machine on which nobody listened a moment ago. It is below those that an operating system gives to
 * outgoing connections, of which one could take it before its user does.
 */
public final class FreePort {

    private static final int FIRST = 15_000;
    private static final int END = 32_000;

    private FreePort() {}

    public static int find() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // somebody listens there
            }
        }
    }
}
