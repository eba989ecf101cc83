package dev.crowdlab.audit;

/**
 * Queries of the catalog about tables and views. None of them locks a partition, since retention might have to wait for
 * it.
 */
final class CatalogQueries {

    /**
     * Objects on the tables whose rows a run records, on their partitions and on the views that hide or change rows or
     * run code when rows are read or written. Optionally limited to the partitioned tables.
     */
    static final String FOREIGN = """
            with parent as (
                select c.oid, c.relname
                from pg_class c
                where c.relnamespace = to_regnamespace('crowdlab') and c.relkind = 'p' and c.relname = any(:partitioned)),
            partition as (
                select i.inhrelid as oid
                from pg_inherits i
                join parent p on p.oid = i.inhparent
                where not :onlyParents),
            relation as (
                select c.oid, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, case c.relkind when 'v' then 'View ' else 'Table ' end || format('%I.%I', n.nspname, c.relname) as name,
                    c.oid in (select oid from parent) as is_parent, c.oid in (select oid from partition) as is_partition
                from pg_class c
                join pg_namespace n on n.oid = c.relnamespace
                where case when :onlyParents then c.oid in (select oid from parent)
                    else c.oid in (select oid from partition)
                        or n.nspname = 'crowdlab_bi' and c.relkind = 'v'
                        or n.nspname = 'crowdlab' and c.relkind in ('r', 'p', 'f')
                            and c.relname not in ('annotation', 'prediction', 'gold', 'flyway_schema_history') and c.relname !~ '^batch_' end),
            called as (
                select r.name, 'the constraint ' || quote_ident(k.conname) as what, 'pg_constraint'::regclass as class, k.oid
                from relation r
                join pg_constraint k on k.conrelid = r.oid and k.contype = 'c'
                union all
                select r.name, 'a default', 'pg_attrdef'::regclass, e.oid
                from relation r
                join pg_attrdef e on e.adrelid = r.oid)
            select r.name, :rowSecurity::text as fault
            from relation r
            where r.relrowsecurity or r.relforcerowsecurity
            union all
            select r.name, 'has the policy ' || quote_ident(p.polname) || ', which hides rows'
            from relation r
            join pg_policy p on p.polrelid = r.oid
            union all
            select r.name, 'has the rule ' || quote_ident(w.rulename) || ', which changes what statements do'
            from relation r
            join pg_rewrite w on w.ev_class = r.oid
            where r.relkind <> 'v' or w.rulename <> '_RETURN'
            union all
            select r.name, 'has the trigger ' || quote_ident(t.tgname) || ', which no migration made'
            from relation r
            join pg_trigger t on t.tgrelid = r.oid
            where not t.tgisinternal and t.tgparentid = 0 and (r.is_parent or r.is_partition)
            union all
            select r.name, 'has the constraint ' || quote_ident(k.conname) || ', which no migration and no run made'
            from relation r
            join pg_constraint k on k.conrelid = r.oid and k.contype = 'c' and k.coninhcount = 0
            where (r.is_parent or r.is_partition) and not k.conname = any(:checks)
                and k.conname <> r.relname || '_run_id_check'
            union all
            select c.name, 'has ' || c.what || ', which calls ' || d.refobjid::regprocedure || ', no function of PostgreSQL'
            from called c
            join pg_depend d on d.classid = c.class and d.objid = c.oid and d.refclassid = 'pg_proc'::regclass
            union all
            select r.name, 'has the column ' || quote_ident(a.attname) || ' of type ' || format_type(a.atttypid, null)
                || ', no type of PostgreSQL'
            from relation r
            join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
            join pg_type t on t.oid = a.atttypid and t.typnamespace <> 'pg_catalog'::regnamespace
            where r.relkind <> 'v'
            order by 1, 2""";

    /**
     * A partition must hold one run, the one in its name; a table that is not partitioned must have no child tables.
     */
    static final String BOUNDS = """
            select format('Table %I.%I', n.nspname, c.relname) as name, case
                when p.relkind <> 'p' then 'is counted in with ' || format('crowdlab.%I', p.relname) || ', by inheritance'
                when c.relkind <> 'r' then 'is a partition, and not a table that holds its own rows'
                else 'is the partition of ' || format('crowdlab.%I', p.relname) || ' ' || lower(b.bound)
                    || ', and not of the one run in its name' end as fault
            from pg_inherits i
            join pg_class p on p.oid = i.inhparent and p.relnamespace = to_regnamespace('crowdlab') and p.relkind in ('r', 'p')
            join pg_class c on c.oid = i.inhrelid
            join pg_namespace n on n.oid = c.relnamespace
            cross join lateral (select coalesce(pg_get_expr(c.relpartbound, 0), '') as bound) b
            where p.relkind <> 'p' or c.relkind <> 'r' or n.nspname <> 'crowdlab'
                or b.bound <> format('FOR VALUES IN (%L)', substring(c.relname from '_r([0-9]+)$'))
                or c.relname <> p.relname || '_r' || substring(c.relname from '_r([0-9]+)$')
            order by 1""";

    /** All triggers with their definitions, except those of partitioned tables. */
    static final String TRIGGERS = """
            select format('%I.%I', n.nspname, c.relname) as relation, t.tgname as name, t.tgisinternal as is_internal,
                t.tgenabled <> 'O' as is_switched_off, pg_get_triggerdef(t.oid) as definition
            from pg_trigger t
            join pg_class c on c.oid = t.tgrelid and c.relkind in ('r', 'v') and not c.relispartition
            join pg_namespace n on n.oid = c.relnamespace and n.nspname in ('crowdlab', 'crowdlab_bi')
            where c.relname not in ('annotation', 'prediction', 'flyway_schema_history') and c.relname !~ '^batch_'
            order by 1, 2""";

    static final String FUNCTIONS = """
            select format('%I.%I', n.nspname, p.proname) as name, p.prosrc as body
            from pg_proc p
            join pg_namespace n on n.oid = p.pronamespace and n.nspname = 'crowdlab'""";

    /** The views, and the temporary ones created from the text of the migrations. */
    static final String VIEWS = """
            select v.relname as name, pg_get_viewdef(v.oid) || coalesce(v.reloptions::text, '') as definition
            from pg_class v
            where v.relnamespace = case when :temporary then pg_my_temp_schema() else to_regnamespace('crowdlab_bi') end
                and v.relkind = 'v'""";

    static final String CHECKS = """
            select c.relname || ' ' || k.conname as name, pg_get_constraintdef(k.oid) as definition
            from pg_class c
            join pg_constraint k on k.conrelid = c.oid and k.contype = 'c'
            where c.relnamespace = case when :temporary then pg_my_temp_schema() else to_regnamespace('crowdlab') end
                and c.relname = any(:partitioned)""";

    private CatalogQueries() {}
}
