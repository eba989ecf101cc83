-- Purpose: who owns and who may do what, for every object that there is by now. Runs after each call of migrate, also after one
--          that found nothing to apply, and does only what is missing. Takes those of the roles of db/README.md that exist, if the
--          migrating user is a member of crowdlab_owner or crowdlab_writer (a superuser counts as one); else all goes on
--          belonging to the migrating user. A table of results is known by its partitions, or by its trigger that guards closed
--          runs; a migration that brings another table for the nightly job adds it to the list below.
-- Locks:   exclusive on each table that changes its owner, for milliseconds, once; it waits for queries that read the table.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

do $$
declare
    step record;
begin
    -- Two at a time would fail on each other's rows of the catalog.
    perform pg_advisory_xact_lock(hashtextextended('crowdlab-etl rights', 0));
    if (select rolsuper from pg_roles where rolname = session_user) then
        perform set_config('role', 'none', true);
    end if;

    for step in
        with role as (
            select oid, rolname as name
            from pg_roles
            where rolname in ('crowdlab_owner', 'crowdlab_writer')
                and pg_has_role(oid, 'usage')
                and pg_has_role(oid, case when current_setting('server_version_num')::integer < 160000 then 'member' else 'set' end)
            union all
            select r.oid, r.rolname
            from pg_roles r
            where r.rolname in ('crowdlab_reader', 'crowdlab_auditor')
                and exists (select from pg_roles o where o.rolname = 'crowdlab_owner' and pg_has_role(o.oid, 'usage'))),
        schema as (
            select oid, nspname as name, nspowner as owner
            from pg_namespace
            where nspname in ('crowdlab', 'crowdlab_bi')),
        relation as (
            select c.oid, s.name as schema, c.relname as name, c.relowner as owner, c.relkind as kind,
                format('%I.%I', s.name, c.relname) as full_name,
                -- a table with one partition per run, or such a partition, attached or not
                s.name = 'crowdlab' and c.relkind in ('r', 'p') and exists (
                    select from pg_class p
                    where p.relnamespace = s.oid and p.relkind = 'p' and p.relname = regexp_replace(c.relname, '_r\d+$', '')) as is_large,
                -- a table with results of all runs, which guards those of closed ones
                s.name = 'crowdlab' and exists (
                    select from pg_trigger g
                    join pg_proc f on f.oid = g.tgfoid and f.proname = 'refuse_closed_run'
                    where g.tgrelid = c.oid and f.pronamespace = s.oid) as is_guarded
            from pg_class c
            join schema s on s.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'S')),
        migrating as (
            select oid
            from pg_roles
            where rolname in (session_user, current_user)),
        -- Who has just founded the schema gives all of it to the role, once. Later migrations run in that role.
        founded as (
            select r.oid
            from role r
            join schema s on s.name = 'crowdlab' and s.owner <> r.oid and s.owner in (select oid from migrating)
            where r.name = 'crowdlab_owner'),

        -- The rights of the nightly job, beside owning the large tables and writing the results of runs.
        wanted (role, name, privileges) as (
            values
                ('crowdlab_writer', 'annotation', 'select, insert, delete'),
                ('crowdlab_writer', 'prediction', 'select, insert, delete'),
                ('crowdlab_writer', 'gold', 'select, insert, delete'),
                ('crowdlab_writer', 'run', 'select, insert, update, delete'),
                ('crowdlab_writer', 'run_part', 'select, insert, delete'),
                ('crowdlab_writer', 'published_run', 'select, insert, update, delete'),
                ('crowdlab_writer', 'publication_log', 'select'),
                ('crowdlab_writer', 'forget_log', 'select'),
                ('crowdlab_writer', 'purge_log', 'select, insert'),
                ('crowdlab_writer', 'flyway_schema_history', 'select'),
                ('crowdlab_writer', 'run_id_seq', 'usage, select'),
                ('crowdlab_writer', 'batch_job_instance_seq', 'usage, select'),
                ('crowdlab_writer', 'batch_job_execution_seq', 'usage, select'),
                ('crowdlab_writer', 'batch_step_execution_seq', 'usage, select'),
                ('crowdlab_writer', 'batch_job_instance', 'select, insert, update, delete'),
                ('crowdlab_writer', 'batch_job_execution', 'select, insert, update, delete'),
                ('crowdlab_writer', 'batch_job_execution_params', 'select, insert, update, delete'),
                ('crowdlab_writer', 'batch_job_execution_context', 'select, insert, update, delete'),
                ('crowdlab_writer', 'batch_step_execution', 'select, insert, update, delete'),
                ('crowdlab_writer', 'batch_step_execution_context', 'select, insert, update, delete')),
        granted (role, relation, privilege) as (
            select w.role, r.oid, trim(p.privilege)
            from wanted w
            join relation r on r.schema = 'crowdlab' and r.name = w.name
            cross join string_to_table(w.privileges, ',') p (privilege)
            union all
            select 'crowdlab_writer', oid, unnest(array['select', 'insert', 'update', 'delete']) from relation where is_guarded
            union all
            select 'crowdlab_owner', oid, 'select' from relation where is_large
            union all
            select unnest(array['crowdlab_writer', 'crowdlab_reader']), oid, 'select' from relation where schema = 'crowdlab_bi'
            union all
            select 'crowdlab_auditor', oid, 'select' from relation)

        select 1 as place, format('alter schema %I owner to crowdlab_owner', s.name) as statement
        from schema s
        where exists (select from founded) and s.owner in (select oid from migrating)
        union all
        select 2, format('grant %s on schema %I to %I', p.privilege, s.name, r.name)
        from (values
            ('crowdlab', 'crowdlab_writer', 'usage'),
            ('crowdlab', 'crowdlab_writer', 'create'),
            ('crowdlab', 'crowdlab_auditor', 'usage'),
            ('crowdlab_bi', 'crowdlab_writer', 'usage'),
            ('crowdlab_bi', 'crowdlab_reader', 'usage'),
            ('crowdlab_bi', 'crowdlab_auditor', 'usage')) p (schema, role, privilege)
        join schema s on s.name = p.schema and pg_has_role(s.owner, 'usage')
        join role r on r.name = p.role and not has_schema_privilege(r.oid, s.oid, p.privilege)
        union all
        select 3, format('alter table %s owner to %I', t.full_name, r.name)
        from relation t
        join role r on r.name = case when t.is_large then 'crowdlab_writer' else 'crowdlab_owner' end and r.oid <> t.owner
        -- a large table that comes with a later migration is made in the owner's role, which a superuser has left by now
        where t.owner in (select oid from migrating union all select oid from role where name = 'crowdlab_owner' and t.is_large)
            and (t.is_large or exists (select from founded))
            -- a sequence of a column goes with its table
            and not exists (
                select from pg_depend d
                where d.classid = 'pg_class'::regclass and d.objid = t.oid and t.kind = 'S' and d.deptype in ('a', 'i'))
        union all
        select 3, format('alter routine %s owner to crowdlab_owner', p.oid::regprocedure)
        from pg_proc p
        join schema s on s.oid = p.pronamespace
        where exists (select from founded) and p.proowner in (select oid from migrating)
        union all
        select 4, format('grant %s on %s to %I', g.privilege, t.full_name, r.name)
        from granted g
        join relation t on t.oid = g.relation and pg_has_role(t.owner, 'usage')
        join role r on r.name = g.role and not case t.kind
            when 'S' then has_sequence_privilege(r.oid, t.oid, g.privilege)
            else has_table_privilege(r.oid, t.oid, g.privilege) end
        union all
        -- What the two will make: later migrations, and every night's tables.
        select 5, format('alter default privileges for role %I in schema %I grant select on %s to %I', m.name, s.name, p.kind, r.name)
        from (values
            ('crowdlab_owner', 'crowdlab', 'tables', 'crowdlab_auditor'),
            ('crowdlab_owner', 'crowdlab', 'sequences', 'crowdlab_auditor'),
            ('crowdlab_owner', 'crowdlab_bi', 'tables', 'crowdlab_auditor'),
            ('crowdlab_owner', 'crowdlab_bi', 'tables', 'crowdlab_reader'),
            ('crowdlab_writer', 'crowdlab', 'tables', 'crowdlab_auditor')) p (maker, schema, kind, role)
        join role m on m.name = p.maker
        join schema s on s.name = p.schema
        join role r on r.name = p.role
        order by 1, 2
    loop
        execute step.statement;
    end loop;
end
$$;
