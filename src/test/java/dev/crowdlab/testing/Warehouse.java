package dev.crowdlab.testing;

import dev.crowdlab.audit.IntegrityViolation;
import dev.crowdlab.audit.Verification;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.results.ResultTableDefinitions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * A test database with datasets in it, and a look at everything that a run may have left there. Datasets live in the
 * built-in tables: examples e1 to e40, annotators a1 to a5, classes blue, green and red, one model, and one annotation
 * without label, which is refused.
 */
public final class Warehouse implements AutoCloseable {

    /** Rows of one dataset, as {@link #fill} makes it. */
    public static final int ANNOTATION_ROWS = 121;

    public static final int PREDICTION_ROWS = 120;
    public static final int EXAMPLES = 40;
    public static final int ANNOTATORS = 5;

    private static final Duration MAX_WAIT = Duration.ofSeconds(120);
    private static final long POLL_MILLIS = 10;

    /** Migrated once for each JVM, as all databases of {@link #with} begin. */
    private static @Nullable TestDatabase migrated;

    private final TestDatabase database;
    private final KeptSession session;

    private Warehouse(TestDatabase database) {
        this.database = database;
        session = new KeptSession(database.dataSource());
    }

    /** A database in which nothing is. */
    public static Warehouse empty() {
        return new Warehouse(TestDatabase.create());
    }

    /** A migrated database with these datasets. */
    public static Warehouse with(String... datasets) throws SQLException {
        return new Warehouse(migrated().copy()).filled(datasets);
    }

    private static synchronized TestDatabase migrated() {
        if (migrated == null) {
            TestDatabase database = TestDatabase.create();
            new Warehouse(database).migrate();
            migrated = database;
        }
        return migrated;
    }

    /** This database, migrated, with these datasets. */
    public static Warehouse on(TestDatabase database, String... datasets) throws SQLException {
        Warehouse warehouse = new Warehouse(database);
        warehouse.migrate();
        return warehouse.filled(datasets);
    }

    /** Another warehouse of what is in this one, which nobody may be at work in. */
    public Warehouse copy() {
        closeSession();
        return new Warehouse(database.copy());
    }

    private void migrate() {
        Program.Result result = program().call("migrate");
        if (result.exitCode() != 0) {
            throw new IllegalStateException(result.err());
        }
    }

    private Warehouse filled(String... datasets) throws SQLException {
        for (String dataset : datasets) {
            fill(dataset);
        }
        return this;
    }

    /** Applies the migrations up to a version, as a user, in sessions like the program's: in the owner's role, if there is one. */
    public void migrateTo(String version, String user, String password) {
        Flyway.configure()
                .dataSource(ConnectionFactory.of(database.url(), user, password)
                        .withoutSearchPath()
                        .asOwnerOf("run", "label_quality"))
                .defaultSchema("crowdlab")
                .locations("classpath:db/migration")
                .target(version)
                .load()
                .migrate();
    }

    public TestDatabase database() {
        return database;
    }

    /** The program on this database, as the superuser. */
    public Program program() {
        return Program.on(database);
    }

    /** Calls the program on it, which is to end with this code, and gives all that it printed. */
    public String call(int exitCode, String... words) {
        return program().call(exitCode, words);
    }

    /** Puts the rows of a dataset into the built-in tables. */
    public void fill(String dataset) throws SQLException {
        execute("""
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                select '%1$s', 'e' || e, 'a' || a,
                    (array['blue', 'green', 'red'])[1 + (case when (e * 7 + a * 3) %% 11 = 0 then e + a else e end) %% 3]
                from generate_series(1, 40) e
                cross join generate_series(1, 5) a
                where (e + a) %% 5 < 3""".formatted(dataset), """
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                values ('%s', 'e1', 'a2', null)""".formatted(dataset), """
                insert into crowdlab.prediction (dataset, example_id, label, probability)
                select '%s', 'e' || e, (array['blue', 'green', 'red'])[1 + c], case when e %% 3 = c then 0.8 else 0.1 end
                from generate_series(1, 40) e
                cross join generate_series(0, 2) c""".formatted(dataset));
    }

    /** The same, with the predictions as those of two further models, m2 and m3. */
    public void fillWithThreeModels(String dataset) throws SQLException {
        fill(dataset);
        execute("insert into crowdlab.prediction (dataset, model, example_id, label, probability)"
                + " select dataset, m, example_id, label, probability from crowdlab.prediction, (values ('m2'), ('m3')) n (m)"
                + " where dataset = '" + dataset + "'");
    }

    /** Makes every annotator agree on a label for an example of the dataset. */
    public void relabel(String dataset, String example, String label) throws SQLException {
        execute("update crowdlab.annotation set label = '" + label + "' where dataset = '" + dataset
                + "' and example_id = '" + example + "' and label is not null");
        execute("update crowdlab.prediction set probability = case when label = '" + label
                + "' then 0.8 else 0.1 end where dataset = '" + dataset + "' and example_id = '" + example + "'");
    }

    /** Makes every closed run, and what Spring Batch recorded of it, older by an interval such as {@code 2 h}. */
    public void letPass(String interval) throws SQLException {
        execute("""
                set session_replication_role = replica;
                update crowdlab.run set started_at = started_at - interval '%1$s', finished_at = finished_at - interval '%1$s';
                update crowdlab.published_run set published_at = published_at - interval '%1$s';
                update crowdlab.publication_log set changed_at = changed_at - interval '%1$s';
                update crowdlab.batch_job_execution set create_time = create_time - interval '%1$s',
                    start_time = start_time - interval '%1$s', end_time = end_time - interval '%1$s'""".formatted(interval));
        // the hashes again, in the order of the chain, so that the chain is whole
        execute("""
                do $$
                declare
                    closed bigint;
                    change bigint;
                    last jsonb := '{}';
                    last_change jsonb := '{}';
                begin
                    set local session_replication_role = replica;
                    for change in select publication_id from crowdlab.publication_log order by 1 loop
                        update crowdlab.publication_log set previous_hash = last_change ->> dataset where publication_id = change;
                        update crowdlab.publication_log l set hash = crowdlab.publication_hash(l) where publication_id = change
                            returning last_change || jsonb_build_object(dataset, hash) into last_change;
                    end loop;
                    for closed in select run_id from crowdlab.run where status <> 'RUNNING' order by run_id loop
                        update crowdlab.run set previous_hash = last ->> dataset where run_id = closed;
                        update crowdlab.run set hash = crowdlab.run_hash(run) where run_id = closed
                            returning last || jsonb_build_object(dataset, hash) into last;
                    end loop;
                end $$""");
    }

    public void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement command = connection.createStatement()) {
            for (String statement : statements) {
                command.execute(statement);
            }
        }
    }

    public Connection connect() throws SQLException {
        return database.dataSource().getConnection();
    }

    /** The first column of all rows, as text. */
    public List<String> column(String query) throws SQLException {
        return session.column(query);
    }

    /** The first column of the only row, as text. */
    public String value(String query) throws SQLException {
        List<String> values = column(query);
        if (values.size() != 1) {
            throw new IllegalStateException(values.size() + " rows: " + query);
        }
        return values.get(0);
    }

    /** Waits until a query gives true. */
    public void await(String query) throws SQLException, InterruptedException {
        long start = System.nanoTime();
        while (!"t".equals(value(query))) {
            if (System.nanoTime() - start > MAX_WAIT.toNanos()) {
                throw new IllegalStateException("never true: " + query);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** The status of each run, by number. */
    public List<String> statuses() throws SQLException {
        return column("select status from crowdlab.run order by run_id");
    }

    /** The published run of a dataset. */
    public String published(String dataset) throws SQLException {
        return value("select run_id from crowdlab.published_run where dataset = '" + dataset + "'");
    }

    /** Everything that the views show of results, by view: all but what is said of the last run, published or not. */
    public Map<String, String> visible() throws SQLException {
        Map<String, String> content = new TreeMap<>();
        for (String view : column(
                "select viewname from pg_views where schemaname = 'crowdlab_bi'"
                        + " and viewname not in ('run_history', 'freshness', 'run_checks_history', 'rejected_rows_history') order by 1")) {
            content.put(
                    view,
                    value("select coalesce(string_agg(v::text, e'\\n' order by v::text), '') from crowdlab_bi." + view
                            + " v"));
        }
        return content;
    }

    /** The number of rows of every table of the program's schemas, by table. */
    public Map<String, String> rowCounts() throws SQLException {
        Map<String, String> counts = new TreeMap<>();
        for (String table : relations()) {
            if (table.startsWith("r ") || table.startsWith("p ")) {
                counts.put(table, value("select count(*) from " + table.substring(2)));
            }
        }
        return counts;
    }

    /** Kind and name of every relation outside the catalog. */
    public List<String> relations() throws SQLException {
        return column("""
                select relkind::text || ' ' || oid::regclass::text
                from pg_class
                where relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'pg_toast')
                order by 1""");
    }

    /** Tables of single runs that no partitioned table has. */
    public List<String> standAloneTables() throws SQLException {
        return column("""
                select relname
                from pg_class
                where relnamespace = 'crowdlab'::regnamespace and relname ~ '_r\\d+$' and relkind = 'r'
                    and not relispartition
                order by 1""");
    }

    /** Tables of single runs that belong to a partitioned table, less those being detached. */
    public List<String> partitions() throws SQLException {
        return column("""
                select inhrelid::regclass::text
                from pg_inherits
                where not inhdetachpending and inhparent::regclass::text like 'crowdlab.%'
                    and inhrelid::regclass::text not like '%_pkey'
                order by 1""");
    }

    /** Names of the plain tables that hold rows of a run, its findings and their digest aside. */
    public List<String> plainTablesWithRowsOf(long runId) throws SQLException {
        List<String> found = new ArrayList<>();
        List<String> tables = new ArrayList<>();
        ResultTableDefinitions.SHARED.forEach(table -> tables.add(table.name()));
        tables.remove("run_check");
        tables.add("run_table");
        for (String table : tables) {
            if (!"0"
                    .equals(value("select count(*) from crowdlab." + table + " t where run_id = " + runId
                            + " and to_jsonb(t) ->> 'table_name' is distinct from 'run_check'"))) {
                found.add(table);
            }
        }
        return found;
    }

    /**
     * Runs whose hash is wrong or follows nothing, datasets whose chain has not exactly one beginning and one end, and whatever
     * else the program itself finds.
     */
    public List<String> chainFaults() throws SQLException {
        List<String> faults = column("""
                select 'run ' || r.run_id
                from crowdlab.run r
                where r.status <> 'RUNNING' and (r.hash is distinct from crowdlab.run_hash(r)
                    or r.previous_hash is not null and not exists (
                        select from crowdlab.run p where p.dataset = r.dataset and p.hash = r.previous_hash))
                union all
                select 'beginnings of ' || r.dataset
                from crowdlab.run r
                where r.status <> 'RUNNING'
                group by r.dataset
                having count(*) filter (where r.previous_hash is null) <> 1
                    or count(*) filter (where not exists (
                        select from crowdlab.run n where n.dataset = r.dataset and n.previous_hash = r.hash)) <> 1""");
        ConnectionFactory sessions = ConnectionFactory.of(database.url(), database.user(), database.password())
                .withoutSearchPath();
        new Verification(sessions)
                .verify(Optional.empty()).differences().stream()
                        .map(IntegrityViolation::sentence)
                        .forEach(faults::add);
        return faults;
    }

    /** Makes the next run wait before a step until the gate is closed; it waits with an open metadata transaction. */
    public Gate gateBefore(String step) throws SQLException {
        return gate("insert on crowdlab.batch_step_execution", "new.step_name = '" + step + "'");
    }

    /** Makes the next run wait in the midst of its first COPY to this table until the gate is closed. */
    public Gate gateAt(String table) throws SQLException {
        return gate("insert on crowdlab." + table, "true");
    }

    /** Makes the first statement of the next call that does this, such as {@code delete on crowdlab.run_check}, wait. */
    public Gate gateOn(String event) throws SQLException {
        return gate(event, "true");
    }

    /** Makes the next run wait in its publishing transaction, when all is done but to close the run. */
    public Gate gateBeforeClosing() throws SQLException {
        return gate("update on crowdlab.run", "new.status = 'PUBLISHED'");
    }

    /** Makes run 2 wait when it reads the annotations of dataset colors, if {@link #readingThroughTheGate} runs it. */
    public Gate gateAtReading() throws SQLException {
        execute("""
                create function public.pass_gate() returns boolean language plpgsql as $$
                begin
                    if current_setting('application_name') = 'crowdlab-etl run 2' then
                        perform pg_advisory_xact_lock_shared(4711);
                    end if;
                    return true;
                end $$""", """
                create view public.annotations_behind_gate as
                select example_id, annotator_id, label
                from crowdlab.annotation
                where public.pass_gate()""");
        return lockGate();
    }

    /** The program with queries for dataset colors that lead through {@link #gateAtReading}. */
    public Program readingThroughTheGate() {
        return program()
                .with(
                        "crowdlab.datasets.colors.annotations-query",
                        "select example_id, annotator_id, label from public.annotations_behind_gate")
                .with(
                        "crowdlab.datasets.colors.predictions-query",
                        "select example_id, label, probability from crowdlab.prediction");
    }

    private Gate gate(String event, String condition) throws SQLException {
        execute(
                "create sequence public.arrival",
                """
                create function public.pass_gate() returns trigger language plpgsql security definer as $$
                begin
                    if nextval('public.arrival') = 1 then
                        perform pg_advisory_xact_lock_shared(4711);
                    end if;
                    return coalesce(new, old);
                end $$""",
                "create trigger pass_gate before " + event + " for each row when (" + condition
                        + ") execute function public.pass_gate()");
        return lockGate();
    }

    private Gate lockGate() throws SQLException {
        Connection keeper = connect();
        try (Statement lock = keeper.createStatement()) {
            lock.execute("select pg_advisory_lock(4711)");
        }
        return new Gate(this, keeper);
    }

    /** What one run waits at; who comes later passes. */
    public static final class Gate implements AutoCloseable {

        private final Warehouse warehouse;
        private final Connection keeper;

        private Gate(Warehouse warehouse, Connection keeper) {
            this.warehouse = warehouse;
            this.keeper = keeper;
        }

        /** Waits until the run stands before the gate. */
        public void awaitArrival() throws SQLException, InterruptedException {
            warehouse.await(
                    "select count(*) > 0 from pg_locks where locktype = 'advisory' and objid = 4711"
                            + " and not granted and database = (select oid from pg_database where datname = current_database())");
        }

        /** Lets pass who waits. */
        @Override
        public void close() throws SQLException {
            keeper.close();
        }
    }

    @Override
    public void close() {
        closeSession();
        database.close();
    }

    private void closeSession() {
        try {
            session.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
