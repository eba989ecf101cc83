-- Tables of the server of Argilla 2 as its models make them in PostgreSQL, without what nothing here reads (github.com/argilla-io/argilla,
-- argilla-server/src/argilla_server/models/database.py, and alembic/versions). Written from these descriptions: names and types. Times
-- are in UTC, without time zone.

create type public.response_status_enum as enum ('draft', 'submitted', 'discarded');
create type public.suggestion_type_enum as enum ('model', 'human');
create type public.record_status_enum as enum ('pending', 'completed');
create type public.user_role_enum as enum ('owner', 'admin', 'annotator');

create table public.users (
    id uuid primary key default gen_random_uuid(),
    first_name varchar not null,
    last_name varchar,
    username varchar not null unique,
    role public.user_role_enum not null default 'annotator',
    api_key text not null default gen_random_uuid()::text unique,
    password_hash text not null default ''
);

create table public.datasets (
    id uuid primary key,
    name varchar not null,
    distribution json not null default '{"strategy": "overlap", "min_submitted": 3}'
);

create table public.questions (
    id uuid primary key default gen_random_uuid(),
    name varchar not null,
    title text not null default '',
    required boolean not null default false,
    settings json not null default '{}',
    dataset_id uuid not null references public.datasets,
    unique (name, dataset_id)
);

create table public.records (
    id uuid primary key,
    fields json not null default '{}',
    metadata json,
    status public.record_status_enum not null default 'pending',
    external_id varchar,
    dataset_id uuid not null references public.datasets
);

create table public.responses (
    id uuid primary key default gen_random_uuid(),
    "values" json,
    status public.response_status_enum not null default 'submitted',
    record_id uuid not null references public.records,
    user_id uuid not null references public.users,
    inserted_at timestamp not null,
    updated_at timestamp not null,
    unique (record_id, user_id)
);

create table public.suggestions (
    id uuid primary key default gen_random_uuid(),
    value json not null,
    score json,
    agent varchar,
    type public.suggestion_type_enum,
    record_id uuid not null references public.records,
    question_id uuid not null references public.questions,
    inserted_at timestamp not null,
    updated_at timestamp not null,
    unique (record_id, question_id)
);

-- two datasets, and a question beside the one that is read; records 31 to 35 have what is left out or rejected
insert into public.users (first_name, username) values ('Ann', 'ann'), ('Bob', 'bob'), ('Cid', 'cid');
insert into public.datasets (id, name)
values ('5a1c8f0e-3b1d-4f6e-9a54-0c6f3f1f7d10', 'reviews'), ('00000000-0000-4000-8000-000000000002', 'other');
insert into public.questions (name, dataset_id, settings)
select n.name, d.id, '{"type": "label_selection"}' from public.datasets d, unnest(array['sentiment', 'topic']) n (name);
insert into public.records (id, dataset_id)
select ('00000000-0000-4000-8000-' || lpad(e::text, 12, '0'))::uuid, d.id
from generate_series(1, 45) e
join public.datasets d on d.name = case when e <= 35 then 'reviews' else 'other' end;

insert into public.responses (record_id, user_id, "values", inserted_at, updated_at)
select ('00000000-0000-4000-8000-' || lpad(e::text, 12, '0'))::uuid, u.id,
    json_build_object('topic', json_build_object('value', 'price'), 'sentiment', json_build_object('value',
        (array['negative', 'neutral', 'positive'])[1 + (case when (e * 5 + ascii(u.username)) % 7 = 0 then e + 1 else e end) % 3])),
    '2026-01-01'::timestamp + e * interval '1 hour', '2026-02-01 12:00'::timestamp
from generate_series(1, 45) e, public.users u
where e <= 30 or e > 35;

insert into public.responses (record_id, user_id, status, "values", inserted_at, updated_at)
select ('00000000-0000-4000-8000-' || lpad(e::text, 12, '0'))::uuid, u.id, status::public.response_status_enum, answer::json, '2026-01-01'::timestamp, '2026-01-01'::timestamp
from (values (31, 'draft', '{"sentiment": {"value": "positive"}}'), (32, 'discarded', 'null'),
    (33, 'submitted', '{"sentiment": {"value": ["negative", "positive"]}}'), (34, 'submitted', '{"topic": {"value": "price"}}')) a (e, status, answer)
join public.users u on username = 'ann';

insert into public.suggestions (record_id, question_id, value, score, agent, type, inserted_at, updated_at)
select ('00000000-0000-4000-8000-' || lpad(e::text, 12, '0'))::uuid, q.id,
    to_json((array['negative', 'neutral', 'positive'])[1 + e % 3]), case when e = 30 then null else '0.75'::json end,
    'gpt', case when e % 2 = 0 then 'model'::public.suggestion_type_enum end, '2026-01-01'::timestamp, '2026-01-01'::timestamp
from generate_series(1, 34) e, public.questions q
join public.datasets d on d.id = q.dataset_id
where d.name = 'reviews' and q.name = 'sentiment'
union all
select ('00000000-0000-4000-8000-' || lpad(e::text, 12, '0'))::uuid, q.id, '"price"'::json, '0.5'::json, 'gpt', 'model', '2026-01-01'::timestamp, '2026-01-01'::timestamp
from generate_series(1, 30) e, public.questions q
join public.datasets d on d.id = q.dataset_id
where d.name = 'reviews' and q.name = 'topic'
union all
select '00000000-0000-4000-8000-000000000035', q.id, '"positive"', '1', 'ann', 'human', '2026-01-01'::timestamp, '2026-01-01'::timestamp
from public.questions q
join public.datasets d on d.id = q.dataset_id
where d.name = 'reviews' and q.name = 'sentiment';
