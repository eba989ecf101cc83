package dev.crowdlab.postgres;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** A factory for the driver, which asks for a socket without an address and connects it by itself. */
abstract sealed class UnconnectedSockets extends SocketFactory permits PinnedSockets, WatchedSockets {

    @Override
    public final Socket createSocket(String host, int port) {
        throw connects();
    }

    @Override
    public final Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw connects();
    }

    @Override
    public final Socket createSocket(InetAddress host, int port) {
        throw connects();
    }

    @Override
    public final Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw connects();
    }

    private static UnsupportedOperationException connects() {
        return new UnsupportedOperationException("the driver connects by itself");
    }
}
