-- Purpose: publication_log, one row per change of what dashboards show, by whom, chained by hash for each dataset. A trigger of
--          published_run writes it, so that a change by hand is in it too. It begins with what is published now.
-- Locks:   on crowdlab.published_run, for milliseconds, against those who publish; readers go on.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

create table crowdlab.publication_log (
    publication_id  bigint           not null generated always as identity,
    dataset         text collate "C" not null,
    run_id          bigint,
    previous_run_id bigint,
    changed_at      timestamptz      not null,
    changed_by      text             not null,
    previous_hash   text,
    hash            text             not null,
    constraint publication_log_pkey primary key (publication_id),
    constraint publication_log_chain_key unique nulls not distinct (dataset, previous_hash)
);

-- Retention asks when a run ceased to be current.
create index publication_log_previous_run_id_idx on crowdlab.publication_log (previous_run_id);

comment on table crowdlab.publication_log is 'One row per change of published_run: which run dashboards showed of a dataset from then on. Written by a trigger, never changed, kept for ever.';
comment on column crowdlab.publication_log.publication_id is 'Number of the change, in the order of the changes of a dataset.';
comment on column crowdlab.publication_log.dataset is 'Name of the dataset.';
comment on column crowdlab.publication_log.run_id is 'The run that became current; NULL where the dataset was taken out of the dashboards.';
comment on column crowdlab.publication_log.previous_run_id is 'The run that was current before; NULL where none was, and in the rows with which the log began.';
comment on column crowdlab.publication_log.changed_at is 'When, by the server''s clock; of the rows with which the log began, when it began.';
comment on column crowdlab.publication_log.changed_by is 'The database user who logged in, as the server knows it.';
comment on column crowdlab.publication_log.previous_hash is 'hash of the dataset''s change before this one; NULL for the first.';
comment on column crowdlab.publication_log.hash is 'SHA-256 over previous_hash and every other column of this row, in hexadecimal (function publication_hash).';

create function crowdlab.publication_hash(p crowdlab.publication_log) returns text
language sql
stable
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set datestyle = 'ISO'
as $$
    select encode(sha256(convert_to(jsonb_build_array(
        (p).previous_hash,
        (p).publication_id,
        (p).dataset,
        (p).run_id,
        (p).previous_run_id,
        (p).changed_at,
        (p).changed_by)::text, 'UTF8')), 'hex')
$$;

comment on function crowdlab.publication_hash(crowdlab.publication_log) is 'SHA-256, in lower-case hexadecimal, over previous_hash and every other column of a change but hash. The same in every session.';

-- Who and when is for the server to say. Two changes of a dataset at the same time wait for each other at published_run's key, or
-- fail at the chain's.
create function crowdlab.fill_publication() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    new.changed_at := clock_timestamp();
    new.changed_by := session_user;
    new.previous_hash := (
        select p.hash
        from crowdlab.publication_log p
        where p.dataset = new.dataset
        order by p.publication_id desc
        limit 1);
    new.hash := crowdlab.publication_hash(new);
    return new;
end
$$;

comment on function crowdlab.fill_publication() is 'Trigger of crowdlab.publication_log: fills who, when, previous_hash and hash.';

create trigger fill_publication
    before insert on crowdlab.publication_log
    for each row execute function crowdlab.fill_publication();

create function crowdlab.refuse_log_change() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    raise restrict_violation using message = format(
        'Rows of crowdlab.%s are written once and never changed or removed, so that %s is refused.',
        tg_table_name, lower(tg_op));
end
$$;

comment on function crowdlab.refuse_log_change() is 'Statement trigger of the logs: refuses updates, deletes and truncate.';

create trigger refuse_change before update or delete or truncate on crowdlab.publication_log
    for each statement execute function crowdlab.refuse_log_change();

-- Seeded before the trigger is there: the log begins with what dashboards show now.
insert into crowdlab.publication_log (dataset, run_id, changed_at, changed_by, hash)
select p.dataset, p.run_id, clock_timestamp(), session_user, ''
from crowdlab.published_run p
order by p.dataset;

-- With the rights of the log's owner, since nobody else may write to it. It serves one table: on another it would log what is
-- not so.
create function crowdlab.log_publication() returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_relid <> 'crowdlab.published_run'::regclass then
        raise insufficient_privilege using message =
            'Function crowdlab.log_publication() serves crowdlab.published_run and no other table.';
    end if;
    if tg_op = 'TRUNCATE' then
        insert into crowdlab.publication_log (dataset, previous_run_id, changed_at, changed_by, hash)
        select p.dataset, p.run_id, clock_timestamp(), session_user, ''
        from crowdlab.published_run p
        order by p.dataset;
        return null;
    end if;
    if tg_op = 'DELETE' or tg_op = 'UPDATE' and old.dataset <> new.dataset then
        insert into crowdlab.publication_log (dataset, previous_run_id, changed_at, changed_by, hash)
        values (old.dataset, old.run_id, clock_timestamp(), session_user, '');
    end if;
    if tg_op <> 'DELETE' then
        insert into crowdlab.publication_log (dataset, run_id, previous_run_id, changed_at, changed_by, hash)
        values (new.dataset, new.run_id,
            case when tg_op = 'UPDATE' and old.dataset = new.dataset then old.run_id end,
            clock_timestamp(), session_user, '');
    end if;
    return null;
end
$$;

comment on function crowdlab.log_publication() is 'Trigger of crowdlab.published_run: writes every change to crowdlab.publication_log.';

revoke execute on function crowdlab.log_publication() from public;

create trigger log_publication
    after insert or update or delete on crowdlab.published_run
    for each row execute function crowdlab.log_publication();
create trigger log_publication_of_truncate
    before truncate on crowdlab.published_run
    for each statement execute function crowdlab.log_publication();
