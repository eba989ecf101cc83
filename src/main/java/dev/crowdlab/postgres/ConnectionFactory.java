package dev.crowdlab.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Sessions of a PostgreSQL database, each on a connection of its own, not pooled: what a COPY, a snapshot or an advisory lock
 * needs. Every session reads and writes text the same way whatever the server's defaults, waits without limit, and is given
 * up by the server within a minute when this host is lost, and by the {@link Watchdog} when the network is. Thread-safe.
 */
public final class ConnectionFactory extends AbstractDataSource {

    private static final Map<String, String> ALWAYS = Map.ofEntries(
            Map.entry("TimeZone", "UTC"),
            Map.entry("DateStyle", "ISO"),
            Map.entry("IntervalStyle", "postgres"),
            Map.entry("extra_float_digits", "1"),
            Map.entry("bytea_output", "hex"),
            Map.entry("default_transaction_isolation", "read committed"),
            Map.entry("default_transaction_read_only", "off"),
            Map.entry("statement_timeout", "0"),
            Map.entry("lock_timeout", "0"),
            Map.entry("idle_in_transaction_session_timeout", "0"),
            Map.entry("tcp_keepalives_idle", "20"),
            Map.entry("tcp_keepalives_interval", "5"),
            Map.entry("tcp_keepalives_count", "4"));

    /**
     * Settings that only some versions know, and one that some operating systems cannot do: PostgreSQL sees that a client is gone
     * on Linux, and since version 15 where there is kqueue. No operators: the search path may put others before PostgreSQL's.
     */
    private static final String WHERE_KNOWN = """
            select
                case when pg_catalog.current_setting('idle_session_timeout', true) is not null
                    then pg_catalog.set_config('idle_session_timeout', '0', false) end,
                case when pg_catalog.current_setting('transaction_timeout', true) is not null
                    then pg_catalog.set_config('transaction_timeout', '0', false) end,
                case when pg_catalog.current_setting('client_connection_check_interval', true) is not null and (
                        pg_catalog.int4gt(pg_catalog.strpos(pg_catalog.version(), '-linux'), 0)
                        or pg_catalog.int4ge(pg_catalog.current_setting('server_version_num')::pg_catalog.int4, 150000) and (
                            pg_catalog.int4gt(pg_catalog.strpos(pg_catalog.version(), '-darwin'), 0)
                            or pg_catalog.int4gt(pg_catalog.strpos(pg_catalog.version(), 'bsd'), 0)))
                    then pg_catalog.set_config('client_connection_check_interval', '10s', false) end""";

    private static final Set<String> ELSEWHERE = Set.of(
            "application_name", "client_connection_check_interval", "idle_session_timeout", "transaction_timeout");

    /** A pooler between the two would have told the driver another number. */
    private static final String IDENTITY = "select pg_catalog.pg_backend_pid(),"
            + " pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time())::pg_catalog.int8";

    /** Takes on the owner's role of the first of the tables whose owner the user may become. */
    private static final String TAKE_ROLE = """
            select pg_catalog.set_config('role', owner.rolname::text, false)
            from pg_catalog.unnest(?::text[]) with ordinality as wanted (name, place)
            join pg_catalog.pg_namespace schema on schema.nspname = 'crowdlab'
            join pg_catalog.pg_class found on found.relnamespace = schema.oid and found.relname = wanted.name
            join pg_catalog.pg_roles owner on owner.oid = found.relowner
            where pg_catalog.pg_has_role(session_user, owner.oid,
                case when pg_catalog.current_setting('server_version_num')::integer < 160000 then 'MEMBER' else 'SET' end)
            order by wanted.place
            limit 1""";

    private final ConnectionTarget target;
    private final Map<String, String> settings;
    private final List<String> ownedTables;

    private ConnectionFactory(ConnectionTarget target, Map<String, String> settings, List<String> ownedTables) {
        this.target = target;
        this.settings = settings;
        this.ownedTables = ownedTables;
    }

    /** Sessions of the database at a JDBC URL, set with {@code spring.datasource}: the one that holds the results. */
    public static ConnectionFactory of(String url, @Nullable String user, @Nullable String password) {
        return of(new ConnectionTarget("spring.datasource", url, user, password, true));
    }

    /** Sessions of a database that is only read, set with {@code crowdlab.source}. */
    public static ConnectionFactory ofSource(String url, @Nullable String user, @Nullable String password) {
        return of(new ConnectionTarget("crowdlab.source", url, user, password, false));
    }

    private static ConnectionFactory of(ConnectionTarget target) {
        return new ConnectionFactory(target, ALWAYS, List.of()).with("application_name", "crowdlab-etl");
    }

    /**
     * Whether sessions set it themselves, whatever they are for.
     *
     * @param name in lower case
     */
    static boolean isOwnSetting(String name) {
        return ELSEWHERE.contains(name)
                || name.startsWith("crowdlab.")
                || ALWAYS.keySet().stream().anyMatch(name::equalsIgnoreCase);
    }

    /** The same with one more setting in every session. */
    public ConnectionFactory with(String setting, String value) {
        Map<String, String> extended = new TreeMap<>(settings);
        extended.put(setting, value);
        return new ConnectionFactory(target, extended, ownedTables);
    }

    /**
     * The same for the program's own statements, all of which name their schemas: nobody else's function or operator can
     * come in between, nor can a policy of row security, at which statements fail instead. A dataset's queries need the path
     * that their user has, and may be meant to see a part of the rows.
     */
    public ConnectionFactory withoutSearchPath() {
        return with("search_path", "pg_catalog, pg_temp").with("row_security", "off");
    }

    /**
     * The same in the role that owns a table of schema crowdlab, where the user is not the owner but may take that role on:
     * what one user makes belongs to the role, and every other user who is a member of it can go on from there.
     *
     * @param tables the first whose owner the user may become counts; none: as the user
     */
    public ConnectionFactory asOwnerOf(String... tables) {
        return new ConnectionFactory(target, settings, List.of(tables));
    }

    /** The same in no role but the user's own. */
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

    /** Fails as a session would if none can be had, or if the server is none that the program can work on. */
    public void reach() throws SQLException {
        getConnection().close();
    }

    /** How long it may take to connect, if there are several hosts, of which some may be down. */
    public Optional<Duration> longestWayToAnotherHost() {
        return target.longestWayToAnotherHost();
    }

    /** Nothing: how long connecting takes is a matter of the URL. A pool would set it. */
    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public Connection getConnection(String username, String password) {
        throw new UnsupportedOperationException("the user is fixed");
    }

    /** In one round trip, since a run opens dozens of sessions; a statement is parsed when those before it have been executed. */
    private void prepare(Connection connection) throws SQLException {
        String calls = String.join(", ", Collections.nCopies(settings.size(), "pg_catalog.set_config(?, ?, false)"));
        String statements =
                IDENTITY + ", " + calls + "; " + WHERE_KNOWN + (ownedTables.isEmpty() ? "" : "; " + TAKE_ROLE);
        try (PreparedStatement statement = connection.prepareStatement(statements)) {
            int parameter = 1;
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                statement.setString(parameter++, setting.getKey());
                statement.setString(parameter++, setting.getValue());
            }
            if (!ownedTables.isEmpty()) {
                statement.setArray(parameter, connection.createArrayOf("text", ownedTables.toArray()));
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
