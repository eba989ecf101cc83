package dev.crowdlab.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Checks {@code crowdlab.publication_log}: its hash chains, and whether it agrees with what is published. Every answer
 * comes from one statement and so from one snapshot. The connections must use time zone UTC, as the program's do.
 */
public final class PublicationRecords {

    private static final String TABLE = "publication_log";

    /** The same hash as function crowdlab.publication_hash, which may have been changed together with the rows. */
    private static final String ENTRIES = """
            select p.dataset, p.publication_id, p.previous_hash, p.hash, coalesce(p.run_id, p.previous_run_id, 0) as run_id,
                encode(sha256(convert_to(jsonb_build_array(p.previous_hash, p.publication_id, p.dataset, p.run_id,
                    p.previous_run_id, p.changed_at, p.changed_by)::text, 'UTF8')), 'hex') as expected_hash
            from crowdlab.publication_log p
            where p.dataset = coalesce(:dataset::text, p.dataset)
            order by p.dataset, p.publication_id""";

    private static final String CONTRADICTIONS = """
            with last as (
                select distinct on (l.dataset) l.dataset, l.run_id, l.changed_at
                from crowdlab.publication_log l
                order by l.dataset, l.publication_id desc)
            select coalesce(p.dataset, l.dataset) as dataset, coalesce(p.run_id, l.run_id) as run_id,
                case
                    when p.run_id is null then 'has no row for the dataset, whose current run is this one'
                    when l.dataset is null then 'names this run, though no publication of the dataset is recorded'
                    when l.run_id is null then 'names this run, though the dataset was taken out of the dashboards'
                    else 'names this run, though run ' || l.run_id || ' is the current one'
                end || coalesce(', by publication_log since ' || l.changed_at, '') as fault
            from crowdlab.published_run p
            full join last l on l.dataset = p.dataset
            where p.run_id is distinct from l.run_id
                and coalesce(p.dataset, l.dataset) = coalesce(:dataset::text, p.dataset, l.dataset)
            order by 1""";

    private final JdbcClient jdbc;

    public PublicationRecords(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    private record Entry(
            String dataset,
            long publicationId,
            Optional<String> previousHash,
            String hash,
            long runId,
            String expectedHash) {}

    /**
     * The result of a check of the log.
     *
     * @param differences everything that is wrong with the log, and where published_run differs from it
     * @param newestHashes the newest hash of each dataset's chain, by dataset
     */
    public record Findings(List<IntegrityViolation> differences, Map<String, String> newestHashes) {

        /** Collections are copied. */
        public Findings {
            differences = List.copyOf(differences);
            newestHashes = Map.copyOf(newestHashes);
        }
    }

    /** Checks the log of one dataset, or of all. */
    public Findings findings(Optional<String> dataset) {
        List<IntegrityViolation> differences = new ArrayList<>();
        Map<String, String> newest = new TreeMap<>();
        for (Entry entry : entries(dataset)) {
            String before = newest.put(entry.dataset(), entry.hash());
            if (!entry.hash().equals(entry.expectedHash())) {
                differences.add(difference(entry, "does not match its hash; its values were changed"));
            }
            if (!entry.previousHash().equals(Optional.ofNullable(before))) {
                differences.add(difference(entry, "does not follow the change before it; one was removed or changed"));
            }
        }
        differences.addAll(jdbc.sql(CONTRADICTIONS)
                .param("dataset", dataset.orElse(null))
                .query((row, number) ->
                        new IntegrityViolation(row.getString(1), row.getLong(2), "published_run", row.getString(3)))
                .list());
        return new Findings(differences, newest);
    }

    private static IntegrityViolation difference(Entry entry, String fault) {
        return new IntegrityViolation(
                entry.dataset(), entry.runId(), TABLE, "row " + entry.publicationId() + " " + fault);
    }

    private List<Entry> entries(Optional<String> dataset) {
        return jdbc.sql(ENTRIES)
                .param("dataset", dataset.orElse(null))
                .query((row, number) -> new Entry(
                        row.getString("dataset"),
                        row.getLong("publication_id"),
                        Optional.ofNullable(row.getString("previous_hash")),
                        row.getString("hash"),
                        row.getLong("run_id"),
                        row.getString("expected_hash")))
                .list();
    }
}
