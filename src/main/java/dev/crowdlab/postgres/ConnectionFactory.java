package dev.crowdlab.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Opens connections to a PostgreSQL database that are not pooled, as a COPY, a snapshot or an advisory lock needs.
 * Every session reads and writes text the same way regardless of the server's defaults, and has no timeouts. The server
 * closes it within a minute if this host is lost, and the {@link Watchdog} closes it if the network is. Thread-safe.
 */
public final class ConnectionFactory extends AbstractDataSource {

    /** Asks the server for its process id, because a pooler in between would have given the driver another one. */
    private static final String IDENTITY = "select pg_catalog.pg_backend_pid(),"
            + " pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time())::pg_catalog.int8";

    /** Switches to the owner's role of the first of the tables whose owner the user may become. */
    private static final String TAKE_ROLE = """
            select pg_catalog.set_config('role', pg_catalog.pg_get_userbyid(found.relowner)::text, false)
            from pg_catalog.pg_class found
            where found.relnamespace = (select schema.oid from pg_catalog.pg_namespace schema where schema.nspname = 'crowdlab')
                and found.relname = any (?::name[])
                and pg_catalog.pg_has_role(session_user, found.relowner,
                    case when pg_catalog.current_setting('server_version_num')::integer < 160000 then 'MEMBER' else 'SET' end)
            order by pg_catalog.array_position(?::name[], found.relname)
            limit 1""";

    private final ConnectionTarget target;
    private final Map<String, String> settings;
    private final List<String> ownedTables;

    private ConnectionFactory(ConnectionTarget target, Map<String, String> settings, List<String> ownedTables) {
        this.target = target;
        this.settings = settings;
        this.ownedTables = ownedTables;
    }

    /** Connections to the result database, configured by {@code spring.datasource}. */
    public static ConnectionFactory of(String url, @Nullable String user, @Nullable String password) {
        return of(new ConnectionTarget("spring.datasource", url, user, password, true));
    }

    /** Connections to a database that is only read, configured by {@code crowdlab.source}. */
    public static ConnectionFactory ofSource(String url, @Nullable String user, @Nullable String password) {
        return of(new ConnectionTarget("crowdlab.source", url, user, password, false));
    }

    private static ConnectionFactory of(ConnectionTarget target) {
        return new ConnectionFactory(target, SessionSettings.ALWAYS, List.of())
                .with("application_name", "crowdlab-etl");
    }

    /** Where the database is. */
    public DatabaseAddress address() {
        return target.address();
    }

    /** Returns a factory that additionally applies a setting in every session. */
    public ConnectionFactory with(String setting, String value) {
        Map<String, String> extended = new TreeMap<>(settings);
        extended.put(setting, value);
        return new ConnectionFactory(target, extended, ownedTables);
    }

    /**
     * Returns a factory for the program's own statements, all of which use schema-qualified names. With an empty search
     * path they cannot call other users' functions or operators, and they fail instead of returning only the rows that
     * a row security policy allows. A dataset's queries keep the search path and the policies of their user.
     */
    public ConnectionFactory withoutSearchPath() {
        return with("search_path", "pg_catalog, pg_temp").with("row_security", "off");
    }

    /**
     * Returns a factory whose sessions switch to the role that owns a table of schema crowdlab, if the user may do so.
     * What one member of that role creates then belongs to the role, so that every other member can continue from
     * there.
     *
     * @param tables the first table whose owner the user may become counts; none: no switch
     */
    public ConnectionFactory asOwnerOf(String... tables) {
        return new ConnectionFactory(target, settings, List.of(tables));
    }

    /** Returns a factory whose sessions keep the user's own role. */
    public ConnectionFactory asUser() {
        return asOwnerOf();
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = target.connect();
        try {
            prepare(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Opens and closes a session.
     *
     * @throws SQLException if no session can be opened, or the server is unsuitable
     */
    public void reach() throws SQLException {
        getConnection().close();
    }

    /** How long connecting may take if the URL names several hosts, some of which may be down. */
    public Optional<Duration> longestWayToAnotherHost() {
        return target.longestWayToAnotherHost();
    }

    /** Ignored, because the URL determines how long connecting may take; connection pools call this method. */
    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public Connection getConnection(String username, String password) {
        throw new UnsupportedOperationException("the user is fixed");
    }

    /**
     * Applies the settings in one round trip, because a run opens dozens of sessions. Each statement is parsed after
     * those before it have run.
     */
    private void prepare(Connection connection) throws SQLException {
        String calls = String.join(", ", Collections.nCopies(settings.size(), "pg_catalog.set_config(?, ?, false)"));
        String statements = IDENTITY + ", " + calls + "; " + SessionSettings.WHERE_KNOWN
                + (ownedTables.isEmpty() ? "" : "; " + TAKE_ROLE);
        try (PreparedStatement statement = connection.prepareStatement(statements)) {
            int parameter = 1;
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                statement.setString(parameter++, setting.getKey());
                statement.setString(parameter++, setting.getValue());
            }
            if (!ownedTables.isEmpty()) {
                Array tables = connection.createArrayOf("text", ownedTables.toArray());
                statement.setArray(parameter++, tables);
                statement.setArray(parameter, tables);
            }
            statement.execute();
            try (ResultSet identity = statement.getResultSet()) {
                identity.next();
                String name = settings.getOrDefault("application_name", "");
                Watchdog.introduce(connection, identity.getInt(1), name, identity.getLong(2));
            }
        }
    }
}
