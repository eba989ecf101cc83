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
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up connections through which nothing comes any more although neither side has closed them: a network that swallows packets,
 * a proxy that hangs. A statement may take hours without a byte, so a second session asks the server first whether it is at work
 * on it. Thread-safe.
 */
final class Watchdog {

    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    /** How often within the time after which a connection is suspected. */
    private static final int LOOKS = 24;

    private static final String FACTORY = "socketFactory";
    private static final String ARGUMENT = "socketFactoryArg";
    private static final String LONGEST_ANSWER_SECONDS = "10";

    /** What a backend does, and on which server. Without an operator: the user's search path may lead to others. */
    private static final String BACKEND = """
            select pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time())::pg_catalog.int8,
                a.application_name, a.state, a.wait_event_type
            from (select) as once
            left join pg_catalog.pg_stat_get_activity(?) a on true""";

    private static final Map<WatchedSocket, Watch> WATCHED = new ConcurrentHashMap<>();

    private static volatile Duration patience = Duration.ofMinutes(2);

    static {
        Thread thread = new Thread(Watchdog::lookAgainAndAgain, "crowdlab-watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    private Watchdog() {}

    /**
     * Opens a connection that is watched until it is closed; not one whose sockets are made by somebody else.
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
            WatchedSockets.made(expected)
                    .ifPresent(socket -> WATCHED.put(socket, new Watch(socket, connection, url, properties)));
            return connection;
        } finally {
            WatchedSockets.made(expected);
        }
    }

    /**
     * Tells which backend serves a connection, as far as it is watched; before that the server is not asked what it does.
     *
     * @param pid of the backend
     * @param name its application_name
     * @param serverStart when the server began, in seconds, which tells it from others of the same address
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

    static void forget(WatchedSocket socket) {
        WATCHED.remove(socket);
    }

    /** After how long without a byte a connection is suspected from now on; gives how long it was before. For tests. */
    static Duration suspectAfter(Duration silence) {
        Duration before = patience;
        patience = silence;
        return before;
    }

    private static void lookAgainAndAgain() {
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

    /** Asks one server about sessions of which nothing is heard. */
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

    /** What is known of one connection. */
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

        /** Equal for connections to one server. */
        List<Object> server() {
            return List.of(url, properties, String.valueOf(socket.getRemoteSocketAddress()));
        }

        /** A session on the very server, which several may share a name with. */
        Connection observe() throws SQLException {
            Map<String, String> impatient =
                    Map.of("socketTimeout", LONGEST_ANSWER_SECONDS, "ApplicationName", "crowdlab-etl watchdog");
            Properties all = with(properties, impatient);
            if (socket.getRemoteSocketAddress() instanceof InetSocketAddress address && !address.isUnresolved()) {
                all.setProperty(FACTORY, PinnedSockets.class.getName());
                all.setProperty(ARGUMENT, PinnedSockets.argument(address));
            }
            return DriverManager.getConnection(url, all);
        }

        /** For how long the user of the connection has been waiting without a sign of life. */
        Duration silence() {
            long since = socket.waitingSince();
            return since == 0
                    ? Duration.ZERO
                    : Duration.ofNanos(System.nanoTime() - (since - lastSign > 0 ? since : lastSign));
        }

        void ask(PreparedStatement question) throws SQLException {
            Backend known = backend;
            if (known == null) {
                suspect("the server does not say who serves it");
                return;
            }
            question.setInt(1, known.pid());
            try (ResultSet answer = question.executeQuery()) {
                answer.next();
                if (isAtWork(answer, known)) {
                    lastSign = System.nanoTime();
                } else if (answer.getLong(1) == known.serverStart()) {
                    suspect("the server is not at work on its statement");
                } else if (silence().compareTo(patience.multipliedBy(2)) > 0) {
                    suspect("another server answers in place of its own");
                }
            }
        }

        /** On something else than waiting for this side. */
        private static boolean isAtWork(ResultSet answer, Backend known) throws SQLException {
            String state = answer.getString(3);
            return answer.getLong(1) == known.serverStart()
                    && known.name().equals(answer.getString(2))
                    && state != null
                    && !state.startsWith("idle")
                    && !"Client".equals(answer.getString(4));
        }

        /** Gives the connection up the second time that the same wait is suspected: the first may have met its very end. */
        void suspect(String reason) {
            long since = socket.waitingSince();
            if (since == 0 || since != suspected) {
                suspected = since;
                return;
            }
            String sentence = "A connection to the database was given up: no byte has come or gone for "
                    + Duration.ofNanos(System.nanoTime() - since).toSeconds() + " s, and " + reason;
            try {
                socket.giveUp(sentence);
            } catch (IOException e) {
                log.warn("A connection that was given up could not be closed: {}", e.getMessage());
            }
        }
    }
}
