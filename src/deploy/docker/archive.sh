# Part of the image's build, not as root, which the embedded PostgreSQL would refuse: runs the job on the trial's sample, so that
# /archive/classes.jsa holds the classes that a night needs. Files and their times must stay as they are from here on.
set -eu
cd /archive

java -jar /build/crowdlab-trial.jar >/dev/null
java -jar /build/crowdlab-trial.jar database --crowdlab.embedded.port=15432 >/dev/null &
trial=$!
/opt/crowdlab/java/bin/java @/opt/crowdlab/java.options -XX:ArchiveClassesAtExit=/archive/classes.jsa \
  -jar /opt/crowdlab/app/crowdlab-etl.jar run --force --spring.datasource.url=jdbc:postgresql://127.0.0.1:15432/crowdlab \
  --spring.datasource.username=postgres --spring.datasource.password="$(cut -d : -f 5 .crowdlab/data/pgpass)"
kill "$trial"
wait "$trial" || [ $? -eq 143 ]
