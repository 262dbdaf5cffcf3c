"""How fast the room of a long night answers, and its poll, against the same written plainly. `python -m bench.room`.

Measured inside the server: from the request to the last byte, without any net. Rounds of the databases and scenes take
turns, so that whatever else the machine does hits them alike.
"""

import gc
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import EnvironBuilder

from app.extensions import db
from app.lib.database import set_read_only
from app.live import remembered
from app.messaging.heartbeats import DISPATCHER, beat
from bench import plain, results
from bench.log import application
from tests.factories import Visitor
from tests.room.busy import busy
from tests.scene import Scene

NIGHT = {"entries": 2000, "open_tasks": 60, "callouts": 30}
TOLD = NIGHT | {"reports": 50, "broadcasts": 30, "residents": 358}  # 28 sent to 358 each: 10,024 deliveries
SCENES = {"2,000 entries, 60 tasks, 30 call-outs": NIGHT, "and 50 report versions, 30 texts, 10,000 deliveries": TOLD}
ROUNDS, PAGES, POLLS = 6, 4, 15
HEAD = (
    "| database | night | room, median (best) | own work | questions | after news | plainly written | ratio "
    "| poll, median (best) | questions | plainly | ratio |\n" + "|---" * 12 + "|"
)


@dataclass
class Measured:
    """Milliseconds of each call, of the thread's own work in it; and the questions that one asks."""

    wall: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    questions: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.wall)

    def __str__(self) -> str:
        return f"{self.median:.1f} ({min(self.wall):.1f}) ms"


class Night:
    """One incident in full swing in an application of its own, looked at by a coordinator."""

    def __init__(self, app: Flask, engine: str, name: str) -> None:
        self.app, self.engine, self.name = app, engine, name
        self.room, self.anew, self.plain = Measured(), Measured(), Measured()
        self.poll, self.plain_poll = Measured(), Measured()
        with app.app_context():
            scene = Scene()
            incident = busy(scene, **SCENES[name])
            self.path, self.plain_path = f"/incidents/{incident.public_id}", f"/plain/{incident.public_id}"
            self.cookie = Visitor(app, scene.cast.ssp).client.get_cookie("beredskab").value
            db.session.remove()

    def beat(self) -> None:
        """The dispatcher is alive: the room would say so otherwise."""
        set_read_only(False)
        with self.app.app_context():
            beat(DISPATCHER)
            db.session.commit()
            db.session.remove()

    def call(self, path: str, into: Measured | None = None, tag: str = "") -> dict[str, str]:
        """Ask as a browser does. Answers the headers."""
        environ = EnvironBuilder(path=path, base_url="http://localhost").get_environ()
        environ |= {"HTTP_COOKIE": f"beredskab={self.cookie}", "HTTP_ACCEPT_ENCODING": "gzip"}
        environ |= {"HTTP_IF_NONE_MATCH": tag} if tag else {}
        answer: list[Any] = []
        began, worked = time.perf_counter(), time.thread_time()
        with ExitStack() as stack:
            body = self.app.wsgi_app(environ, lambda *said: answer.extend(said))
            stack.callback(getattr(body, "close", lambda: None))
            b"".join(body)
        if into is not None:
            into.wall.append((time.perf_counter() - began) * 1000)
            into.work.append((time.thread_time() - worked) * 1000)
        assert answer[0][:3] in ("200", "304"), f"{path}: {answer[0]}"
        return dict(answer[1])

    def count(self, path: str, tag: str = "") -> int:
        """How many statements one call sends."""
        said: list[str] = []

        def note(*given: Any) -> None:
            said.append(given[2])

        with self.app.app_context():
            engine = db.engine
        sa.event.listen(engine, "before_cursor_execute", note)
        self.call(path, tag=tag)
        sa.event.remove(engine, "before_cursor_execute", note)
        return sum(statement.startswith("SELECT") for statement in said)

    def prepare(self) -> None:
        """Everything is compiled and known; count the questions."""
        self.beat()
        for path in (self.path, self.plain_path, f"{self.path}/live", f"{self.plain_path}/poll"):
            for _ in range(3):
                self.call(path)
        self.tag = self.call(f"{self.path}/live")["ETag"]
        self.room.questions, self.poll.questions = self.count(self.path), self.count(f"{self.path}/live", self.tag)

    def turn(self) -> None:
        """One round."""
        self.beat()
        self.call(self.path)
        for _ in range(PAGES):
            self.call(self.path, self.room)
        remembered.forget()
        self.call(self.path, self.anew)
        self.call(self.plain_path, self.plain)
        for _ in range(POLLS):
            self.call(f"{self.path}/live", self.poll, self.tag)
            self.call(f"{self.plain_path}/poll", self.plain_poll)

    def row(self) -> str:
        """Of the table."""
        return (
            f"| {self.engine} | {self.name} | {self.room} | {statistics.median(self.room.work):.1f} ms "
            f"| {self.room.questions} | {self.anew.median:.1f} ms | {self.plain.median:.1f} ms "
            f"| {self.plain.median / self.room.median:.1f}x | {self.poll} | {self.poll.questions} "
            f"| {self.plain_poll.median:.1f} ms | {self.plain_poll.median / self.poll.median:.1f}x |"
        )


@contextmanager
def nights() -> Iterator[list[Night]]:
    """Each scene on each database."""
    with ExitStack() as stack:
        found = []
        for engine in ("sqlite", "postgresql"):
            for name in SCENES:
                app = stack.enter_context(application(engine))
                app.config.update(TESTING=True)
                plain.add_to(app)
                found.append(Night(app, engine, name))
                stack.callback(_let_go, app)
        yield found
        set_read_only(False)


def _let_go(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


def main() -> None:
    """Measure, print, and write the section of RESULTS.md."""
    with nights() as found:
        for night in found:
            night.prepare()
        gc.collect()
        gc.freeze()
        for _ in range(ROUNDS):
            for night in found:
                night.turn()
        table = "\n".join([HEAD, *(night.row() for night in found)])
    text = f"""{results.machine()}.
Time inside the server, {ROUNDS} rounds that take turns; own work is processor time of the thread. *After news*: the
first page after a text has left, which counts the deliveries anew. *Plainly written* (`bench/plain.py`): the same rows
by lazy relations and a query for each count, without rights, components, live panels or translation; its poll reads
the same counters by the ORM.

{table}"""
    print(text)
    results.write("Room (`python -m bench.room`)", text)


if __name__ == "__main__":
    main()
