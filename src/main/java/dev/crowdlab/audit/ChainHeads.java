package dev.crowdlab.audit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The newest hashes of the chains, which can be stored elsewhere, and a check that hashes stored earlier are still in
 * their chains.
 */
public final class ChainHeads {

    private static final String HEADS = """
            select r.dataset, 'run' as table_name, r.run_id, r.hash
            from crowdlab.run r
            where r.hash is not null and not exists (
                select from crowdlab.run n where n.dataset = r.dataset and n.previous_hash = r.hash)
            union all
            (select distinct on (p.dataset) p.dataset, 'publication_log', coalesce(p.run_id, p.previous_run_id, 0), p.hash
            from crowdlab.publication_log p
            order by p.dataset, p.publication_id desc)
            union all
            (select '?', 'forget_log', 0, f.hash
            from crowdlab.forget_log f
            order by f.forget_id desc
            limit 1)""";

    private static final String MISSING = """
            select w.place
            from unnest(:datasets::text[], :tables::text[], :hashes::text[]) with ordinality w (dataset, table_name, hash, place)
            where not exists (
                    select from crowdlab.run r where w.table_name = 'run' and r.dataset = w.dataset and r.hash = w.hash)
                and not exists (
                    select from crowdlab.publication_log p
                    where w.table_name = 'publication_log' and p.dataset = w.dataset and p.hash = w.hash)
                and not exists (
                    select from crowdlab.forget_log f where w.table_name = 'forget_log' and f.hash = w.hash)
                and not exists (
                    select from crowdlab.forget_log f
                    where f.what = 'dataset' and f.dataset = w.dataset and f.digests @> jsonb_build_array(
                        jsonb_build_object('table_name', w.table_name, 'old', w.hash)))
            order by w.place""";

    private final JdbcClient jdbc;

    public ChainHeads(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /**
     * A hash of a chain.
     *
     * @param dataset the dataset of the chain; ? for forget_log, which has a single chain
     * @param table the table that holds the chain: run, publication_log or forget_log
     * @param runId the run that the row is about; 0 if none
     * @param hash the hash
     */
    public record Head(String dataset, String table, long runId, String hash) {}

    /** Returns the newest hash of each chain, of one dataset or of all, by dataset. */
    public List<Head> newest(Optional<String> dataset) {
        return jdbc.sql("select h.* from (" + HEADS
                        + ") h where h.dataset = coalesce(:dataset::text, h.dataset) order by 1, 2, 3")
                .param("dataset", dataset.orElse(null))
                .query((row, number) -> new Head(row.getString(1), row.getString(2), row.getLong(3), row.getString(4)))
                .list();
    }

    /** Returns the given hashes that are no longer in their chains, nor among those of a dataset that was dropped. */
    public Set<Head> missing(List<Head> kept) {
        return jdbc
                .sql(MISSING)
                .param("datasets", kept.stream().map(Head::dataset).toArray(String[]::new))
                .param("tables", kept.stream().map(Head::table).toArray(String[]::new))
                .param("hashes", kept.stream().map(Head::hash).toArray(String[]::new))
                .query((row, number) -> kept.get(row.getInt(1) - 1))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }
}
