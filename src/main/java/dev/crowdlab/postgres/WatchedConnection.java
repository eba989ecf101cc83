package dev.crowdlab.postgres;

import dev.crowdlab.postgres.Watchdog.Backend;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that the {@link Watchdog} watches, and what is known about its silence. */
final class WatchedConnection {

    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    private static final String MAX_ANSWER_SECONDS = "10";

    private final WatchedSocket socket;
    private final Connection connection;
    private final String url;
    private final Properties properties;
    private volatile @Nullable Backend backend;
    private long lastSign = System.nanoTime();
    private long suspected;

    WatchedConnection(WatchedSocket socket, Connection connection, String url, Properties properties) {
        this.socket = socket;
        this.connection = connection;
        this.url = url;
        this.properties = properties;
    }

    boolean isOf(Connection other) {
        return connection == other;
    }

    /** Registers the process that serves the connection. */
    void introduce(Backend process) {
        backend = process;
    }

    /** Equal for connections to the same server. */
    List<Object> server() {
        return List.of(url, properties, String.valueOf(socket.getRemoteSocketAddress()));
    }

    /** Opens a session on exactly that server, which may share its name with others. */
    Connection observe() throws SQLException {
        Map<String, String> impatient =
                Map.of("socketTimeout", MAX_ANSWER_SECONDS, "ApplicationName", "crowdlab-etl watchdog");
        Properties all = Watchdog.with(properties, impatient);
        if (socket.getRemoteSocketAddress() instanceof InetSocketAddress address && !address.isUnresolved()) {
            all.setProperty(Watchdog.FACTORY, PinnedSockets.class.getName());
            all.setProperty(Watchdog.ARGUMENT, PinnedSockets.argument(address));
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
            } else if (silence().compareTo(Watchdog.patience().multipliedBy(2)) > 0) {
                suspect("a different server answers");
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
     * Closes the connection the second time the same wait is suspected, because the first check may have coincided with
     * the end of the wait.
     */
    void suspect(String reason) {
        long since = socket.waitingSince();
        if (since == 0 || since != suspected) {
            suspected = since;
            return;
        }
        String sentence = "A connection to the database was closed: nothing was sent or received for "
                + Duration.ofNanos(System.nanoTime() - since).toSeconds() + " s, and " + reason;
        Watchdog.giveUp(sentence);
        try {
            socket.giveUp(sentence);
        } catch (IOException e) {
            log.warn("A connection that was given up could not be closed: {}", e.getMessage());
        }
    }
}
