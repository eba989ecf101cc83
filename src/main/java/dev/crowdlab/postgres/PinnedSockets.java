package dev.crowdlab.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * Creates sockets that connect to one fixed address, whatever host they are given: a host name may refer to several
 * servers, only one of which has the session in question. The driver instantiates it by name.
 */
public final class PinnedSockets extends UnconnectedSockets {

    private final String address;

    /**
     * @param address literal address and port, as {@link #argument} formats it
     */
    public PinnedSockets(String address) {
        this.address = address;
    }

    /** Formats the argument for the factory. */
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
}
