package dev.crowdlab.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * Makes sockets that lead to one address, whatever host they are told: a name may stand for several servers, and only one has the
 * session that is looked for. The driver makes it by its name.
 */
public final class PinnedSockets extends SocketFactory {

    private final String address;

    /** @param address literal address and port, as {@link #argument} writes it */
    public PinnedSockets(String address) {
        this.address = address;
    }

    /** The argument for the factory. */
    static String argument(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + " " + address.getPort();
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                String[] parts = address.split(" ", 2);
                super.connect(
                        new InetSocketAddress(InetAddress.getByName(parts[0]), Integer.parseInt(parts[1])), timeout);
            }
        };
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw connects();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw connects();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw connects();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw connects();
    }

    private static UnsupportedOperationException connects() {
        return new UnsupportedOperationException("the driver connects by itself");
    }
}
