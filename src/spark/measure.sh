#!/usr/bin/env bash
# Measures the local job, Spark in one process, and Spark on a cluster of two workers, on the same made-up rows:
#
#   src/spark/measure.sh EXAMPLES [ANNOTATIONS] [ANNOTATORS] [CLASSES] [ROUNDS]
#
# by default 3 annotations per example, 1,000 annotators, 10 classes, 3 rounds. A round is one run of each, in turn: wall time,
# and the peak resident memory of the process, of the driver, and of the executors. The digests of all runs must be the same
# (those of all tables but run_check and label_change, which tell of the run before).
# Works in the database that the environment names (PGHOST, PGPORT, PGUSER, PGDATABASE, PGPASSWORD), which it fills with load
# data and the schema crowdlab. Needs psql, GNU time, both jars (see cluster.md), and Spark: SPARK_HOME, or else what Maven
# has of it. HEAP is that of an executor and of the driver, 2g unless set. To be run when nothing else does.
set -euo pipefail

examples=$1 annotations=${2:-3} annotators=${3:-1000} classes=${4:-10} rounds=${5:-3} heap=${HEAP:-2g}
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
started=()
stop() {
  [ ${#started[@]} = 0 ] || kill "${started[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
cd "$work"

query() { psql -XAtq -v ON_ERROR_STOP=1 "$@"; }

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
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
spark() { # HEAP CLASS ARGUMENTS
  "$java" "${options[@]}" "-Xmx$1" -cp "$SPARK_HOME/jars/*" "org.apache.spark.deploy.${@:2}"
}

probabilities="select example_id, probabilities from load.prediction"
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
export PGPASSWORD=${PGPASSWORD:-}

shape="$examples $annotations $annotators $classes sorted"
if [ "$(query -c "select obj_description(to_regnamespace('load'))" 2>/dev/null)" != "$shape" ]; then
  query -v examples="$examples" -v annotations="$annotations" -v annotators="$annotators" -v classes="$classes" -v long=off \
    -v sorted=on -f "$repository/src/jmh/load-data.sql"
  query -c "comment on schema load is '$shape'"
fi

port=$((20000 + RANDOM % 20000)) web=$((40000 + RANDOM % 10000))
for process in "master.Master --host 127.0.0.1 --port $port --webui-port $web" \
  "worker.Worker --host 127.0.0.1 --webui-port $((web + 1)) --cores 1 --memory 64g --work-dir $work spark://127.0.0.1:$port" \
  "worker.Worker --host 127.0.0.1 --webui-port $((web + 2)) --cores 1 --memory 64g --work-dir $work spark://127.0.0.1:$port"; do
  # shellcheck disable=SC2086
  "$java" "${options[@]}" -Xmx512m -cp "$SPARK_HOME/jars/*" org.apache.spark.deploy.$process >>cluster.txt 2>&1 &
  started+=($!)
done

submit() { # MASTER ARGUMENTS
  spark "$heap" SparkSubmit --master "$1" --driver-memory "$heap" --executor-memory "$heap" --conf spark.ui.enabled=false \
    --conf spark.driver.host=127.0.0.1 "$here/target/crowdlab-etl-spark.jar" run --dataset load --force "${@:2}"
}

executors=0
watch() { # the peak memory of executors as long as a process runs
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

measured() { # NAME COMMAND: wall seconds, peak MiB, digest
  query -c checkpoint
  executors=0
  /usr/bin/time -o time.txt -f '%e %M' "${@:2}" >run.txt 2>&1 &
  watch $!
  wait $! || { tail -20 run.txt; exit 1; }
  read -r wall peak <time.txt
  echo "$1 | $wall | $((peak / 1024)) | $((executors / 1024)) | $(query -c "select num_examples || ' examples, ' || (
      select left(md5(string_agg(digest, ' ' order by table_name)), 16) from crowdlab.run_table t
      where t.run_id = r.run_id and table_name not in ('run_check', 'label_change'))
    from crowdlab.run r where dataset = 'load' order by run_id desc limit 1")"
}
export -f spark submit
export java heap here
declare -p options >options.sh
in_shell() { echo "source '$work/options.sh'; $*"; }

echo "$examples examples, $annotations annotations each, $annotators annotators, $classes classes"
echo "what | s | peak MiB of the process or driver | of both executors together | rows and digest of all results"
# the first run makes the schema, and is what the others are compared with
"$repository/src/deploy/crowdlab" run --force >run.txt 2>&1 || { cat run.txt; exit 1; }
for _ in $(seq "$rounds"); do
  measured "local job" "$repository/src/deploy/crowdlab" run --force
  measured "local[2]" bash -c "$(in_shell "submit 'local[2]'")"
  measured "2 workers" bash -c "$(in_shell "submit spark://127.0.0.1:$port --parts 2 --checkpoints file://$work/checkpoints")"
done
