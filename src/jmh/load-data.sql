-- Makes load data of any shape, the same rows for the same seed, in tables of a schema "load" which it makes anew:
--
--   psql -v examples=1000000 -v annotations=3 -v annotators=1000 -v classes=10 -f src/jmh/load-data.sql DATABASE
--
--   examples     number of examples
--   annotations  annotations of each example, by different annotators
--   annotators   number of annotators, at least as many as annotations
--   classes      number of classes
--   seed         any bigint, 1 unless given
--   sorted       off: the annotations lie in an order that has nothing to do with the examples; on unless given
--   long         on: a table load.prediction_long too, a row per example and class; off unless given
--
-- An annotator is right with a probability of 0.5 to 1, the model in four of five cases; who errs picks any class.
\set ON_ERROR_STOP on
\if :{?seed}
\else
\set seed 1
\endif
\if :{?sorted}
\else
\set sorted on
\endif
\if :{?long}
\else
\set long off
\endif
begin;
set local client_min_messages = warning;
drop schema if exists load cascade;
create schema load;

-- a number of [0, 1) that depends on two keys and the seed only
create function load.uniform(key bigint, salt bigint) returns double precision immutable parallel safe
  return (hashint8extended(key, salt * 1000003) & 1125899906842623) / 1125899906842624.0::double precision;

create table load.example as
select i as example_id, trunc(load.uniform(i, :seed) * :classes)::int as truth
  from generate_series(1, :examples::bigint) as i;

create table load.annotation as
select e.example_id, a.annotator_id,
       'class-' || case when load.uniform(a.annotator_id, :seed + 1) / 2 + 0.5 > load.uniform(e.example_id * 131071 + k, :seed + 2)
                        then e.truth
                        else trunc(load.uniform(e.example_id * 131071 + k, :seed + 3) * :classes)::int end as label
  from load.example as e
 cross join generate_series(0, :annotations - 1) as k
 cross join lateral (select (trunc(load.uniform(e.example_id, :seed + 4) * :annotators)::bigint
                             + k * (1 + trunc(load.uniform(e.example_id, :seed + 5) * ((:annotators - 1) / greatest(:annotations - 1, 1)
                                                                                       )))::bigint) % :annotators + 1) as a(annotator_id)
\if :sorted
 order by e.example_id, k;
\else
 order by load.uniform(e.example_id * 131071 + k, :seed + 6);
\endif

create table load.prediction as
select e.example_id, p.probabilities
  from load.example as e
 cross join lateral (
   select array_agg(w.weight / w.total order by w.c) as probabilities
     from (select c, weight, sum(weight) over () as total
             from (select c, 0.01 + load.uniform(e.example_id * 131071 + c, :seed + 7)
                             + case when c = case when load.uniform(e.example_id, :seed + 8) < 0.8 then e.truth
                                                  else trunc(load.uniform(e.example_id, :seed + 9) * :classes)::int end
                                    then :classes else 0 end as weight
                     from generate_series(0, :classes - 1) as c) as raw) as w) as p;

\if :long
create table load.prediction_long as
select p.example_id, 'class-' || (q.position - 1) as label, q.probability
  from load.prediction as p cross join unnest(p.probabilities) with ordinality as q(probability, position);
\endif
drop table load.example;
commit;
vacuum analyze load.annotation, load.prediction;
