#!/usr/bin/env bash
# Measures the job against psql's COPY of the same rows, in turn, several rounds:
#
#   src/jmh/against-copy.sh EXAMPLES ANNOTATIONS ANNOTATORS CLASSES [array|long] [ROUNDS] [sorted|shuffled]
#
# ANNOTATIONS is per example. One round is: the whole process of `crowdlab run --force` (wall time, peak resident memory), then
# psql: both inputs out to nowhere, every result table in from a file and keyed as ours is, all in binary, one after the other.
# Works in the database that the environment names (PGHOST, PGPORT, PGUSER, PGDATABASE, PGPASSWORD), which it fills with
# load data and the schema crowdlab. Needs psql, GNU time, bc, and target/crowdlab-etl.jar; started through src/deploy/crowdlab.
set -euo pipefail

examples=$1 annotations=$2 annotators=$3 classes=$4 form=${5:-array} rounds=${6:-5} order=${7:-sorted}
here=$(cd "$(dirname "$0")" && pwd)
crowdlab=$here/../deploy/crowdlab
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

probabilities="select example_id, probabilities from load.prediction"
if [ "$form" = long ]; then
  probabilities="select example_id, label, probability from load.prediction_long"
fi
labels="select example_id, annotator_id, label from load.annotation"
cat >application.yml <<YML
spring.datasource:
  url: jdbc:postgresql://${PGHOST:-127.0.0.1}:${PGPORT:-5432}/${PGDATABASE:-postgres}
  username: ${PGUSER:-postgres}
  password: \${PGPASSWORD:}
crowdlab:
  retention: {runs: 1, grace: 0s}
  datasets.load:
    annotations-query: $labels
    predictions-query: $probabilities
    classes: [$(seq -s , -f 'class-%g' 0 $((classes - 1)))]
YML

query() { psql -XAtq -v ON_ERROR_STOP=1 "$@"; }

shape="$examples $annotations $annotators $classes $order"
if [ "$(query -c "select obj_description(to_regnamespace('load'))" 2>/dev/null)" != "$shape" ]; then
  query -v examples="$examples" -v annotations="$annotations" -v annotators="$annotators" -v classes="$classes" -v long=on \
    -v sorted="$([ "$order" = sorted ] && echo on || echo off)" -f "$here/load-data.sql"
  query -c "comment on schema load is '$shape'"
fi

tables="label_quality detailed_label_quality alternative_consensus active_learning_score annotator_stats annotator_confusion"
"$crowdlab" run --force >run.txt 2>&1 || { cat run.txt; exit 1; }   # the first run makes the schema and the class archive
run=$(query -c "select run_id from crowdlab.published_run where dataset = 'load'")
result_rows=0
for table in $tables; do
  query -c "copy (select * from crowdlab.$table where run_id = $run) to stdout (format binary)" >"$table.copy"
  result_rows=$((result_rows + $(query -c "select row_count from crowdlab.run_table where run_id = $run and table_name = '$table'")))
done
input_rows=$(query -c "select (select count(*) from ($labels) as a) + (select count(*) from ($probabilities) as p)")

copy_all() {
  query -c "copy ($labels) to stdout (format binary)" >/dev/null
  query -c "copy ($probabilities) to stdout (format binary)" >/dev/null
  for table in $tables; do
    key=$(query -c "select pg_get_constraintdef(oid) from pg_constraint where contype = 'p' and conrelid = 'crowdlab.$table'::regclass")
    query -c "begin" -c "create table copied.$table (like crowdlab.$table including defaults including constraints)" \
      -c "\\copy copied.$table from '$table.copy' (format binary, freeze)" \
      -c "alter table copied.$table add $key" -c "commit"
  done
}

seconds() { # of a command
  local from=$EPOCHREALTIME
  "$@"
  bc <<<"$EPOCHREALTIME - $from"
}

echo "$examples examples, $annotations annotations each, $annotators annotators, $classes classes, $form predictions, $order: $input_rows rows in, $result_rows out"
echo "crowdlab s  peak MiB  rows/s  |  psql COPY s  |  ratio  |  mean quality, digest of all results"
ratios=()
for _ in $(seq "$rounds"); do
  query -c checkpoint
  /usr/bin/time -o time.txt -f '%e %M' "$crowdlab" run --force >run.txt 2>&1 || { cat run.txt; exit 1; }
  read -r wall peak <time.txt
  query -c "drop schema if exists copied cascade" -c "create schema copied" -c checkpoint 2>/dev/null
  copied=$(seconds copy_all)
  query -c "drop schema copied cascade" 2>/dev/null
  ratios+=("$(bc -l <<<"$wall / $copied")")
  result=$(query -F ', ' -c "select round(avg(l.consensus_quality_score)::numeric, 9), left(r.output_digest, 16) from crowdlab.published_run p
    join crowdlab.run r using (run_id) join crowdlab.label_quality l using (run_id) where p.dataset = 'load' group by r.output_digest")
  printf '%10.2f  %8d  %6d  |  %11.2f  |  %5.2f  |  %s\n' "$wall" $((peak / 1024)) \
    "$(bc <<<"($input_rows + $result_rows) / $wall")" "$copied" "${ratios[-1]}" "$result"
done
printf '%s\n' "${ratios[@]}" | sort -g | awk '{ r[NR] = $1 } END { printf "ratio: %.2f median, %.2f to %.2f\n", r[int((NR + 1) / 2)], r[1], r[NR] }'
