package dev.crowdlab.postgres;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;

/**
 * Creates the sockets of watched connections. The driver instantiates it by name, once per connection, with an argument
 * that identifies the connection. TCP keep-alive is enabled, so that a lost host is noticed after a minute and a half
 * if nothing was on its way to it.
 */
public final class WatchedSockets extends UnconnectedSockets {

    private static final Map<SocketOption<Integer>, Integer> SECONDS_AND_PROBES = Map.of(
            ExtendedSocketOptions.TCP_KEEPIDLE, 30,
            ExtendedSocketOptions.TCP_KEEPINTERVAL, 10,
            ExtendedSocketOptions.TCP_KEEPCOUNT, 6);

    private static final WatchedSocket NONE_YET = new WatchedSocket(Duration.ZERO);

    private static final Map<String, WatchedSocket> EXPECTED = new ConcurrentHashMap<>();

    private final String connection;
    private final Duration connectLimit;

    /**
     * @param connection the result of {@link #expect}
     */
    public WatchedSockets(String connection) {
        this.connection = connection;
        connectLimit = Duration.parse(connection.substring(connection.indexOf(' ') + 1));
    }

    /**
     * Returns the factory's argument for a new connection.
     *
     * @param connectLimit how long connecting to one host may take; zero for no limit
     */
    static String expect(Duration connectLimit) {
        String connection = UUID.randomUUID() + " " + connectLimit;
        EXPECTED.put(connection, NONE_YET);
        return connection;
    }

    /** Returns the socket of the connection; empty if the connection uses another factory. */
    static Optional<WatchedSocket> made(String connection) {
        return Optional.ofNullable(EXPECTED.remove(connection)).filter(socket -> socket != NONE_YET);
    }

    @Override
    public Socket createSocket() throws IOException {
        WatchedSocket socket = new WatchedSocket(connectLimit);
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        for (Map.Entry<SocketOption<Integer>, Integer> option : SECONDS_AND_PROBES.entrySet()) {
            if (socket.supportedOptions().contains(option.getKey())) {
                socket.setOption(option.getKey(), option.getValue());
            }
        }
        // only the first one: the driver creates another socket later to cancel a statement
        EXPECTED.replace(connection, socket);
        return socket;
    }
}
