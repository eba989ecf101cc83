-- Three projects: sentiment (12), with two model versions, ground truth and all that may go wrong; spam (13), whose annotators
-- also answer another question; and plain (14), which has neither predictions nor ground truth.

create schema helper;

create function helper.item(from_name text, choices text[], score numeric default null) returns jsonb language sql as $$
    select jsonb_strip_nulls(jsonb_build_object('id', 'x' || length(from_name), 'type', 'choices', 'to_name', 'text',
        'from_name', from_name, 'origin', 'manual', 'score', score, 'value', jsonb_build_object('choices', choices)))
$$;

-- the class of a task that is right
create function helper.truth(task integer) returns text language sql as $$
    select (array['negative', 'neutral', 'positive'])[1 + task % 3]
$$;

insert into public.htx_user (id, username, email)
values (1, 'ann', 'ann@example.org'), (2, 'bob', 'bob@example.org'), (3, 'cid', 'cid@example.org'), (4, 'dee', 'dee@example.org'),
    (5, 'expert', 'expert@example.org'), (6, 'nameless', '');

insert into public.project (id, title, label_config, model_version)
values
    (12, 'Sentiment: "reviews"', '<View>
  <Text name="text" value="$text"/>
  <Choices name="sentiment" toName="text" choice="single" showInline="true">
    <Choice value="Bad" alias="negative"/><Choice value="neutral"/><Choice value="positive"/>
  </Choices>
  <Choices name="topics" toName="text" choice="multiple"><Choice value="price"/><Choice value="service"/></Choices>
  <TextArea name="comment" toName="text"/>
</View>', 'v2'),
    (13, 'Spam', '<View><Text name="text" value="$text"/><Choices name="it''s spam\" toName="text">
<Choice value="no"/><Choice value="yes"/></Choices>
<Choices name="language" toName="text" choice="single-radio"><Choice value="de"/><Choice value="en"/></Choices></View>', null),
    (14, null, '<View><Text name="text" value="$text"/><Choices name="kind" toName="text" value="$kinds"/></View>', ''),
    (15, 'Boxes', '<View><Image name="img" value="$image"/><RectangleLabels name="box" toName="img"><Label value="car"/></RectangleLabels></View>', null),
    (16, 'Broken', '<View><Choices name="x"', null),
    (17, 'Gone', '<View><Choices name="gone" toName="text"><Choice value="a"/><Choice value="b"/></Choices></View>', null);

update public.project set deleted_at = '2026-01-01Z' where id = 17;

insert into public.task (id, project_id, inner_id, data)
select t, case when t < 2000 then 12 when t < 3000 then 13 else 14 end, t % 1000, jsonb_build_object('text', 'text ' || t)
from generate_series(1001, 1060) a (t)
union all
select t, 13, t % 1000, '{}' from generate_series(2001, 2030) b (t)
union all
select t, 14, t % 1000, '{}' from generate_series(3001, 3030) c (t)
union all
select t, 12, t % 1000, '{}' from generate_series(1901, 1920) d (t);

-- ordinary annotations: three of each task, a sixth of them wrong; with the answer to another question beside it
insert into public.task_completion (task_id, project_id, completed_by_id, created_at, result)
select t.id, t.project_id, u, '2026-01-01Z'::timestamptz + t.inner_id * interval '1 hour' + u * interval '1 minute',
    case t.project_id
        when 12 then jsonb_build_array(helper.item('topics', '{price,service}'),
            helper.item('sentiment', array[helper.truth(case when (t.id * 5 + u) % 6 = 0 then t.id + u else t.id end)]))
        when 13 then jsonb_build_array(helper.item('it''s spam\', array[case when (t.id % 2 = 0) = ((t.id + u) % 6 > 0) then 'yes' else 'no' end]),
            helper.item('language', '{en}'))
        else jsonb_build_array(helper.item('kind', array[case when (t.id % 2 = 0) = ((t.id + u) % 6 > 0) then 'x' else 'y' end])) end
from public.task t
cross join generate_series(1, 4) u
where t.inner_id < 900 and (t.id + u) % 4 > 0;

-- two versions of a model: the first has its score in the row, the second in the answer
insert into public.prediction (task_id, project_id, model_version, score, result, created_at)
select t.id, 12, 'v1', 0.7, jsonb_build_array(helper.item('sentiment', array[helper.truth(t.id + (t.id % 5) / 4)])), '2026-01-01Z'::timestamptz
from public.task t where t.project_id = 12
union all
select t.id, 12, 'v2', case when t.id % 2 = 0 then 0.1 end,
    jsonb_build_array(helper.item('topics', '{price}', 0.2), helper.item('sentiment', array[helper.truth(t.id + (t.id % 7) / 6)], 0.9)),
    '2026-01-01Z'::timestamptz
from public.task t where t.project_id = 12
union all
-- another version answers another question alone
select t.id, 12, 'topics-1', 0.5, jsonb_build_array(helper.item('topics', '{price}')), '2026-01-01Z'::timestamptz
from public.task t where t.project_id = 12
union all
-- versions without a name, and one for an unlabeled task
select t.id, 13, case when t.id % 2 = 0 then '' end, 0.8,
    jsonb_build_array(helper.item('it''s spam\', array[case when t.id % 2 = 0 then 'yes' else 'no' end])), '2026-01-01Z'::timestamptz
from public.task t where t.project_id = 13;

-- ground truth for half of the tasks
insert into public.task_completion (task_id, project_id, completed_by_id, ground_truth, created_at, result)
select t.id, 12, 5, true, '2026-01-10Z'::timestamptz, jsonb_build_array(helper.item('sentiment', array[helper.truth(t.id)]))
from public.task t where t.project_id = 12 and t.inner_id < 900 and t.id % 2 = 0;

-- what may go wrong with an annotation
insert into public.task_completion (task_id, project_id, completed_by_id, was_cancelled, ground_truth, created_at, result)
values
    (1901, 12, 1, false, false, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{positive,negative}'))),
    (1902, 12, 1, false, false, '2026-01-20Z', '[]'),
    (1903, 12, 1, false, false, '2026-01-20Z', null),
    (1904, 12, 1, false, false, '2026-01-20Z', jsonb_build_array(helper.item('topics', '{price}'))),
    (1905, 12, 1, false, false, '2026-01-20Z', '{}'),
    (1906, 12, 1, false, false, '2026-01-20Z', '"[{}]"'),
    (1907, 12, 1, false, false, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{angry}'))),
    (1908, 12, null, false, false, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{positive}'))),
    (1909, 12, 6, false, false, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{positive}'))),
    (1910, 12, 1, true, false, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{negative}'))),
    (1910, 12, 1, true, true, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{negative}'))),
    (1911, 12, 1, false, false, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{negative}'))),
    (1911, 12, 1, false, false, '2026-01-21Z', jsonb_build_array(helper.item('sentiment', '{positive}'))),
    (1912, 12, 1, false, false, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{neutral}'))),
    (1912, 12, 1, false, false, '2026-01-21Z', jsonb_build_array(helper.item('sentiment', '{neutral}'))),
    (1913, 12, 1, false, false, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{neutral}'))),
    (1914, 12, 1, false, false, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{neutral}'))),
    (1915, 12, 1, false, false, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{neutral}'))),
    (1916, 12, 1, false, false, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{neutral}'))),
    (1917, 12, 1, false, false, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{neutral}'), helper.item('sentiment', '{neutral}'))),
    (1918, 12, 1, false, false, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{neutral}'))),
    (1918, 12, 2, false, false, '2999-01-01Z', jsonb_build_array(helper.item('sentiment', '{neutral}'))),
    (null, 12, 1, false, false, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{neutral}'))),
    -- ground truth that cannot be used: of a task that nobody else annotated, twice, several choices, of no class
    (1919, 12, 5, false, true, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{neutral}'))),
    (1001, 12, 5, false, true, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{neutral}'))),
    (1001, 12, 5, false, true, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{positive}'))),
    (1003, 12, 5, false, true, '2026-01-20Z', jsonb_build_array(helper.item('sentiment', '{neutral,positive}'))),
    (1005, 12, 5, false, true, '2026-01-20Z', '[]');

insert into public.tasks_annotationdraft (task_id, user_id, result, created_at)
values (1920, 1, jsonb_build_array(helper.item('sentiment', '{positive}')), '2026-01-20Z');

-- what may go wrong with a prediction
update public.prediction set result = jsonb_build_array(helper.item('sentiment', '{neutral,positive}', 0.9))
where task_id = 1913 and model_version = 'v1';
update public.prediction set score = null where task_id = 1914 and model_version = 'v1';
update public.prediction set score = 1.5 where task_id = 1915 and model_version = 'v1';
update public.prediction set result = jsonb_build_array(helper.item('sentiment', '{angry}')) where task_id = 1916 and model_version = 'v1';

insert into public.prediction (task_id, project_id, model_version, score, result, created_at)
values
    -- of several predictions of a version the newest counts, up to the moment of the run
    (1001, 12, 'v1', 0.7, jsonb_build_array(helper.item('sentiment', array[helper.truth(1001)])), '2026-01-02Z'),
    (1001, 12, 'v1', 0.7, jsonb_build_array(helper.item('sentiment', '{angry}')), '2025-12-31Z'),
    (1001, 12, 'v1', 0.7, jsonb_build_array(helper.item('sentiment', '{angry}')), '2999-01-01Z');
