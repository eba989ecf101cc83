package dev.crowdlab.forget;

import dev.crowdlab.publication.PublicationRefusedException;
import dev.crowdlab.results.ResultTableDefinition;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Prepares the tables of single runs, attached or not, for writing by the schema's owner. The tables belong to the
 * nightly role, which could have attached functions of its own to them; these would run with the rights of the writer.
 */
final class RunTableWriter {

    private static final String NAMES = """
            select c.relname, substring(c.relname from '_r(\\d{1,18})$')::bigint as run_id
            from pg_class c
            join crowdlab.run r on r.run_id = substring(c.relname from '_r(\\d{1,18})$')::bigint
            where c.relnamespace = to_regnamespace('crowdlab') and c.relname ~ ('^' || ? || '_r\\d{1,18}$')
                and c.relkind = 'r' and r.dataset = ?
            order by 2""";

    /** Relies on built-in objects of PostgreSQL having no entry in pg_depend. */
    private static final String IS_PLAIN = """
            select c.relkind = 'r' and not c.relrowsecurity and not c.relhasrules
                and not exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal)
                and not exists (
                    select from pg_constraint f where f.contype = 'f' and (f.conrelid = c.oid or f.confrelid = c.oid))
                and not exists (
                    select from pg_depend d
                    where d.refclassid in ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_type'::regclass,
                            'pg_opclass'::regclass, 'pg_opfamily'::regclass, 'pg_collation'::regclass)
                        and (d.classid = 'pg_class'::regclass and (d.objid = c.oid
                                or d.objid in (select i.indexrelid from pg_index i where i.indrelid = c.oid))
                            or d.classid = 'pg_constraint'::regclass
                                and d.objid in (select k.oid from pg_constraint k where k.conrelid = c.oid)
                            or d.classid = 'pg_attrdef'::regclass
                                and d.objid in (select e.oid from pg_attrdef e where e.adrelid = c.oid)))
            from pg_class c
            where c.oid = to_regclass(?)""";

    private RunTableWriter() {}

    /** Returns the runs of a dataset that have their own table of this kind. */
    static List<Long> runs(JdbcClient jdbc, ResultTableDefinition definition, String dataset) {
        return jdbc.sql(NAMES)
                .params(definition.name(), dataset)
                .query((row, number) -> row.getLong("run_id"))
                .list();
    }

    /**
     * Locks a run's table against changes until the end of the transaction (readers may continue) and makes sure that
     * writing to it runs no foreign code.
     *
     * @throws PublicationRefusedException if it might run foreign code
     */
    static void lock(JdbcClient jdbc, ResultTableDefinition definition, long runId) {
        jdbc.sql("lock table only " + definition.target(runId) + " in share row exclusive mode")
                .update();
        boolean isPlain = jdbc.sql(IS_PLAIN)
                .param(definition.target(runId))
                .query(Boolean.class)
                .optional()
                .orElse(false);
        if (!isPlain) {
            throw new PublicationRefusedException("Table " + definition.target(runId)
                    + " has a trigger, rule, policy, constraint or index that the program did not create and that would run"
                    + " with your rights; nothing was changed. Find out who created it, and drop it");
        }
    }
}
