#!/usr/bin/env bash
# Measures the local job, Spark in one process, and Spark on a cluster of one and of two workers, on the same made-up rows:
#
#   src/spark/measure.sh EXAMPLES [ANNOTATIONS] [ANNOTATORS] [CLASSES] [ROUNDS]
#
# by default 3 annotations per example, 1,000 annotators, 10 classes, 1 round. A round is one run of each, in turn:
#
#   s            wall time, from the start of the program to its end
#   analyze s    of which to assemble the dataset and analyze it, without reading and writing
#   passes s     of which in passes of the engine, each of which is a job of Spark
#   MiB          peak resident memory of the program, or of Spark's driver
#   executors    of all executors together
#   digests      whether all results are, to the last bit, those of the local job (of all tables but run_check and
#                label_change, which tell of the run before)
#
# Starts a PostgreSQL of its own (that of the trial program), or works in the database that PGHOST, PGPORT, PGUSER, PGDATABASE
# and PGPASSWORD name, if PGHOST is set; it fills it with load data and the schema crowdlab, and keeps them. Needs psql, GNU
# time, the jars (./mvnw -q -DskipTests package, then ./mvnw -q -f src/spark -DskipTests package), and Spark: SPARK_HOME, or
# else what Maven has of it. HEAP is that of an executor and of the driver, in g, 2 or more unless set; local[2] gets twice as
# much. WORK is a directory for everything that is written, a temporary one unless set. To be run when nothing else does;
# 1,000,000 examples take some minutes on two cores.
set -euo pipefail

[ $# -ge 1 ] || { sed -n '2,/^set/{/^#/p}' "$0"; exit 2; }
examples=$1 annotations=${2:-3} annotators=${3:-1000} classes=${4:-10} rounds=${5:-1}
heap=${HEAP:-$((2 + examples / 3333333))}
heap=${heap%g}
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
work=$(mktemp -d ${WORK:+-p "$WORK"})
for jar in target/crowdlab-etl.jar target/trial/crowdlab-trial.jar src/spark/target/crowdlab-etl-spark.jar; do
  [ -f "$repository/$jar" ] || { echo "there is no $jar; build it (cluster.md)" >&2; exit 2; }
done
for program in psql /usr/bin/time; do
  command -v $program >/dev/null || { echo "there is no $program; install it" >&2; exit 2; }
done
started=() server=
stop() {
  [ ${#started[@]} = 0 ] || kill "${started[@]}" 2>/dev/null || true
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
cd "$work"

query() { psql -XAtq -v ON_ERROR_STOP=1 "$@"; }
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
port=$((20000 + RANDOM % 20000)) web=$((40000 + RANDOM % 10000))

if [ -z "${PGHOST:-}" ]; then
  export PGHOST=127.0.0.1 PGPORT=$((port + 1)) PGUSER=postgres PGDATABASE=crowdlab
  "$java" -jar "$repository/target/trial/crowdlab-trial.jar" database "--crowdlab.embedded.port=$PGPORT" \
    "--crowdlab.embedded.directory=$work/server" >server.txt 2>&1 &
  server=$!
  for _ in $(seq 120); do
    grep -q 'is running' server.txt && break
    kill -0 $server 2>/dev/null || { cat server.txt >&2; exit 1; }
    sleep 1
  done
  PGPASSWORD=$(cut -d : -f 5- server/data/pgpass)
fi
export PGPASSWORD=${PGPASSWORD:-}

home=${SPARK_HOME:-}
if [ -z "$home" ]; then
  home=$work/spark
  mkdir -p "$home/jars"
  (cd "$repository" && ./mvnw -B -q -f src/spark dependency:build-classpath -Dmdep.outputFile="$work/jars.txt" -Dmdep.includeScope=provided)
  tr : '\n' <jars.txt | grep -Ev '/(org/springframework|com/zaxxer|org/postgresql|org/flywaydb|info/picocli)/' |
    xargs -I{} ln -s {} "$home/jars/"
fi
export SPARK_HOME=$home SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1
read -ra options <<<"$(sed -n 's:.*<spark.jvm>\(.*\)</spark.jvm>.*:\1:p' "$here/pom.xml")"

probabilities="select example_id, probabilities from load.prediction"
labels="select example_id, annotator_id, label from load.annotation"
cat >application.yml <<YML
spring.datasource:
  url: jdbc:postgresql://$PGHOST:${PGPORT:-5432}/${PGDATABASE:-postgres}
  username: ${PGUSER:-postgres}
  password: \${PGPASSWORD:}
crowdlab:
  retention: {runs: 1, grace: 0s}
  datasets.load:
    annotations-query: $labels
    predictions-query: $probabilities
    classes: [$(seq -s , -f 'class-%g' 0 $((classes - 1)))]
YML

shape="$examples $annotations $annotators $classes sorted"
if [ "$(query -c "select obj_description(to_regnamespace('load'))" 2>/dev/null)" != "$shape" ]; then
  query -v examples="$examples" -v annotations="$annotations" -v annotators="$annotators" -v classes="$classes" -v long=off \
    -v sorted=on -f "$repository/src/jmh/load-data.sql"
  query -c "comment on schema load is '$shape'"
fi

for process in "master.Master --host 127.0.0.1 --port $port --webui-port $web" \
  "worker.Worker --host 127.0.0.1 --webui-port $((web + 1)) --cores 1 --memory 64g --work-dir $work spark://127.0.0.1:$port" \
  "worker.Worker --host 127.0.0.1 --webui-port $((web + 2)) --cores 1 --memory 64g --work-dir $work spark://127.0.0.1:$port"; do
  # shellcheck disable=SC2086
  "$java" "${options[@]}" -Xmx512m -cp "$SPARK_HOME/jars/*" org.apache.spark.deploy.$process >>cluster.txt 2>&1 &
  started+=($!)
done

local_job() { "$repository/src/deploy/crowdlab" run --force; }
submit() { # MASTER HEAP ARGUMENTS
  "$java" "${options[@]}" "-Xmx$2g" -cp "$SPARK_HOME/jars/*" org.apache.spark.deploy.SparkSubmit --master "$1" \
    --driver-memory "$2g" --executor-memory "${heap}g" --conf spark.ui.enabled=false --conf spark.driver.host=127.0.0.1 \
    --conf spark.eventLog.enabled=true --conf spark.eventLog.dir="file://$work/events" --conf spark.eventLog.compress=false \
    --conf spark.eventLog.rolling.enabled=false "${cores[@]}" \
    "$here/target/crowdlab-etl-spark.jar" run --dataset load --force --parts 2 "${@:3}"
}

# The peak memory of executors as long as a process runs. They are children of the workers.
watch() {
  local most=0 sum pid peak
  while kill -0 "$1" 2>/dev/null; do
    sum=0
    for pid in $(pgrep -P "$(IFS=,; echo "${started[*]:1}")" || true); do
      peak=$(awk '/VmHWM/ {print $2}' "/proc/$pid/status" 2>/dev/null || echo 0)
      sum=$((sum + ${peak:-0}))
    done
    most=$((sum > most ? sum : most))
    sleep 0.5
  done
  executors=$most
}

# From Spark's record of its jobs: seconds from the first of assembling to the first of writing, and of the passes in between.
phases() {
  cat events/* | awk '
    function number(key) { return match($0, "\"" key "\":[0-9]+") ? substr($0, RSTART + length(key) + 3, RLENGTH - length(key) - 3) : 0 }
    /^{"Event":"SparkListenerJobStart"/ {
      id = number("Job ID"); begun[id] = number("Submission Time"); name[id] = ""
      if (match($0, "\"spark.job.description\":\"[^\"]*")) name[id] = substr($0, RSTART + 25, RLENGTH - 25)
      if (name[id] == "assemble" && !from) from = begun[id]
      if (name[id] == "write" && !to) to = begun[id]
    }
    /^{"Event":"SparkListenerJobEnd"/ {
      id = number("Job ID")
      if (from && !to && name[id] != "assemble") passes += number("Completion Time") - begun[id]
    }
    END { printf "%.1f %.1f", (to - from) / 1000, passes / 1000 }'
}

digests() {
  query -c "select string_agg(table_name || ' ' || row_count || ' ' || digest, ', ' order by table_name) from crowdlab.run_table
    where run_id = (select max(run_id) from crowdlab.run where dataset = 'load') and table_name not in ('run_check', 'label_change')"
}

measured() { # NAME COMMAND...
  query -c checkpoint 2>/dev/null || true
  rm -rf events
  mkdir events
  executors=0
  /usr/bin/time -o time.txt -f '%e %M' bash -c "source '$work/functions.sh'; $2" >run.txt 2>&1 &
  watch $!
  wait $! || { tail -20 run.txt >&2; exit 1; }
  read -r wall peak <time.txt
  if [ "$1" = "local job" ]; then
    analyze=$(query -c "select round(extract(epoch from end_time - start_time), 1) from crowdlab.batch_step_execution
      where step_name = 'analyze' order by step_execution_id desc limit 1") passes=-
  else
    read -r analyze passes <<<"$(phases)"
  fi
  same=equal
  [ "$(digests)" = "$expected" ] || same=DIFFERENT
  printf '%-10s %8s %10s %9s %7s %10s  %s\n' "$1" "$wall" "$analyze" "$passes" $((peak / 1024)) $((executors / 1024)) $same
}

export here java heap repository work
{ declare -f local_job submit; declare -p options; } >functions.sh

# the first run makes the schema and the archive of the program's classes, and is what the others are compared with
local_job >run.txt 2>&1 || { cat run.txt >&2; exit 1; }
expected=$(digests)
echo "$examples examples, $annotations annotations each, $annotators annotators, $classes classes; $(nproc) cores"
printf '%-10s %8s %10s %9s %7s %10s  %s\n' what s 'analyze s' 'passes s' MiB executors digests
for _ in $(seq "$rounds"); do
  measured "local job" local_job
  measured "local[2]" "cores=(); submit 'local[2]' $((2 * heap))"
  cluster="spark://127.0.0.1:$port $heap --checkpoints 'file://$work/checkpoints'"
  measured "1 worker" "cores=(--total-executor-cores 1); submit $cluster"
  measured "2 workers" "cores=(); submit $cluster"
done
