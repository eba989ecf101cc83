package dev.crowdlab.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads {@code crowdlab.forget_log}: the digests that took the place of those that runs recorded, and whether the log itself is
 * whole. The sessions must have time zone UTC, as the program's have.
 */
public final class ForgetRecords {

    private static final String RUN = "run";

    /** No run has this hash. */
    private static final String NONE = "";

    /** Stands for all datasets, as no dataset's name can. */
    private static final String ALL = "?";

    /** The hash as function crowdlab.forget_hash has it, which may have been changed together with the rows. */
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
            order by f.forget_id, e.place""";

    private final JdbcClient jdbc;

    /** The log in the database that the sessions lead to. */
    public ForgetRecords(DataSource sessions) {
        jdbc = JdbcClient.create(sessions);
    }

    private record Entry(
            long forgetId, Optional<String> dataset, Optional<String> previousHash, String hash, String expectedHash) {}

    /**
     * A digest that took the place of another.
     *
     * @param runId the run
     * @param table a table of the run; {@code run}: the run's own row, whose digest is its hash
     * @param before the digest before
     * @param after the digest after
     */
    public record Replacement(long runId, String table, String before, String after) {}

    /** All replacements, in the order in which they were made. */
    public record Replacements(List<Replacement> all) {

        /** Copies. */
        public Replacements {
            all = List.copyOf(all);
        }

        /**
         * What the digest of a table of a run is by now; empty: the log replaces another than was recorded.
         *
         * @param recorded what the run recorded
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

        /** A run whose own row was changed, and is as it was left, counts as one whose hash is right; every other is as it is. */
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

    /** What was replaced, by anybody. */
    public Replacements replacements() {
        return new Replacements(jdbc.sql(REPLACEMENTS)
                .query((row, number) -> new Replacement(
                        row.getLong("run_id"), row.getString("table_name"), row.getString("old"), row.getString("new")))
                .list());
    }

    /** The newest hash of the log; empty: nobody was forgotten. */
    public Optional<String> newestHash() {
        return jdbc.sql("select hash from crowdlab.forget_log order by forget_id desc limit 1")
                .query(String.class)
                .optional();
    }

    /** Everything that is wrong with the log. */
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
                differences.add(difference(entry, "holds other values than its hash was made of; they were changed"));
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
