"""The tasks of celery_client.py, imported by it and by its workers. What a task has done stands in a file of its own."""

import os
import signal
from pathlib import Path
from urllib.parse import quote, urlsplit

from celery import Celery

QUEUE = os.environ["CELERY_QUEUE"]
DONE = Path(os.environ["CELERY_DONE"])
VISIBILITY_SECONDS = 5

server = urlsplit(os.environ["SQS_ENDPOINT"])
key = quote(os.environ["AWS_ACCESS_KEY_ID"], safe="")
secret = quote(os.environ["AWS_SECRET_ACCESS_KEY"], safe="")

app = Celery("clients", broker=f"sqs://{key}:{secret}@{server.hostname}:{server.port}")
app.conf.update(
    broker_transport_options={
        "region": os.environ["AWS_REGION"],
        "is_secure": False,
        "visibility_timeout": VISIBILITY_SECONDS,
        "wait_time_seconds": 2,
        "polling_interval": 0.1,
    },
    task_default_queue=QUEUE,
    task_ignore_result=True,
    # A task is acknowledged when it is done: one whose worker dies comes again.
    task_acks_late=True,
    worker_prefetch_multiplier=1,
)


@app.task
def note(number):
    (DONE / f"note-{number}").touch()


@app.task
def kill_the_first_worker():
    """Ends the worker that runs it as kill -9 does; the next one finds the trace of that, and is done."""
    killed = DONE / "killed"
    if not killed.exists():
        killed.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    (DONE / "survived").touch()
