package dev.crowdlab.audit;

import dev.crowdlab.postgres.ForeignCodeException;
import dev.crowdlab.postgres.TableDoor;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.RecordedTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.results.copy.TableDigest;
import dev.crowdlab.text.Plural;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the rows that a run has in a table with what it recorded about them. A large table is read from the run's
 * own partition: publishing or removing another run is not blocked, and removing this one waits as for any reader.
 */
public final class StoredTableCheck {

    private static final String UNDEFINED_TABLE = "42P01";

    /**
     * Finds a partition by its bound rather than its name. Retention detaches before it drops, so a table with the
     * run's name may exist that is no longer a partition.
     */
    private static final String OWN_TABLE = """
            select format('%%I.%%I', n.nspname, c.relname) as name,
                coalesce(not i.inhdetachpending, false) as is_attached,
                has_table_privilege(c.oid, 'select') as is_readable,
                exists (select from crowdlab.published_run p where p.run_id = wanted.run_id) as is_current
            from (select ?::bigint as run_id, to_regclass(?) as whole, to_regclass(?) as own) wanted
            join pg_class c on %s
            join pg_namespace n on n.oid = c.relnamespace
            left join pg_inherits i on i.inhrelid = c.oid and i.inhparent = wanted.whole
            where i.inhparent is not null
                    and pg_get_expr(c.relpartbound, c.oid) = format('FOR VALUES IN (%%L)', wanted.run_id)
                or c.oid = wanted.own and c.relkind = 'r' and not c.relispartition
            order by is_attached desc
            limit 1""";

    /**
     * Looks for the expected name first, because asking for a bound would wait for a partition that is being removed.
     */
    private static final String BY_NAME = OWN_TABLE.formatted("c.oid = wanted.own and c.relispartition");

    private static final String ANYWHERE = OWN_TABLE.formatted("true");

    private static final String COLUMNS = """
            select c.relname::text, array_agg(a.attname::text)
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = to_regnamespace('crowdlab') and c.relkind in ('r', 'p') and not c.relispartition
            group by c.relname""";

    private final Connection connection;
    private final Map<String, Set<String>> columnsByTable = new HashMap<>();

    StoredTableCheck(Connection connection) throws SQLException {
        this.connection = connection;
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                columnsByTable.put(
                        rows.getString(1), Set.of((String[]) rows.getArray(2).getArray()));
            }
        }
    }

    /**
     * Reads the rows again and returns what is wrong with the table, as the predicate of a sentence; empty if nothing
     * is.
     */
    Optional<String> fault(long runId, RecordedTable recorded) throws SQLException {
        Optional<ResultTableDefinition> definition = ResultTableDefinitions.named(recorded.name());
        if (definition.isEmpty()) {
            return Optional.of("is not known to this version, so its rows cannot be read again");
        }
        List<String> missing = recorded.columns().stream()
                .filter(column ->
                        !columnsByTable.getOrDefault(recorded.name(), Set.of()).contains(column))
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of("lacks " + Plural.word(missing.size(), "column ", "columns ")
                    + String.join(", ", missing) + ", which the run wrote");
        }
        if (!definition.get().partitioned()) {
            return compare(definition.get(), "crowdlab." + definition.get().name(), runId, recorded);
        }
        return faultOfOwnTable(definition.get(), runId, recorded);
    }

    private Optional<String> faultOfOwnTable(ResultTableDefinition definition, long runId, RecordedTable recorded)
            throws SQLException {
        Optional<OwnTable> own = ownTable(definition, runId);
        if (own.isEmpty()) {
            return missing();
        }
        if (own.get().isCurrent() && !own.get().isAttached()) {
            return Optional.of("lacks the partition of the run, so that the views do not show it");
        }
        boolean isOpen = !connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            return isOpened(own.get(), definition)
                    ? compare(definition, own.get().relation(definition), runId, recorded)
                    : missing();
        } catch (ForeignCodeException e) {
            return Optional.of(
                    e.fault() + ", which the program did not create and whose code would run if it were read");
        } finally {
            if (!isOpen) { // ends the transaction, and with it the lock
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private boolean isOpened(OwnTable own, ResultTableDefinition definition) throws SQLException {
        TableDoor door = new TableDoor(connection);
        boolean exists = true;
        if (own.isReadWhole()) {
            door.lockWhole(own.relation(definition));
        } else {
            exists = door.lock(TableDoor.Use.READ, own.relation(definition));
        }
        door.requirePlain();
        return exists;
    }

    private Optional<String> compare(
            ResultTableDefinition definition, String relation, long runId, RecordedTable recorded) throws SQLException {
        try {
            TableDigest found = TableDigest.of(connection, definition, recorded.columns(), relation, runId);
            if (found.rowCount() != recorded.rowCount()) {
                return Optional.of(String.format(
                        Locale.ROOT,
                        "holds %,d %s of the run, which wrote %,d",
                        found.rowCount(),
                        Plural.word(found.rowCount(), "row", "rows"),
                        recorded.rowCount()));
            }
            return found.digest().equals(recorded.digest())
                    ? Optional.empty()
                    : Optional.of("holds other rows than the run wrote: their digest is " + found.digest()
                            + ", the recorded one is " + recorded.digest());
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return missing();
            }
            throw e;
        }
    }

    private static Optional<String> missing() {
        return Optional.of("no longer has the run's rows, and nothing records that they were removed");
    }

    private Optional<OwnTable> ownTable(ResultTableDefinition definition, long runId) throws SQLException {
        Optional<OwnTable> own = ownTable(BY_NAME, definition, runId);
        return own.isPresent() ? own : ownTable(ANYWHERE, definition, runId);
    }

    private Optional<OwnTable> ownTable(String query, ResultTableDefinition definition, long runId)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, runId);
            statement.setString(2, "crowdlab." + definition.name());
            statement.setString(3, definition.target(runId));
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new OwnTable(row.getString(1), row.getBoolean(2), row.getBoolean(3), row.getBoolean(4)))
                        : Optional.empty();
            }
        }
    }

    /** The table of a run. A user who may not read it may still be able to read the whole partitioned table. */
    private record OwnTable(String name, boolean isAttached, boolean isReadable, boolean isCurrent) {

        String relation(ResultTableDefinition definition) {
            return isReadWhole() ? "crowdlab." + definition.name() : name;
        }

        boolean isReadWhole() {
            return isAttached && !isReadable;
        }
    }
}
