package dev.crowdlab.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A server to connect to, looked at once before the first session is used. Thread-safe. */
final class ConnectionTarget {

    private static final int LONGEST_CONNECT_SECONDS = 8;

    /** A host that was down is not waited for again so soon; should no other do, it is tried all the same. */
    private static final String RECHECK_SECONDS = "60";

    private static final String LOGIN_READ = "socketTimeout";

    private final String setting;
    private final String url;
    private final Properties properties = new Properties();
    private final boolean keepsResults;
    private final int hostCount;
    private final boolean readsWithoutLimit;
    private final Duration longestLogin;
    private boolean isChecked;

    /**
     * A server that is not asked yet.
     *
     * @param setting what the user has set it with, such as {@code spring.datasource}
     * @param url may hold secrets, and options of the driver, which go before those of the program
     * @param keepsResults whether results are to be stored there, and not only rows to be read
     */
    ConnectionTarget(
            String setting, String url, @Nullable String user, @Nullable String password, boolean keepsResults) {
        this.setting = setting;
        this.url = ConnectionUrl.withoutSecrets(url, properties);
        this.keepsResults = keepsResults;
        Properties given = UrlOptions.given(this.url);
        hostCount = given.getProperty("PGHOST", "").split(",").length;
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.putIfAbsent("password", password);
        }
        // names the session when it begins, in place of a statement of the driver's
        unlessGiven(given, "assumeMinServerVersion", "9.0");
        unlessGiven(given, "ApplicationName", "crowdlab-etl");
        unlessGiven(given, "tcpKeepAlive", "true");
        String connectSeconds = unlessGiven(given, "connectTimeout", Integer.toString(LONGEST_CONNECT_SECONDS));
        // a server that takes the connection and then says nothing: the next host's turn
        readsWithoutLimit = given.getProperty(LOGIN_READ) == null;
        unlessGiven(given, LOGIN_READ, connectSeconds);
        // with it, connecting can be interrupted
        String loginSeconds = unlessGiven(given, "loginTimeout", allHosts(connectSeconds));
        longestLogin = seconds(loginSeconds);
        if (!UrlOptions.demandEncryption(given)) {
            unlessGiven(given, "requireAuth", "!password"); // whoever answers could ask for it
        }
        if (hostCount > 1) {
            unlessGiven(given, "hostRecheckSeconds", RECHECK_SECONDS);
        }
    }

    private String unlessGiven(Properties given, String name, String value) {
        String theirs = given.getProperty(name);
        if (theirs == null) {
            properties.setProperty(name, value);
        }
        return theirs == null ? value : theirs;
    }

    private String allHosts(String connectSeconds) {
        return Long.toString(hostCount * seconds(connectSeconds).toSeconds());
    }

    /** Nothing where it is no number, of which the driver complains when it connects. */
    private static Duration seconds(String value) {
        try {
            return Duration.ofSeconds(Integer.parseInt(value));
        } catch (NumberFormatException e) {
            return Duration.ZERO;
        }
    }

    /** How long it may take to connect, if there are several hosts, of which some may be down. */
    Optional<Duration> longestWayToAnotherHost() {
        return hostCount > 1 ? Optional.of(longestLogin) : Optional.empty();
    }

    /**
     * Opens a session and leaves it as it is.
     *
     * @throws UnsuitableServerException if the server cannot be used
     * @throws NoConnectionException if it cannot be reached
     */
    Connection connect() throws SQLException {
        Connection session = open();
        try {
            check(session);
            return session;
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private synchronized void check(Connection session) throws SQLException {
        if (!isChecked) {
            ServerCheck.check(setting, session, keepsResults, this::open);
            isChecked = true;
        }
    }

    private Connection open() throws SQLException {
        try {
            Connection session = Watchdog.connect(url, properties);
            if (readsWithoutLimit) {
                session.setNetworkTimeout(Runnable::run, 0);
            }
            return session;
        } catch (SQLException e) {
            throw new NoConnectionException(setting, url, e);
        }
    }
}
