"""The job as a DAG for Airflow 3. Runs the script crowdlab on a worker that has /opt/crowdlab-etl and /etc/crowdlab-etl.

The exit code decides what happens next: 5 (the database could not be reached) and a killed process are tried again; 1 (a dataset
failed), 2 (settings), 3 (a check refused the result) and 4 (in use) would only repeat, and fail the task at once.
"""

import os
import subprocess
from datetime import datetime, timedelta

from airflow.exceptions import AirflowException, AirflowFailException
from airflow.sdk import DAG, BaseOperator

PROGRAM = "/opt/crowdlab-etl/crowdlab"
SETTINGS = "/etc/crowdlab-etl"  # where application.yml is
FINAL = {1: "a dataset failed", 2: "usage or settings", 3: "a check refused a result", 4: "in use by another process"}
STOP_SECONDS = 60  # stopping a run cleanly takes up to 40 s


class CrowdlabOperator(BaseOperator):
    """Calls the program; its output goes to the task's log. Stopping the task stops the run cleanly."""

    def __init__(self, *, arguments, environment=None, **kwargs):
        super().__init__(**kwargs)
        self.arguments = arguments
        self.environment = environment or {}
        self._process = None

    def execute(self, context):
        self._process = subprocess.Popen(
            [PROGRAM, *self.arguments],
            cwd=SETTINGS,
            env={**os.environ, **self.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        for line in self._process.stdout:
            self.log.info("%s", line.rstrip("\n"))
        code = self._process.wait()
        if code in FINAL:
            raise AirflowFailException(f"crowdlab ended with {code}: {FINAL[code]}; the log above says why")
        if code != 0:
            raise AirflowException(f"crowdlab ended with {code}; it is tried again")

    def on_kill(self):
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()


with DAG(
    dag_id="crowdlab_etl",
    description="Consensus labels and annotator quality",
    schedule="30 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    tags=["labels"],
) as dag:
    CrowdlabOperator(
        task_id="run",
        arguments=["run"],
        environment={"CROWDLAB_HEAP": "600m"},
        retries=2,
        retry_delay=timedelta(minutes=10),
        execution_timeout=timedelta(hours=8),
    )
