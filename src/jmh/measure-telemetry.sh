#!/usr/bin/env bash
# Measures what notifications, metrics and lineage cost a run, in pairs of runs in turn, without and with all of them:
#
#   src/jmh/measure-telemetry.sh EXAMPLES [ROUNDS]
#
# 3 annotations per example, 1,000 annotators, 10 classes, arrays; 5 rounds unless given. Prints, of each run, the processor
# time of the program, user and system, its wall time, both in seconds, and its peak resident memory in MiB; the last column
# is how many requests the receiver took. The receiver answers at once, on this machine.
#
# Starts a PostgreSQL of its own (that of the trial program). Needs psql, GNU time, python3 and the jars
# (./mvnw -q -DskipTests package). WORK is a directory for everything that is written, a temporary one unless set.
set -euo pipefail

[ $# -ge 1 ] || { sed -n '2,/^set/{/^#/p}' "$0"; exit 2; }
examples=$1 rounds=${2:-5}
repository=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d ${WORK:+-p "$WORK"})
started=()
stop() {
  [ ${#started[@]} = 0 ] || kill "${started[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
cd "$work"

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
port=$((20000 + RANDOM % 20000))
export PGHOST=127.0.0.1 PGPORT=$((port + 1)) PGUSER=postgres PGDATABASE=crowdlab
"$java" -jar "$repository/target/trial/crowdlab-trial.jar" database "--crowdlab.embedded.port=$PGPORT" \
  "--crowdlab.embedded.directory=$work/server" >server.txt 2>&1 &
started+=($!)
for _ in $(seq 120); do
  grep -q 'is running' server.txt && break
  kill -0 "${started[0]}" 2>/dev/null || { cat server.txt >&2; exit 1; }
  sleep 1
done
PGPASSWORD=$(cut -d : -f 5- server/data/pgpass)
export PGPASSWORD

cat >receiver.py <<'PY'
import http.server
import sys


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        with open("requests.txt", "a") as log:
            log.write(self.path + "\n")


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
PY
python3 receiver.py "$port" &
started+=($!)

cat >application.yml <<YML
spring.datasource:
  url: jdbc:postgresql://$PGHOST:$PGPORT/$PGDATABASE
  username: $PGUSER
  password: \${PGPASSWORD}
crowdlab:
  retention: {runs: 1, grace: 0s}
  datasets.load:
    annotations-query: select example_id, annotator_id, label from load.annotation
    predictions-query: select example_id, probabilities from load.prediction
    classes: [$(seq -s , -f 'class-%g' 0 9)]
YML
psql -XAtq -v ON_ERROR_STOP=1 -v examples="$examples" -v annotations=3 -v annotators=1000 -v classes=10 -v long=off -v sorted=on \
  -f "$repository/src/jmh/load-data.sql" >/dev/null

without() { :; }
with() {
  printf '%s\n' "--crowdlab.metrics.file=$work/crowdlab.prom" "--crowdlab.metrics.otlp=http://127.0.0.1:$port/v1/metrics" \
    "--crowdlab.openlineage.url=http://127.0.0.1:$port/api/v1/lineage" "--crowdlab.webhook.url=http://127.0.0.1:$port/hook"
}
run() { # with|without
  local settings
  mapfile -t settings < <("$1")
  : >requests.txt
  /usr/bin/time -o time.txt -f '%U %S %e %M' "$repository/src/deploy/crowdlab" run --force "${settings[@]}" >run.txt 2>&1 ||
    { cat run.txt >&2; exit 1; }
  ! grep Warning run.txt >&2
  read -r user system wall memory <time.txt
  printf '%-8s %6.2f %6.2f %6.2f %5d %3d\n' "$1" "$user" "$system" "$wall" $((memory / 1024)) "$(wc -l <requests.txt)"
}
# The launcher's archive of classes is made by the first run: by one as it is in every night.
export CROWDLAB_CACHE=$work/cache
run with >/dev/null
run without >/dev/null
printf '%-8s %6s %6s %6s %5s %3s\n' run 'user s' 'sys s' 'wall s' MiB requests
for round in $(seq "$rounds"); do
  if [ $((round % 2)) = 1 ]; then run without && run with; else run with && run without; fi
done
