"""Celery against queue-service: a worker killed in mid-task, another that takes over, a stop in mid-poll."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

TASKS = 100
PATIENCE_SECONDS = 90

os.environ["CELERY_QUEUE"] = f"celery-{uuid.uuid4()}"
DONE = Path(os.environ.setdefault("CELERY_DONE", tempfile.mkdtemp(prefix="celery-")))

import boto3  # noqa: E402
import celery  # noqa: E402

import celery_tasks  # noqa: E402

sqs = boto3.client("sqs", endpoint_url=os.environ["SQS_ENDPOINT"])


def await_that(what, condition):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"{what}: not within {PATIENCE_SECONDS} s"
        time.sleep(0.1)


def start_worker():
    return subprocess.Popen(
        [sys.executable, "-B", "-m", "celery", "-A", "celery_tasks", "worker", "--pool=solo", "--loglevel=WARNING",
         "--without-gossip", "--without-mingle", "--without-heartbeat"]
    )


def messages_left():
    url = sqs.get_queue_url(QueueName=os.environ["CELERY_QUEUE"])["QueueUrl"]
    counts = sqs.get_queue_attributes(
        QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    )["Attributes"]
    return sum(int(count) for count in counts.values())


def main():
    for number in range(TASKS // 2):
        celery_tasks.note.delay(number)
    celery_tasks.kill_the_first_worker.delay()
    for number in range(TASKS // 2, TASKS):
        celery_tasks.note.delay(number)

    first = start_worker()
    assert first.wait(PATIENCE_SECONDS) == -signal.SIGKILL

    second = start_worker()
    try:
        await_that("every task is done", lambda: len(list(DONE.glob("note-*"))) == TASKS and (DONE / "survived").exists())
        await_that("every message is deleted", lambda: messages_left() == 0)
        began = time.monotonic()
        second.send_signal(signal.SIGTERM)
        assert second.wait(PATIENCE_SECONDS) == 0
        print(f"celery {celery.__version__}: {TASKS} tasks and one whose worker was killed; "
              f"a stop in mid-poll took {time.monotonic() - began:.1f} s")
    finally:
        second.kill()


main()
