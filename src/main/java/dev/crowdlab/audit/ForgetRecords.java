package dev.crowdlab.audit;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads {@code crowdlab.forget_log}: the digests that replaced those recorded by runs, and whether the log itself is
 * intact. The connections must use time zone UTC, as the program's do.
 */
public final class ForgetRecords {

    private static final String RUN = "run";

    /** Stands for a missing hash. */
    private static final String NONE = "";

    /** Stands for all datasets, since no dataset can have this name. */
    private static final String ALL = "?";

    /** The same hash as function crowdlab.forget_hash, which may have been changed together with the rows. */
    private static final String ENTRIES = """
            select f.forget_id, f.dataset, f.previous_hash, f.hash,
                encode(sha256(convert_to(jsonb_build_array(f.previous_hash, f.forget_id, f.what, f.pseudonym, f.dataset, f.rows,
                    f.digests, f.forgotten_at, f.forgotten_by)::text, 'UTF8')), 'hex') as expected_hash
            from crowdlab.forget_log f
            order by f.forget_id""";

    private static final String REPLACEMENTS = """
            select (d ->> 'run_id')::bigint as run_id, d ->> 'table_name' as table_name, d ->> 'old' as old, d ->> 'new' as new
            from crowdlab.forget_log f
            cross join jsonb_array_elements(f.digests) with ordinality as e (d, place)
            where f.what <> 'dataset'
            order by f.forget_id, e.place""";

    private static final String DROPPED = """
            select f.dataset, f.forgotten_at, f.forgotten_by, (
                select count(*) from jsonb_array_elements(f.digests) d where d ->> 'table_name' = 'run') as runs
            from crowdlab.forget_log f
            where f.what = 'dataset' and f.dataset = coalesce(:dataset::text, f.dataset)
            order by f.forget_id""";

    private final JdbcClient jdbc;

    public ForgetRecords(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    private record Entry(
            long forgetId, Optional<String> dataset, Optional<String> previousHash, String hash, String expectedHash) {}

    /**
     * A digest that replaced another.
     *
     * @param runId the run
     * @param table a table of the run, or {@code run} for the run's own row, whose digest is its hash
     * @param before the digest before
     * @param after the digest after
     */
    public record Replacement(long runId, String table, String before, String after) {}

    /** All replacements, in the order in which they were made. */
    public record Replacements(List<Replacement> all) {

        /** Lists are copied. */
        public Replacements {
            all = List.copyOf(all);
        }

        /**
         * Returns the current digest of a table of a run; empty if the log replaces a digest that the run did not
         * record.
         *
         * @param recorded the digest that the run recorded
         */
        public Optional<String> current(long runId, String table, String recorded) {
            String current = recorded;
            for (Replacement next : all) {
                if (next.runId() == runId && next.table().equals(table)) {
                    if (!next.before().equals(current)) {
                        return Optional.empty();
                    }
                    current = next.after();
                }
            }
            return Optional.of(current);
        }

        /**
         * Accepts the hash of a run whose own row was changed by forgetting and has not been changed since; other runs
         * are returned unchanged.
         */
        public AuditedRun applyTo(AuditedRun run) {
            if (run.hash().isEmpty()) {
                return run;
            }
            String hash = run.hash().get();
            Optional<String> current = current(run.runId(), RUN, hash);
            return current.equals(run.hash())
                    ? run
                    : run.withExpectedHash(current.equals(Optional.of(run.expectedHash())) ? hash : NONE);
        }
    }

    /** Returns all replacements. */
    public Replacements replacements() {
        return new Replacements(jdbc.sql(REPLACEMENTS)
                .query((row, number) -> new Replacement(
                        row.getLong("run_id"), row.getString("table_name"), row.getString("old"), row.getString("new")))
                .list());
    }

    /** Returns the newest hash of the log; empty if nothing was ever forgotten. */
    public Optional<String> newestHash() {
        return jdbc.sql("select hash from crowdlab.forget_log order by forget_id desc limit 1")
                .query(String.class)
                .optional();
    }

    /**
     * A dataset that was dropped.
     *
     * @param dataset its name
     * @param droppedAt when
     * @param droppedBy the database user who did it
     * @param runCount number of closed runs that went
     */
    public record Dropped(String dataset, Instant droppedAt, String droppedBy, long runCount) {}

    /** Returns when this dataset was dropped, or when any was, in this order. */
    List<Dropped> dropped(Optional<String> dataset) {
        return jdbc.sql(DROPPED)
                .param("dataset", dataset.orElse(null))
                .query((row, number) -> new Dropped(
                        row.getString("dataset"),
                        row.getObject("forgotten_at", OffsetDateTime.class).toInstant(),
                        row.getString("forgotten_by"),
                        row.getLong("runs")))
                .list();
    }

    /** Returns everything that is wrong with the log. */
    public List<IntegrityViolation> differences() {
        List<IntegrityViolation> differences = new ArrayList<>();
        Optional<String> before = Optional.empty();
        for (Entry entry : jdbc.sql(ENTRIES)
                .query((row, number) -> new Entry(
                        row.getLong("forget_id"),
                        Optional.ofNullable(row.getString("dataset")),
                        Optional.ofNullable(row.getString("previous_hash")),
                        row.getString("hash"),
                        row.getString("expected_hash")))
                .list()) {
            if (!entry.hash().equals(entry.expectedHash())) {
                differences.add(difference(entry, "does not match its hash; its values were changed"));
            }
            if (!Objects.equals(entry.previousHash(), before)) {
                differences.add(difference(entry, "does not follow the row before it; one was removed or changed"));
            }
            before = Optional.of(entry.hash());
        }
        return differences;
    }

    private static IntegrityViolation difference(Entry entry, String fault) {
        return new IntegrityViolation(
                entry.dataset().orElse(ALL), 0, "forget_log", "row " + entry.forgetId() + " " + fault);
    }
}
