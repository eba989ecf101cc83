package dev.crowdlab.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Closes connections on which nothing arrives although neither side has closed them, because the network drops packets
 * or a proxy hangs. A statement may run for hours without sending a byte, so a second session first asks the server
 * whether it is still working on it. Thread-safe.
 */
final class Watchdog {

    /** Number of checks within the time after which a connection is suspected. */
    private static final int LOOKS = 24;

    static final String FACTORY = "socketFactory";
    static final String ARGUMENT = "socketFactoryArg";

    /**
     * What a backend is doing, and on which server. Uses no operators, because the user's search path may lead to other
     * ones.
     */
    private static final String BACKEND = """
            select pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time())::pg_catalog.int8,
                a.application_name, a.state, a.wait_event_type
            from (select) as once
            left join pg_catalog.pg_stat_get_activity(?) a on true""";

    private static final Map<WatchedSocket, WatchedConnection> WATCHED = new ConcurrentHashMap<>();

    private static volatile Duration patience = Duration.ofMinutes(2);
    private static volatile @Nullable GivenUp lastGivenUp;

    static {
        Thread thread = new Thread(Watchdog::watch, "crowdlab-watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    private Watchdog() {}

    /**
     * Opens a connection that is watched until it is closed. A connection with a socket factory of its own is not
     * watched.
     *
     * @param url without secrets
     * @param properties of the driver, secrets included
     * @param connectLimit how long connecting to one host may take; zero for no limit
     */
    static Connection connect(String url, Properties properties, Duration connectLimit) throws SQLException {
        Properties given = Driver.parseURL(url, null);
        if (given == null || given.containsKey(FACTORY)) {
            return DriverManager.getConnection(url, properties);
        }
        String expected = WatchedSockets.expect(connectLimit);
        try {
            Connection connection = DriverManager.getConnection(
                    url, with(properties, Map.of(FACTORY, WatchedSockets.class.getName(), ARGUMENT, expected)));
            WatchedSockets.made(expected).ifPresent(socket -> {
                WATCHED.put(socket, new WatchedConnection(socket, connection, url, properties));
                socket.whenClosed(() -> WATCHED.remove(socket));
            });
            return connection;
        } finally {
            WatchedSockets.made(expected);
        }
    }

    /**
     * Registers the backend that serves a connection, if the connection is watched. Until then the server is not asked
     * about it.
     *
     * @param pid of the backend
     * @param name its application_name
     * @param serverStart start of the server in seconds, which distinguishes it from others at the same address
     */
    static void introduce(Connection connection, int pid, String name, long serverStart) {
        for (WatchedConnection watch : WATCHED.values()) {
            if (watch.isOf(connection)) {
                watch.introduce(new Backend(pid, name, serverStart));
            }
        }
    }

    /** A process of the server, by what distinguishes it from any that takes its number later. */
    record Backend(int pid, String name, long serverStart) {}

    static Properties with(Properties properties, Map<String, String> more) {
        Properties all = new Properties();
        all.putAll(properties);
        all.putAll(more);
        return all;
    }

    /** How long a connection may be silent before it is suspected. */
    static Duration patience() {
        return patience;
    }

    /** Sets how long a connection may be silent before it is suspected, and returns the previous value. For tests. */
    static Duration suspectAfter(Duration silence) {
        Duration before = patience;
        patience = silence;
        return before;
    }

    /**
     * Returns why a connection was last given up, if that was within this time. A thread that next uses the connection
     * finds it closed and does not learn the reason from the driver.
     */
    static Optional<String> lastReason(Duration within) {
        return Optional.ofNullable(lastGivenUp)
                .filter(last -> System.nanoTime() - last.nanoTime() <= within.toNanos())
                .map(GivenUp::reason);
    }

    /** Remembers why a connection is given up. */
    static void giveUp(String reason) {
        lastGivenUp = new GivenUp(reason, System.nanoTime());
    }

    private record GivenUp(String reason, long nanoTime) {}

    private static void watch() {
        try {
            while (true) {
                Thread.sleep(patience.toMillis() / LOOKS);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void look() {
        Map<List<Object>, List<WatchedConnection>> silent = WATCHED.values().stream()
                .filter(watch -> watch.silence().compareTo(patience) > 0)
                .collect(Collectors.groupingBy(WatchedConnection::server));
        silent.values().forEach(Watchdog::ask);
    }

    /** Asks one server about its silent sessions. */
    private static void ask(List<WatchedConnection> silent) {
        try (Connection observer = silent.get(0).observe();
                PreparedStatement question = observer.prepareStatement(BACKEND)) {
            for (WatchedConnection watch : silent) {
                watch.ask(question);
            }
        } catch (SQLException e) {
            silent.forEach(watch -> watch.suspect("the server does not answer a second session either"));
        }
    }
}
