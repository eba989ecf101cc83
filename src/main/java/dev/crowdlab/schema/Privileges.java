package dev.crowdlab.schema;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rights that a run needs in the result database and that the connected user lacks. */
public final class Privileges {

    /** Returns one row per missing right; a role inherits the rights of the roles that it is a member of. */
    private static final String MISSING = """
            with needed (relation, privileges) as (values
                ('annotation', 'select'), ('prediction', 'select'),
                ('run', 'select, insert, update, delete'), ('run_table', 'select, insert, update, delete'),
                ('run_part', 'select, insert, delete'),
                ('published_run', 'select, insert, update, delete'), ('purge_log', 'insert'),
                ('batch_job_instance', 'select, insert'), ('batch_job_execution', 'select, insert, update'),
                ('batch_step_execution', 'select, insert, update')),
            -- the tables with results of runs, which all guard those of closed runs
            guarded (relation, privileges) as (
                select c.relname, 'select, insert, delete'
                from pg_catalog.pg_class c
                join pg_catalog.pg_namespace s on s.oid = c.relnamespace and s.nspname = 'crowdlab'
                where exists (
                    select from pg_catalog.pg_trigger t
                    join pg_catalog.pg_proc p on p.oid = t.tgfoid and p.proname = 'refuse_closed_run'
                    where t.tgrelid = c.oid and p.pronamespace = s.oid)),
            wanted as (
                select distinct c.oid, n.relation, trim(privilege) as privilege
                from (select * from needed union all select * from guarded) n
                join pg_catalog.pg_namespace s on s.nspname = 'crowdlab'
                join pg_catalog.pg_class c on c.relnamespace = s.oid and c.relname = n.relation
                cross join unnest(string_to_array(n.privileges, ',')) as privilege)
            select format('User %s may not %s crowdlab.%s; grant it, or make the user a member of crowdlab_writer.',
                current_user, string_agg(privilege, ', ' order by privilege), relation)
            from wanted
            where not has_table_privilege(oid, privilege)
            group by relation
            union all
            select format('User %s may not create tables in schema crowdlab; grant it, or make the user a member of'
                ' crowdlab_writer.', current_user)
            where not has_schema_privilege('crowdlab', 'create')
            union all
            select format('User %s does not own crowdlab.%s and can attach no result to it; make the user a member of %s.',
                current_user, c.relname, pg_get_userbyid(c.relowner))
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace s on s.oid = c.relnamespace and s.nspname = 'crowdlab'
            where c.relkind = 'p' and not pg_has_role(c.relowner, 'usage')
            order by 1
            """;

    /** If more rights are missing, they are reported in one sentence. */
    private static final int MAX_NAMED = 3;

    private Privileges() {}

    /**
     * Returns one sentence for each missing right, or a single one with the grant that gives them all. The schema must
     * be current.
     */
    public static List<String> missing(DataSource dataSource) {
        List<String> missing = sentences(dataSource);
        if (missing.size() <= MAX_NAMED) {
            return missing;
        }
        return List.of(missing.get(0).replaceFirst(";.*", "") + ", and lacks " + (missing.size() - 1)
                + " other rights there; make the user a member of crowdlab_writer.");
    }

    private static List<String> sentences(DataSource dataSource) {
        return JdbcClient.create(dataSource)
                .sql(MISSING)
                .query((row, number) -> row.getString(1))
                .list();
    }
}
