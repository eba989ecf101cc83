package dev.crowdlab.export;

import dev.crowdlab.postgres.SqlErrors;
import dev.crowdlab.postgres.TableDoor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Keeps the large tables behind the views as they are until a statement on the views has its plan: planning it runs what
 * the nightly role, which owns these tables, may have hung on any partition. The session is another one than that of
 * the export, which may take hours, while its locks would hold up the next publication.
 */
final class PlanGuard implements AutoCloseable {

    private static final String LIMIT = "set local lock_timeout = '30s'";

    private static final String LARGE_TABLES = """
            with recursive source (oid) as (
                select c.oid from pg_catalog.pg_class c
                where c.relnamespace = pg_catalog.to_regnamespace('crowdlab_bi') and c.relname = any(?)
                union
                select d.refobjid
                from source s
                join pg_catalog.pg_rewrite w on w.ev_class = s.oid
                join pg_catalog.pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid
                    and d.refclassid = 'pg_class'::regclass)
            select pg_catalog.format('%I.%I', n.nspname, c.relname)
            from source s
            join pg_catalog.pg_class c on c.oid = s.oid and c.relkind = 'p'
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            order by 1""";

    private final Connection session;

    private PlanGuard(Connection session) {
        this.session = session;
    }

    /**
     * Locks and examines the tables that are behind views of schema crowdlab_bi, unless the user may only read the
     * views: no more could be done with such rights.
     *
     * @throws dev.crowdlab.postgres.ForeignCodeException if reading the views could run foreign code
     */
    static PlanGuard of(DataSource sessions, List<String> views) throws SQLException {
        PlanGuard guard = new PlanGuard(sessions.getConnection());
        try {
            guard.session.setAutoCommit(false);
            limitWaits(guard.session);
            List<String> tables = guard.largeTables(views);
            if (guard.lock(tables)
                    && !guard.largeTables(views).equals(tables)) { // what has another name now is not what was locked
                throw new NoExportException("The tables " + String.join(", ", tables)
                        + " were renamed while they were being locked; call the program again");
            }
            return guard;
        } catch (SQLException | RuntimeException e) {
            guard.close();
            throw e;
        }
    }

    /** Limits how long the statements of a transaction wait for a lock. */
    static void limitWaits(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LIMIT);
        }
    }

    private List<String> largeTables(List<String> views) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = session.prepareStatement(LARGE_TABLES)) {
            statement.setArray(1, session.createArrayOf("text", views.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }

    private boolean lock(List<String> tables) throws SQLException {
        try {
            TableDoor door = new TableDoor(session);
            for (String table : tables) {
                door.lockWhole(table);
            }
            door.requirePlain();
            return true;
        } catch (SQLException e) {
            if (SqlErrors.isRightMissing(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Releases the locks; a second call has no effect. */
    @Override
    public void close() throws SQLException {
        if (!session.isClosed()) {
            session.rollback();
            session.setAutoCommit(true);
            session.close();
        }
    }
}
