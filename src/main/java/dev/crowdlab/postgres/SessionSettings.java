package dev.crowdlab.postgres;

import java.util.Map;
import java.util.Set;

/** The settings that every session of the program has, whatever those of the server, the database and the user are. */
final class SessionSettings {

    /** What is the same on every server, by name. */
    static final Map<String, String> ALWAYS = Map.ofEntries(
            Map.entry("TimeZone", "UTC"),
            Map.entry("DateStyle", "ISO"),
            Map.entry("IntervalStyle", "postgres"),
            Map.entry("extra_float_digits", "1"),
            Map.entry("bytea_output", "hex"),
            Map.entry("default_transaction_isolation", "read committed"),
            Map.entry("default_transaction_read_only", "off"),
            Map.entry("quote_all_identifiers", "off"),
            Map.entry("statement_timeout", "0"),
            Map.entry("lock_timeout", "0"),
            Map.entry("idle_in_transaction_session_timeout", "0"),
            Map.entry("tcp_keepalives_idle", "20"),
            Map.entry("tcp_keepalives_interval", "5"),
            Map.entry("tcp_keepalives_count", "4"));

    /**
     * Settings that exist only in some versions, and one that works only on some operating systems: PostgreSQL detects
     * a closed client connection on Linux, and since version 15 on systems with kqueue. Uses no operators, because the
     * search path may put other operators before PostgreSQL's.
     */
    static final String WHERE_KNOWN = """
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

    private SessionSettings() {}

    /**
     * Whether every session of the program sets this setting itself.
     *
     * @param name in lower case
     */
    static boolean isOwn(String name) {
        return ELSEWHERE.contains(name)
                || name.startsWith("crowdlab.")
                || ALWAYS.keySet().stream().anyMatch(name::equalsIgnoreCase);
    }
}
