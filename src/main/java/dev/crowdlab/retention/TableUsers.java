package dev.crowdlab.retention;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.text.Plural;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds who uses result tables or holds an old snapshot, and since when: other sessions and prepared transactions.
 * PostgreSQL shows the age of other users' transactions only to members of pg_read_all_stats.
 */
final class TableUsers {

    private static final Duration HOUR = Duration.ofHours(1);

    /** All result tables; every view of a published result reads the first. */
    static final List<String> RESULTS = Stream.concat(
                    Stream.of("published_run"),
                    ResultTableDefinitions.PARTITIONED.stream().map(ResultTableDefinition::name))
            .map(name -> "crowdlab." + name)
            .toList();

    private static final String USERS = """
            select l.virtualtransaction, coalesce('backend ' || l.pid, 'the prepared transaction ' || p.gid) as holder,
                concat_ws(', ', nullif(a.application_name, ''), 'user ' || coalesce(a.usename, p.owner)) as origin,
                extract(epoch from clock_timestamp() - coalesce(a.xact_start, p.prepared)) as seconds
            from pg_locks l
            left join pg_stat_activity a on a.pid = l.pid
            left join pg_locks x on l.pid is null and x.pid is null and x.locktype = 'transactionid'
                and x.virtualtransaction = l.virtualtransaction
            left join pg_prepared_xacts p on p.transaction = x.transactionid
            where l.locktype = 'relation' and l.granted and l.pid is distinct from pg_backend_pid()
                and l.database = (select oid from pg_database where datname = current_database())
                and l.relation in (
                    select c.oid
                    from pg_class c
                    join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname || '.' || c.relname = any (?))
            order by coalesce(a.xact_start, p.prepared), l.pid""";

    private static final String OLDEST_SNAPSHOT = """
            select '', 'backend ' || a.pid, concat_ws(', ', nullif(a.application_name, ''), 'user ' || a.usename),
                extract(epoch from clock_timestamp() - a.xact_start)
            from pg_stat_activity a
            where a.datname = current_database() and a.backend_xmin is not null and a.pid <> pg_backend_pid()
            order by age(a.backend_xmin) desc, a.xact_start
            limit 1""";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    TableUsers(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    private record User(String transaction, String sentence) {}

    /** The transactions that now use one of these tables. */
    Set<String> transactions(List<String> tables) {
        Set<String> transactions = new HashSet<>();
        read(users(tables)).forEach(user -> transactions.add(user.transaction()));
        return transactions;
    }

    /** Describes the oldest transaction that uses one of these tables; empty if none does. */
    Optional<String> oldest(List<String> tables) {
        return first(users(tables));
    }

    /** Describes the oldest snapshot of this database. */
    String oldestSnapshot() {
        return first(jdbc.sql(OLDEST_SNAPSHOT)).orElse("a transaction that has just ended");
    }

    private JdbcClient.StatementSpec users(List<String> tables) {
        return jdbc.sql(USERS).param(tables.toArray(String[]::new));
    }

    /** Runs as the login user, who may see more of other sessions than the session's role. */
    private Optional<String> first(JdbcClient.StatementSpec query) {
        return requireNonNull(transaction.execute(status -> {
            jdbc.sql("set local role none").update();
            return read(query).stream().map(User::sentence).findFirst();
        }));
    }

    private static List<User> read(JdbcClient.StatementSpec query) {
        return query.query((row, number) -> {
                    double seconds = row.getDouble(4);
                    String age = row.wasNull() ? "" : age(seconds);
                    return new User(row.getString(1), row.getString(2) + " (" + row.getString(3) + ")" + age);
                })
                .list();
    }

    private static String age(double seconds) {
        Duration age = Duration.ofSeconds(Math.max(0, (long) seconds));
        return ", in a transaction that began "
                + Plural.of(age.compareTo(HOUR) < 0 ? age : Duration.ofMinutes(age.toMinutes())) + " ago";
    }
}
