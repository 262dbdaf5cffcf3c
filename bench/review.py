"""How fast the review of a long night answers: 5,000 lines of timeline on one page. `python -m bench.review`.

Measured inside the server like the room's: from the request to the last byte. Entries of the log, call-outs' texts and
texts to audiences together make the course.
"""

import gc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from app.extensions import db
from app.lib.database import set_read_only
from app.transitions.stand_down import StandDown, stand_down
from bench import results
from bench.log import application
from bench.room import Measured, Night
from tests.factories import Visitor
from tests.room.busy import busy
from tests.scene import Scene

NIGHTS = {"500 lines": 450, "5,000 lines": 4950}
SCENE = {"open_tasks": 60, "callouts": 30, "reports": 20, "broadcasts": 20, "residents": 200}
ROUNDS, PAGES = 6, 6
HEAD = (
    "| database | night | the review, median (best) | questions | the list's page, median (best) | questions "
    "| the list's last page |\n" + "|---" * 7 + "|"
)


class Reviewed(Night):
    """The same night when it is over."""

    def __init__(self, app, engine: str, name: str) -> None:
        self.app, self.engine, self.name = app, engine, name
        self.review, self.list, self.last = Measured(), Measured(), Measured()
        with app.app_context():
            scene = Scene()
            incident = busy(scene, entries=NIGHTS[name], **SCENE)
            stand_down(incident, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
            db.session.commit()
            self.path = f"/incidents/{incident.public_id}/review"
            self.cookie = Visitor(app, scene.cast.ssp).client.get_cookie("beredskab").value
            micros = int(incident.ended_at.timestamp() * 1_000_000)
            self.end = f"{self.path}/timeline?after={micros}-a-0-0"
            db.session.remove()

    def prepare(self) -> None:
        self.beat()
        for path in (self.path, f"{self.path}/timeline", self.end):
            for _ in range(3):
                self.call(path)
        self.review.questions, self.list.questions = self.count(self.path), self.count(f"{self.path}/timeline")

    def turn(self) -> None:
        self.beat()
        self.call(self.path)
        for _ in range(PAGES):
            self.call(self.path, self.review)
            self.call(f"{self.path}/timeline", self.list)
            self.call(self.end, self.last)

    def row(self) -> str:
        return (
            f"| {self.engine} | {self.name} | {self.review} | {self.review.questions} | {self.list} "
            f"| {self.list.questions} | {self.last} |"
        )


@contextmanager
def nights() -> Iterator[list[Reviewed]]:
    """Each night on each database."""
    with ExitStack() as stack:
        found = []
        for engine in ("sqlite", "postgresql"):
            for name in NIGHTS:
                app = stack.enter_context(application(engine))
                app.config.update(TESTING=True)
                found.append(Reviewed(app, engine, name))
                stack.callback(_let_go, app)
        yield found
        set_read_only(False)


def _let_go(app) -> None:
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
Time inside the server, {ROUNDS} rounds that take turns. The review is the whole page: picture, five criteria counted
anew, debrief, learning and the first fifty lines; the list is a hundred lines. Beside the log's entries the night has
30 call-outs and 20 texts to 200 residents each. The goal is a median of 100 ms with 5,000 lines.

{table}"""
    print(text)
    results.write("Review (`python -m bench.review`)", text)


if __name__ == "__main__":
    main()
