package dev.crowdlab.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The only way to the tables that belong to the nightly role. Its members could replace such a table by a view, or hang
 * functions on it that would run with the rights of whoever plans or executes a statement on it, the owner of the schema
 * or a superuser for example. So a table is locked first, then the very table that is locked is examined, and it is used
 * only in the same transaction. The lock keeps it as it is and keeps its name pointing to it.
 *
 * <p>A transaction that reads one snapshot has to lock all its tables before it examines any of them: it would not see
 * what was changed between its snapshot and a later lock.
 */
public final class TableDoor {

    /** What the tables are opened for, with the weakest lock that keeps foreign code away meanwhile. */
    public enum Use {
        /**
         * Planning a statement evaluates the expressions of indexes and statistics: nobody may create one meanwhile, if
         * the user has rights that the owner of the table lacks.
         */
        READ("share update exclusive", false),
        /** Others may add rows, too; COPY has no plan, so statistics do not matter. */
        FILL("row exclusive", true),
        /** Nobody else may change anything; readers may continue. */
        CHANGE("share row exclusive", true),
        /** Nobody else may use it at all. */
        ATTACH("access exclusive", true);

        private final String mode;
        private final boolean writes;

        Use(String mode, boolean writes) {
            this.mode = mode;
            this.writes = writes;
        }
    }

    /** Enough for members of the owner; all that there is for a user who may only read, and on a standby. */
    private static final String WEAKEST = "access share";

    private static final Set<String> NO_STRONGER_LOCK = Set.of("42501", "25006", "55000");
    private static final String UNDEFINED_TABLE = "42P01";

    private static final String HAS_MORE_RIGHTS = """
            select u.rolsuper or coalesce((
                select c.relowner <> n.nspowner and pg_has_role(session_user, n.nspowner, 'member')
                from pg_class c
                join pg_namespace n on n.oid = c.relnamespace
                where c.oid = to_regclass(?)), true)
            from pg_roles u
            where u.rolname = session_user""";

    private static final String WANTED = "(?::text, ?::text, ?::boolean, ?::boolean)";

    private static final String OPENED = """
            , opened (oid, kind, writes) as (
                select to_regclass(w.name)::oid, w.kind, w.writes from wanted w""";

    /** Left away where none is wanted: expecting many partitions, PostgreSQL would compile the statement before it runs. */
    private static final String PARTITIONS = """

                union all
                select i.inhrelid, 'r', w.writes from wanted w join pg_inherits i on i.inhparent = to_regclass(w.name)
                where w.partitions""";

    /**
     * Says what is wrong with each table. Whatever an expression calls must be one of PostgreSQL's immutable functions:
     * others of its functions execute text as SQL, or read files. An object of somebody else has an entry in pg_depend,
     * one of PostgreSQL's has none. From now until the end of the transaction statements on views fail, where the server
     * can do that. The tables that are wanted come before it as rows, not as arrays: then PostgreSQL knows their number, and
     * plans the statement once for many tables that a session examines one after the other. The parts of a table are looked
     * up by it, within the innermost queries: filtered further out, those of all tables of all datasets would be read first.
     */
    private static final String FAULTS = """
            ),
            relation as (
                select o.oid, c.relkind, o.kind, o.writes, c.has_row_security, c.name
                from opened o
                cross join lateral (
                    select c.relkind, c.relrowsecurity or c.relforcerowsecurity as has_row_security,
                        format('%I.%I', n.nspname, c.relname) as name
                    from pg_class c
                    join pg_namespace n on n.oid = c.relnamespace
                    where c.oid = o.oid
                    offset 0) c)
            select r.name, case
                when r.relkind::text <> r.kind then 'is ' || case r.relkind when 'v' then 'a view' when 'm' then 'a materialized view'
                    when 'f' then 'a foreign table' when 'p' then 'a partitioned table' when 'r' then 'a plain table'
                    else 'no table' end
                when r.has_row_security or exists (select from pg_policy p where p.polrelid = r.oid) then
                    'has row security'
                when r.relkind = 'r' and exists (select from pg_inherits i where i.inhparent = r.oid) then
                    'has a table that inherits from it'
                when exists (
                    select from (
                        select 'pg_class'::regclass, r.oid
                        union all select 'pg_class'::regclass, indexrelid from pg_index where indrelid = r.oid
                        union all select 'pg_constraint'::regclass, oid from pg_constraint where conrelid = r.oid
                        union all select 'pg_attrdef'::regclass, oid from pg_attrdef where adrelid = r.oid
                        union all select 'pg_statistic_ext'::regclass, oid from pg_statistic_ext where stxrelid = r.oid
                    ) p (class, oid)
                    cross join lateral (
                        select from pg_depend d
                        where d.classid = p.class and d.objid = p.oid and d.refclassid in ('pg_proc'::regclass,
                            'pg_operator'::regclass, 'pg_type'::regclass, 'pg_opclass'::regclass, 'pg_opfamily'::regclass,
                            'pg_collation'::regclass)
                        offset 0) d) then
                    'has a column, constraint, default, index or statistics with a function or type that is not PostgreSQL''s own'
                when exists (
                    select from (
                        select conbin::text from pg_constraint where conrelid = r.oid and conbin is not null
                        union all select adbin::text from pg_attrdef where adrelid = r.oid
                        union all select concat(indexprs::text, indpred::text) from pg_index
                            where indrelid = r.oid and (indexprs is not null or indpred is not null)
                        union all select stxexprs::text from pg_statistic_ext where stxrelid = r.oid and stxexprs is not null
                        union all select partexprs::text from pg_partitioned_table where partrelid = r.oid and partexprs is not null
                    ) e (tree)
                    cross join regexp_matches(e.tree, ':(funcid|opno) (\\d+)', 'g') as call (words)
                    cross join lateral (
                        select coalesce((
                            select oprcode::oid from pg_operator where call.words[1] = 'opno' and oid = call.words[2]::oid),
                            call.words[2]::oid) as oid) f
                    where not coalesce((
                        select p.provolatile = 'i' and l.lanname = 'internal'
                        from pg_proc p
                        left join pg_language l on l.oid = p.prolang
                        where p.oid = f.oid), false)) then
                    'has a constraint, default, index or statistics that calls a function with side effects'
                when r.writes and exists (select from pg_rewrite w where w.ev_class = r.oid) then 'has a rule'
                when r.writes and exists (select from pg_trigger t where t.tgrelid = r.oid and not t.tgisinternal) then 'has a trigger'
                when r.writes and exists (
                    select from pg_constraint f where f.contype = 'f' and (f.conrelid = r.oid or f.confrelid = r.oid)) then
                    'has a foreign key' end as fault,
                case when current_setting('restrict_nonsystem_relation_kind', true) is not null then
                    set_config('restrict_nonsystem_relation_kind', 'view, foreign-table', true) end as wall
            from relation r
            order by fault nulls last, 1
            limit 1""";

    private record Opened(String table, String kind, boolean writes, boolean withPartitions) {}

    private final Connection connection;
    private final List<Opened> opened = new ArrayList<>();

    /**
     * @param connection must be in a transaction; its search path must be empty
     */
    public TableDoor(Connection connection) {
        this.connection = connection;
    }

    /**
     * Locks and examines one plain table.
     *
     * @param table with its schema, quoted if necessary
     * @return false if there is none
     * @throws ForeignCodeException if using it could run foreign code
     */
    public static boolean open(Connection connection, Use use, String table) throws SQLException {
        TableDoor door = new TableDoor(connection);
        boolean exists = door.lock(use, table);
        door.requirePlain();
        return exists;
    }

    /**
     * Locks a plain table.
     *
     * @return false if there is none
     */
    public boolean lock(Use use, String table) throws SQLException {
        return lock(use, "only " + table, new Opened(table, "r", use.writes, false));
    }

    /** Locks a partitioned table without its partitions, so that another can be attached, or none read. */
    public void lockParent(String table) throws SQLException {
        lock(Use.READ, "only " + table, new Opened(table, "p", true, false));
    }

    /** Locks a partitioned table for reading, with all its partitions. */
    public void lockWhole(String table) throws SQLException {
        lock(Use.READ, table, new Opened(table, "p", false, true));
    }

    private boolean lock(Use use, String target, Opened wanted) throws SQLException {
        String mode = use == Use.READ && !needsStrongLock(wanted.table()) ? WEAKEST : use.mode;
        Savepoint before = connection.setSavepoint();
        try {
            try {
                lock(target, mode);
            } catch (SQLException e) {
                connection.rollback(before);
                if (use != Use.READ || !NO_STRONGER_LOCK.contains(String.valueOf(e.getSQLState()))) {
                    throw e;
                }
                lock(target, WEAKEST);
            }
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            connection.rollback(before);
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return false;
            }
            new TableDoor(connection, wanted)
                    .requirePlain(); // what is no table, or a view of others', cannot be locked
            throw e;
        }
        opened.add(wanted);
        return true;
    }

    private TableDoor(Connection connection, Opened only) {
        this(connection);
        opened.add(only);
    }

    /** A transaction that reads one snapshot must not take it before it has its locks, so it cannot ask. */
    private boolean needsStrongLock(String table) throws SQLException {
        if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
            return true;
        }
        try (PreparedStatement statement = connection.prepareStatement(HAS_MORE_RIGHTS)) {
            statement.setString(1, table);
            try (ResultSet answer = statement.executeQuery()) {
                return !answer.next() || answer.getBoolean(1);
            }
        }
    }

    private void lock(String target, String mode) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table " + target + " in " + mode + " mode");
        }
    }

    /**
     * Examines all tables that are locked.
     *
     * @throws ForeignCodeException if using one of them could run foreign code
     */
    public void requirePlain() throws SQLException {
        if (opened.isEmpty()) {
            return;
        }
        String wanted = String.join(", ", Collections.nCopies(opened.size(), WANTED));
        String partitions = opened.stream().anyMatch(Opened::withPartitions) ? PARTITIONS : "";
        try (PreparedStatement statement =
                connection.prepareStatement("with wanted (name, kind, writes, partitions) as (values " + wanted + ")"
                        + OPENED + partitions + FAULTS)) {
            int parameter = 1;
            for (Opened table : opened) {
                statement.setString(parameter++, table.table());
                statement.setString(parameter++, table.kind());
                statement.setBoolean(parameter++, table.writes());
                statement.setBoolean(parameter++, table.withPartitions());
            }
            try (ResultSet row = statement.executeQuery()) {
                if (row.next() && row.getString(2) != null) {
                    throw new ForeignCodeException(row.getString(1), row.getString(2));
                }
            }
        }
    }
}
