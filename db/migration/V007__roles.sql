-- Purpose: the four group roles of db/README.md, Roles, made where the migrating user may make roles (a superuser, or one with
--          CREATEROLE) and the cluster lacks them. Who may not leaves them to a DBA; all goes on belonging to the migrating
--          user then. afterMigrate__rights.sql grants the rights, after every migration.
-- Locks:   none that a reader or a run would wait for.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

do $$
declare
    is_superuser boolean;
    may_make_roles boolean;
    -- Since PostgreSQL 16 who makes a role may give it to others, yet is no member before having joined.
    joining text := case when current_setting('server_version_num')::integer < 160000 then ''
        else ' with inherit true, set true' end;
    wanted record;
begin
    select rolsuper, rolsuper or rolcreaterole
    into is_superuser, may_make_roles
    from pg_roles
    where rolname = session_user;
    if not may_make_roles then
        return;
    end if;
    perform set_config('role', 'none', true);

    -- Another database of the cluster may have made them, or be about to.
    for wanted in
        select *
        from (values
            ('crowdlab_owner', 'crowdlab-etl: owns the schemas and migrates them'),
            ('crowdlab_writer', 'crowdlab-etl: the nightly job'),
            ('crowdlab_reader', 'crowdlab-etl: dashboards, which see schema crowdlab_bi'),
            ('crowdlab_auditor', 'crowdlab-etl: auditors, who see everything and change nothing')) roles (name, comment)
        where not exists (select from pg_roles where rolname = roles.name)
    loop
        begin
            execute format('create role %I nologin', wanted.name);
            execute format('comment on role %I is %L', wanted.name, wanted.comment);
            if wanted.name = 'crowdlab_owner' and not is_superuser then
                execute format('grant crowdlab_owner to %I', session_user) || joining;
            end if;
        exception when duplicate_object or unique_violation then
            null;
        end;
    end loop;

    -- The views, and later migrations, need what the writer owns.
    begin
        if not pg_has_role('crowdlab_owner', 'crowdlab_writer', 'usage') then
            grant crowdlab_writer to crowdlab_owner;
        end if;
    exception when insufficient_privilege or unique_violation then
        null;
    end;
end
$$;
