"""How fast the room of a long night answers, and its poll. `python -m bench.room`."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from app.extensions import db
from app.lib.database import set_read_only
from app.messaging.heartbeats import DISPATCHER, beat
from bench.log import application
from tests.factories import Visitor
from tests.room.busy import busy
from tests.scene import Scene

ENTRIES, TASKS, CALLOUTS = 2000, 60, 30
TURNS, POLLS = 60, 300


@contextmanager
def night(engine: str) -> Iterator[tuple[Flask, Visitor, str]]:
    """The application with one incident in full swing, a signed-in coordinator, and the room's address."""
    with application(engine) as app:
        app.config.update(TESTING=True)
        with app.app_context():
            scene = Scene()
            incident = busy(scene, entries=ENTRIES, open_tasks=TASKS, callouts=CALLOUTS)
            beat(DISPATCHER)
            db.session.commit()
            visitor, path = Visitor(app, scene.cast.ssp), f"/incidents/{incident.public_id}"
            db.session.remove()
        yield app, visitor, path
        with app.app_context():
            db.engine.dispose()
        set_read_only(False)


def took(visitor: Visitor, path: str, turns: int, **options: object) -> tuple[float, float]:
    """Median milliseconds until the answer is there, and of this process's own work."""
    wall, work = [], []
    visitor.get(path, **options)
    for _ in range(turns):
        began, worked = time.perf_counter(), time.process_time()
        answer = visitor.get(path, **options)
        wall.append((time.perf_counter() - began) * 1000)
        work.append((time.process_time() - worked) * 1000)
        assert answer.status_code in (200, 304), answer.status
    return statistics.median(wall), statistics.median(work)


def measure(engine: str) -> str:
    """One row of the table."""
    with night(engine) as (_app, visitor, path):
        page, page_work = took(visitor, path, TURNS)
        panel, _ = took(visitor, f"{path}/panels/log", TURNS)
        tag = visitor.get(f"{path}/live").headers["ETag"]
        poll, poll_work = took(visitor, f"{path}/live", POLLS, headers={"If-None-Match": tag})
    return f"| {engine} | {page:.1f} ms ({page_work:.1f}) | {panel:.1f} ms | {poll:.2f} ms ({poll_work:.2f}) |"


def main() -> None:
    """Print the table for RESULTS.md."""
    print(f"{ENTRIES} entries, {TASKS} tasks, {CALLOUTS} call-outs; in brackets the process's own work\n")
    print("| | the whole room | one panel | a poll without news |")
    print("|---|---|---|---|")
    for engine in ("sqlite", "postgresql"):
        print(measure(engine), flush=True)


if __name__ == "__main__":
    main()
