package dev.crowdlab.postgres;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections on which nothing arrives although neither side has closed them, because the network drops packets or a
 * proxy hangs. A statement may run for hours without sending a byte, so a second session first asks the server whether it is
 * still working on it. Thread-safe.
 */
final class Watchdog {

    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    /** Number of checks within the time after which a connection is suspected. */
    private static final int LOOKS = 24;

    private static final String FACTORY = "socketFactory";
    private static final String ARGUMENT = "socketFactoryArg";
    private static final String MAX_ANSWER_SECONDS = "10";

    /**
     * What a backend is doing, and on which server. Uses no operators, because the user's search path may lead to other ones.
     */
    private static final String BACKEND = """
            select pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time())::pg_catalog.int8,
                a.application_name, a.state, a.wait_event_type
            from (select) as once
            left join pg_catalog.pg_stat_get_activity(?) a on true""";

    private static final Map<WatchedSocket, Watch> WATCHED = new ConcurrentHashMap<>();

    private static volatile Duration patience = Duration.ofMinutes(2);
    private static volatile @Nullable GivenUp lastGivenUp;

    static {
        Thread thread = new Thread(Watchdog::watch, "crowdlab-watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    private Watchdog() {}

    /**
     * Opens a connection that is watched until it is closed. A connection with a socket factory of its own is not watched.
     *
     * @param url without secrets
     * @param properties of the driver, secrets included
     */
    static Connection connect(String url, Properties properties) throws SQLException {
        Properties given = Driver.parseURL(url, null);
        if (given == null || given.containsKey(FACTORY)) {
            return DriverManager.getConnection(url, properties);
        }
        String expected = WatchedSockets.expect();
        try {
            Connection connection = DriverManager.getConnection(
                    url, with(properties, Map.of(FACTORY, WatchedSockets.class.getName(), ARGUMENT, expected)));
            WatchedSockets.made(expected).ifPresent(socket -> {
                WATCHED.put(socket, new Watch(socket, connection, url, properties));
                socket.whenClosed(() -> WATCHED.remove(socket));
            });
            return connection;
        } finally {
            WatchedSockets.made(expected);
        }
    }

    /**
     * Registers the backend that serves a connection, if the connection is watched. Until then the server is not asked about
     * it.
     *
     * @param pid of the backend
     * @param name its application_name
     * @param serverStart start of the server in seconds, which distinguishes it from others at the same address
     */
    static void introduce(Connection connection, int pid, String name, long serverStart) {
        for (Watch watch : WATCHED.values()) {
            if (watch.connection == connection) {
                watch.backend = new Backend(pid, name, serverStart);
            }
        }
    }

    private record Backend(int pid, String name, long serverStart) {}

    private static Properties with(Properties properties, Map<String, String> more) {
        Properties all = new Properties();
        all.putAll(properties);
        all.putAll(more);
        return all;
    }

    /** Sets how long a connection may be silent before it is suspected, and returns the previous value. For tests. */
    static Duration suspectAfter(Duration silence) {
        Duration before = patience;
        patience = silence;
        return before;
    }

    /**
     * Returns why a connection was last given up, if that was within this time. A thread that next uses the connection finds it
     * closed and does not learn the reason from the driver.
     */
    static Optional<String> lastReason(Duration within) {
        return Optional.ofNullable(lastGivenUp)
                .filter(last -> System.nanoTime() - last.nanoTime() <= within.toNanos())
                .map(GivenUp::reason);
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
        Map<List<Object>, List<Watch>> silent = WATCHED.values().stream()
                .filter(watch -> watch.silence().compareTo(patience) > 0)
                .collect(Collectors.groupingBy(Watch::server));
        silent.values().forEach(Watchdog::ask);
    }

    /** Asks one server about its silent sessions. */
    private static void ask(List<Watch> silent) {
        try (Connection observer = silent.get(0).observe();
                PreparedStatement question = observer.prepareStatement(BACKEND)) {
            for (Watch watch : silent) {
                watch.ask(question);
            }
        } catch (SQLException e) {
            silent.forEach(watch -> watch.suspect("the server does not answer a second session either"));
        }
    }

    /** What is known about one connection. */
    private static final class Watch {

        private final WatchedSocket socket;
        private final Connection connection;
        private final String url;
        private final Properties properties;
        private volatile @Nullable Backend backend;
        private long lastSign = System.nanoTime();
        private long suspected;

        Watch(WatchedSocket socket, Connection connection, String url, Properties properties) {
            this.socket = socket;
            this.connection = connection;
            this.url = url;
            this.properties = properties;
        }

        /** Equal for connections to the same server. */
        List<Object> server() {
            return List.of(url, properties, String.valueOf(socket.getRemoteSocketAddress()));
        }

        /** Opens a session on exactly that server, which may share its name with others. */
        Connection observe() throws SQLException {
            Map<String, String> impatient =
                    Map.of("socketTimeout", MAX_ANSWER_SECONDS, "ApplicationName", "crowdlab-etl watchdog");
            Properties all = with(properties, impatient);
            if (socket.getRemoteSocketAddress() instanceof InetSocketAddress address && !address.isUnresolved()) {
                all.setProperty(FACTORY, PinnedSockets.class.getName());
                all.setProperty(ARGUMENT, PinnedSockets.argument(address));
            }
            return DriverManager.getConnection(url, all);
        }

        /** How long the user of the connection has been waiting without receiving anything. */
        Duration silence() {
            long since = socket.waitingSince();
            return since == 0
                    ? Duration.ZERO
                    : Duration.ofNanos(System.nanoTime() - (since - lastSign > 0 ? since : lastSign));
        }

        void ask(PreparedStatement question) throws SQLException {
            Backend known = backend;
            if (known == null) {
                suspect("the server does not say which process serves it");
                return;
            }
            question.setInt(1, known.pid());
            try (ResultSet answer = question.executeQuery()) {
                answer.next();
                if (isAtWork(answer, known)) {
                    lastSign = System.nanoTime();
                } else if (answer.getLong(1) == known.serverStart()) {
                    suspect("the server is not working on its statement");
                } else if (silence().compareTo(patience.multipliedBy(2)) > 0) {
                    suspect("another server answers instead of its own");
                }
            }
        }

        /** Whether the backend is busy with anything other than waiting for the client. */
        private static boolean isAtWork(ResultSet answer, Backend known) throws SQLException {
            String state = answer.getString(3);
            return answer.getLong(1) == known.serverStart()
                    && known.name().equals(answer.getString(2))
                    && state != null
                    && !state.startsWith("idle")
                    && !"Client".equals(answer.getString(4));
        }

        /**
         * Closes the connection the second time the same wait is suspected, because the first check may have coincided with the
         * end of the wait.
         */
        void suspect(String reason) {
            long since = socket.waitingSince();
            if (since == 0 || since != suspected) {
                suspected = since;
                return;
            }
            String sentence = "A connection to the database was closed: nothing was sent or received for "
                    + Duration.ofNanos(System.nanoTime() - since).toSeconds() + " s, and " + reason;
            lastGivenUp = new GivenUp(sentence, System.nanoTime());
            try {
                socket.giveUp(sentence);
            } catch (IOException e) {
                log.warn("A connection that was given up could not be closed: {}", e.getMessage());
            }
        }
    }
}
