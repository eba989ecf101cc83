package dev.crowdlab.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A server to connect to, which is checked once before its first session is used. Thread-safe. */
final class ConnectionTarget {

    private static final int MAX_CONNECT_SECONDS = 8;

    /** For this long a host that was down is tried only after all others have failed. */
    private static final String RECHECK_SECONDS = "60";

    private static final String LOGIN_READ = "socketTimeout";

    private final String setting;
    private final String url;
    private final Properties properties = new Properties();
    private final boolean keepsResults;
    private final int hostCount;
    private final boolean readsWithoutLimit;
    private final Duration longestLogin;
    private final Duration connectLimit;
    private volatile boolean isChecked;

    /**
     * Creates a target that has not been checked yet.
     *
     * @param setting the name of its settings, such as {@code spring.datasource}
     * @param url may contain secrets, and driver options, which take precedence over those of the program
     * @param keepsResults whether results are stored there, as opposed to rows only being read
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
        // lets the driver set application_name in the startup packet instead of by a statement
        unlessGiven(given, "assumeMinServerVersion", "9.0");
        unlessGiven(given, "ApplicationName", "crowdlab-etl");
        unlessGiven(given, "tcpKeepAlive", "true");
        String connectSeconds = unlessGiven(given, "connectTimeout", Integer.toString(MAX_CONNECT_SECONDS));
        // limits the wait for a server that accepts the connection but never answers, so that the next host gets its
        // turn
        connectLimit = seconds(connectSeconds);
        readsWithoutLimit = given.getProperty(LOGIN_READ) == null;
        unlessGiven(given, LOGIN_READ, connectSeconds);
        // makes connecting interruptible
        String loginSeconds = unlessGiven(given, "loginTimeout", allHosts(connectSeconds));
        longestLogin = seconds(loginSeconds);
        if (!UrlOptions.demandEncryption(given)) {
            unlessGiven(
                    given,
                    "requireAuth",
                    "!password"); // any server that answers could ask for the password in clear text
        }
        if (hostCount > 1) {
            unlessGiven(given, "hostRecheckSeconds", RECHECK_SECONDS);
        }
    }

    /** Where the database is, by its URL. */
    DatabaseAddress address() {
        Properties given = UrlOptions.given(url);
        String host = given.getProperty("PGHOST", "localhost").replaceFirst(",.*", "");
        String port = given.getProperty("PGPORT", "5432").replaceFirst(",.*", "");
        String user = properties.getProperty("user", "");
        return new DatabaseAddress("postgres://" + host + ":" + port, given.getProperty("PGDBNAME", user));
    }

    private String unlessGiven(Properties given, String name, String value) {
        String theirs = given.getProperty(name);
        if (theirs == null) {
            properties.setProperty(name, value);
        }
        return theirs == null ? value : theirs;
    }

    /** The time for all hosts: of several, each may need it twice, to be connected and to answer. */
    private String allHosts(String connectSeconds) {
        return Long.toString(
                (hostCount > 1 ? 2 * hostCount : 1) * seconds(connectSeconds).toSeconds());
    }

    /** Returns zero if the value is not a number; the driver reports that when it connects. */
    private static Duration seconds(String value) {
        try {
            return Duration.ofSeconds(Integer.parseInt(value));
        } catch (NumberFormatException e) {
            return Duration.ZERO;
        }
    }

    /** How long connecting may take if there are several hosts, some of which may be down. */
    Optional<Duration> longestWayToAnotherHost() {
        return hostCount > 1 ? Optional.of(longestLogin) : Optional.empty();
    }

    /**
     * Opens a session without changing its settings.
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
            Connection session = Watchdog.connect(url, properties, connectLimit);
            if (readsWithoutLimit) {
                session.setNetworkTimeout(Runnable::run, 0);
            }
            return session;
        } catch (SQLException e) {
            throw new NoConnectionException(setting, url, e, isChecked);
        }
    }
}
