package dev.crowdlab.trial;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;

/** Where the embedded server listens, and the names that it is asked with. */
final class EmbeddedAddress {

    static final String HOST = "127.0.0.1";
    static final String USER = "postgres";
    static final String DATABASE = "crowdlab";

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int PROBE_MILLIS = 500;

    private EmbeddedAddress() {}

    /** Returns the address of {@link #HOST}. */
    static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress(LOOPBACK);
    }

    static String jdbcUrl(String port, String database) {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + database + "?user=" + USER;
    }

    /** Whether a program accepts connections at the port. */
    static boolean isListening(int port) {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(loopback(), port), PROBE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
