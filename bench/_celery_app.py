"""What a Flask team would pick: Celery on Redis, the official client, 128 threads.

It writes nothing down, which is generous. Runs in an interpreter of its own, which has celery, redis and twilio.
"""

import os

from celery import Celery

from bench._official import NUMBER, client

THREADS = 128
app = Celery("bench", broker=os.environ["BENCH_REDIS"])
app.conf.update(task_ignore_result=True, broker_connection_retry_on_startup=True)
twilio = client(os.environ["BENCH_PROVIDER"], THREADS)


@app.task(name="send")
def send(to: str, body: str) -> None:
    twilio.messages.create(to=to, from_=NUMBER, body=body)


if __name__ == "__main__":
    for n in range(int(os.environ["BENCH_MANY"])):
        send.delay(f"+45{30_000_000 + n}", "Næste besked kommer kl. 21.30.")
