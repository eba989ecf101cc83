package dev.crowdlab.postgres;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;

/**
 * Makes the sockets of connections; the driver makes it by its name, one for each connection, with an argument that tells for
 * which. The kernel asks every socket's peer for a sign of life when there has been none for a while: a host that is lost is
 * noticed after a minute and a half, where nothing was on its way to it.
 */
public final class WatchedSockets extends UnconnectedSockets {

    private static final Map<SocketOption<Integer>, Integer> SECONDS_AND_PROBES = Map.of(
            ExtendedSocketOptions.TCP_KEEPIDLE, 30,
            ExtendedSocketOptions.TCP_KEEPINTERVAL, 10,
            ExtendedSocketOptions.TCP_KEEPCOUNT, 6);

    private static final WatchedSocket NONE_YET = new WatchedSocket();

    private static final Map<String, WatchedSocket> EXPECTED = new ConcurrentHashMap<>();

    private final String connection;

    /** @param connection what {@link #expect} gave */
    public WatchedSockets(String connection) {
        this.connection = connection;
    }

    /** The argument for the factory of a new connection. */
    static String expect() {
        String connection = UUID.randomUUID().toString();
        EXPECTED.put(connection, NONE_YET);
        return connection;
    }

    /** The socket that the connection came to use; empty: it has another factory. */
    static Optional<WatchedSocket> made(String connection) {
        return Optional.ofNullable(EXPECTED.remove(connection)).filter(socket -> socket != NONE_YET);
    }

    @Override
    public Socket createSocket() throws IOException {
        WatchedSocket socket = new WatchedSocket();
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        for (Map.Entry<SocketOption<Integer>, Integer> option : SECONDS_AND_PROBES.entrySet()) {
            if (socket.supportedOptions().contains(option.getKey())) {
                socket.setOption(option.getKey(), option.getValue());
            }
        }
        // not one that the driver makes later, to cancel a statement
        EXPECTED.replace(connection, socket);
        return socket;
    }
}
