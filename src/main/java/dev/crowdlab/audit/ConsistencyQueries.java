package dev.crowdlab.audit;

import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.retention.OldHistory;
import dev.crowdlab.retention.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds records that contradict each other in ways that hashes and digests do not reveal: what is published, what is
 * marked as removed, and rows that no run recorded. Each query is one statement that returns only contradictions.
 */
final class ConsistencyQueries {

    private static final String PUBLISHED = """
            select p.dataset, p.run_id, 'published_run' as table_name, case
                when r.run_id is null then 'names a run that the dataset does not have'
                when r.status <> 'PUBLISHED' then 'names a run that is ' || r.status || ', not PUBLISHED'
                else 'names a run whose tables are marked as removed' end as fault
            from crowdlab.published_run p
            left join crowdlab.run r on r.dataset = p.dataset and r.run_id = p.run_id
            where r.status is distinct from 'PUBLISHED' or exists (
                select from crowdlab.run_table t where t.run_id = p.run_id and t.removed_at is not null)
            union all
            select r.dataset, max(r.run_id), 'published_run', 'has no row for the dataset, though this run was published'
            from crowdlab.run r
            where r.status = 'PUBLISHED'
                and not exists (select from crowdlab.published_run p where p.dataset = r.dataset)
                and not exists (select from crowdlab.publication_log l where l.dataset = r.dataset)
            group by r.dataset""";

    /** Detects that the newest rows of publication_log were cut off: the runs that became current still record it. */
    private static final String NOT_LOGGED = """
            select r.dataset, r.run_id, 'publication_log' as table_name,
                'has no row for this run, though it became current' as fault
            from crowdlab.run r
            where r.became_current
                and not exists (
                    select from crowdlab.publication_log l where l.dataset = r.dataset and l.run_id = r.run_id)""";

    /** An open run has recorded no tables yet, because its tables are recorded in the transaction that closes it. */
    private static final String WITHOUT_RUN = """
            select r.dataset, t.run_id, 'run_table' as table_name, case
                when r.run_id is null then 'has rows of the run, which table run lacks'
                else 'has rows of the run, which is not closed' end as fault
            from (select distinct run_id from crowdlab.run_table) t
            left join crowdlab.run r on r.run_id = t.run_id
            where r.run_id is null or r.status = 'RUNNING'""";

    /** Retention marks rows as removed and writes to purge_log in the same transaction, so both have the same time. */
    private static final String REMOVED_WITHOUT_RECORD = """
            select r.dataset, t.run_id, t.table_name,
                'is marked as removed at ' || t.removed_at || ', of which purge_log has no record' as fault
            from crowdlab.run_table t
            left join crowdlab.run r on r.run_id = t.run_id
            where t.removed_at is not null
                and not exists (
                    select from crowdlab.purge_log p
                    cross join unnest(p.run_ids) as purged (run_id)
                    where purged.run_id = t.run_id and p.purged_at = t.removed_at)""";

    /** Retention removes the large tables of a run together, and later its history together. */
    private static final String REMOVED_IN_PART = """
            select r.dataset, t.run_id, t.table_name, 'is not marked as removed, though other tables of the run are' as fault
            from crowdlab.run_table t
            left join crowdlab.run r on r.run_id = t.run_id
            where t.removed_at is null and t.table_name = any(:removable || :history)
                and exists (
                    select from crowdlab.run_table o
                    where o.run_id = t.run_id and o.removed_at is not null
                        and (t.table_name = any(:removable) or o.table_name = any(:history)))""";

    /** Rows that came back after their dataset was dropped, or that a record of it was forged to explain the lack of. */
    private static final String DROPPED = """
            select r.dataset, r.run_id, 'run' as table_name,
                'is still there, though the dataset was dropped later, by forget_log at ' || f.forgotten_at as fault
            from crowdlab.run r
            join (
                select distinct on (l.dataset) l.dataset, l.forgotten_at, (
                    select max((d ->> 'run_id')::bigint) from jsonb_array_elements(l.digests) d) as last_run_id
                from crowdlab.forget_log l
                where l.what = 'dataset'
                order by l.dataset, l.forget_id desc) f on f.dataset = r.dataset
            where r.run_id <= f.last_run_id""";

    /** No digest covers what a run did not record, such as the gold of annotators of one that had none. */
    private static final String NOT_RECORDED = """
            select r.dataset, t.run_id, t.table_name, 'has %3$s, of which the run recorded none' as fault
            from crowdlab.run_table t
            left join crowdlab.run r on r.run_id = t.run_id
            where t.table_name = '%1$s' and t.removed_at is null and not '%2$s' = any(t.columns)
                and exists (
                    select from crowdlab.%1$s s where s.run_id = t.run_id and s.%2$s is not null)""";

    /** Columns that only some runs write: their table, columns, and what is in them. */
    private static final List<List<String>> SOMETIMES = List.of(
            List.of("annotator_stats", "num_gold", "gold of annotators"),
            List.of("annotator_stats", "gold_accuracy", "gold of annotators"),
            List.of("annotator_stats", "gold_lower", "gold of annotators"),
            List.of("annotator_stats", "gold_upper", "gold of annotators"),
            List.of("annotator_stats", "signed_difference", "values of a scale"),
            List.of("annotator_stats", "signed_lower", "values of a scale"),
            List.of("annotator_stats", "signed_upper", "values of a scale"),
            List.of("annotator_stats", "num_abstained", "abstentions"),
            List.of("annotator_stats", "self_agreement", "repeats"),
            List.of("annotator_stats", "self_lower", "repeats"),
            List.of("annotator_stats", "self_upper", "repeats"),
            List.of("annotator_stats", "num_repeated", "repeats"),
            List.of("annotator_pair", "linear_kappa", "values of a scale"),
            List.of("annotator_pair", "quadratic_kappa", "values of a scale"),
            List.of("label_quality", "posterior_median", "values of a scale"),
            List.of("label_quality", "label_source", "sources of labels"));

    private static final String SHARED_ROWS = """
            select r.dataset, s.run_id, '%1$s' as table_name, case
                when t.removed_at is null then 'has rows of the run, which recorded none'
                else 'still has rows of the run, which are marked as removed' end as fault
            from (select distinct run_id from crowdlab.%1$s) s
            left join crowdlab.run r on r.run_id = s.run_id
            left join crowdlab.run_table t on t.run_id = s.run_id and t.table_name = '%1$s'
            where t.removed_at is not null
                or t.run_id is null and r.status is distinct from 'RUNNING'""";

    /**
     * A run attaches its partitions shortly before it is closed. Partitions that a failed run attached may remain until
     * the retention of a later run, and are not reported until then.
     */
    private static final String PARTITIONS = """
            select r.dataset, o.run_id, o.table_name, case
                when t.removed_at is null then 'has a partition of the run, which recorded none'
                else 'still has rows of the run, which are marked as removed' end as fault
            from (
                select parent.relname as table_name, bound.run_ids[1]::bigint as run_id, true as is_attached
                from pg_class parent
                join pg_inherits i on i.inhparent = parent.oid
                join pg_class child on child.oid = i.inhrelid
                cross join regexp_matches(pg_get_expr(child.relpartbound, child.oid), '\\d{1,18}', 'g') as bound (run_ids)
                where parent.relnamespace = to_regnamespace('crowdlab') and parent.relname = any(:partitioned)
                union all
                select parent.relname, substring(own.relname from '_r(\\d{1,18})$')::bigint, false
                from pg_class parent
                join pg_class own on own.relnamespace = parent.relnamespace
                    and own.relname ~ ('^' || parent.relname || '_r\\d{1,18}$')
                where parent.relnamespace = to_regnamespace('crowdlab') and parent.relname = any(:partitioned)
                    and own.relkind = 'r' and not own.relispartition) o
            left join crowdlab.run r on r.run_id = o.run_id
            left join crowdlab.run_table t on t.run_id = o.run_id and t.table_name = o.table_name
            where t.removed_at is not null
                or o.is_attached and t.run_id is null and coalesce(r.status, '') not in ('RUNNING', 'FAILED')""";

    private final JdbcClient jdbc;

    ConsistencyQueries(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /** Returns all contradictions about one dataset, or about all. */
    List<IntegrityViolation> differences(Optional<String> dataset) {
        List<IntegrityViolation> differences = new ArrayList<>();
        differences.addAll(ask(PUBLISHED, dataset));
        differences.addAll(ask(NOT_LOGGED, dataset));
        differences.addAll(ask(WITHOUT_RUN, dataset));
        differences.addAll(ask(REMOVED_WITHOUT_RECORD, dataset));
        differences.addAll(ask(REMOVED_IN_PART, dataset));
        differences.addAll(ask(DROPPED, dataset));
        for (List<String> column : SOMETIMES) {
            differences.addAll(ask(NOT_RECORDED.formatted(column.toArray()), dataset));
        }
        for (ResultTableDefinition table : ResultTableDefinitions.SHARED) {
            differences.addAll(ask(SHARED_ROWS.formatted(table.name()), dataset));
        }
        differences.addAll(ask(PARTITIONS, dataset));
        return differences;
    }

    private List<IntegrityViolation> ask(String question, Optional<String> dataset) {
        return jdbc.sql("select coalesce(found.dataset, '?'), found.run_id, found.table_name, found.fault from ("
                        + question
                        + ") found where found.dataset = coalesce(:dataset::text, found.dataset)"
                        + " or :dataset::text is null order by 1, 2, 3")
                .param("dataset", dataset.orElse(null))
                .param("removable", Retention.removableTables())
                .param("history", OldHistory.tables())
                .param("partitioned", ResultTableDefinitions.partitionedNames())
                .query((row, number) ->
                        new IntegrityViolation(row.getString(1), row.getLong(2), row.getString(3), row.getString(4)))
                .list();
    }
}
