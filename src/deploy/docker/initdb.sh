# Run once by the image of PostgreSQL, for a new database: the roles of the job, one login for the job, one for dashboards.
psql -v ON_ERROR_STOP=1 -v etl="$ETL_PASSWORD" -v dashboard="$CROWDLAB_DASHBOARD_PASSWORD" -U postgres -d warehouse <<'SQL'
create role crowdlab_owner;
create role crowdlab_writer;
create role crowdlab_reader;
create role crowdlab_auditor;
grant crowdlab_writer to crowdlab_owner;
create role etl login password :'etl' in role crowdlab_owner;
create role dashboard login password :'dashboard' in role crowdlab_reader;
grant create on database warehouse to etl;
SQL
