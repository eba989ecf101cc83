package dev.crowdlab.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Describes who holds one of this program's advisory locks, whose keys are hashes of their names. */
public final class AdvisoryLockHolder {

    /** The SQL expression for the key of a lock, with its name as the only parameter. */
    public static final String KEY = "pg_catalog.hashtextextended(?, 0::bigint)";

    private static final String HOLDER = """
            with key as (select %s as value)
            select a.application_name || ', backend ' || a.pid || coalesce(' from ' || host(a.client_addr), '')
            from pg_locks l
            join pg_stat_activity a on a.pid = l.pid
            cross join key
            where l.locktype = 'advisory' and l.granted and l.objsubid = 1
                and l.database = (select oid from pg_database where datname = current_database())
                and (l.classid::bigint << 32) | l.objid::bigint = key.value
            order by a.pid
            limit 1""".formatted(KEY);

    private AdvisoryLockHolder() {}

    /** Describes the session that holds the lock, as part of a sentence. */
    public static String of(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLDER)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getString(1) : "a process that has just ended";
            }
        }
    }
}
