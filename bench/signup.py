"""A script asks for 10,000 codes, half of them for numbers on the list. `python -m bench.signup`.

What it gains: how many texts went out, whether any answer differed by a byte, and whether the time it took tells a
number on the list from another. The last is said as the chance that, of one of each, the known one took longer: 50 %
tells nothing. Requests are made in this process, one after the other, from as many networks as there are attempts by
ten, so that it is the area's own limit that ends them.
"""

import random
import statistics
import time
from bisect import bisect_left, bisect_right

import sqlalchemy as sa
from flask import Flask

from app.contacts.models import PointKind
from app.contacts.operations import add_contact
from app.extensions import db
from app.messaging.models import Delivery
from app.signup.models import SignUpCode
from bench import results
from bench.log import application
from tests.scene import Scene

ATTEMPTS, KNOWN, SEED = 10_000, 500, 7
HEAD = (
    "| database | attempts | texts sent | different answers | known, code sent | unknown, code sent | told apart | "
    "known, no code | unknown, no code | told apart |\n" + "|---" * 10 + "|"
)


class Attempts:
    """Milliseconds by whether the number was known and whether a code was sent; and every answer there was."""

    def __init__(self) -> None:
        self.took: dict[tuple[bool, bool], list[float]] = {(a, b): [] for a in (True, False) for b in (True, False)}
        self.answers: set[tuple[int, bytes]] = set()

    def median(self, known: bool, sent: bool) -> str:
        return f"{statistics.median(self.took[known, sent]):.1f} ms"

    def told_apart(self, sent: bool) -> str:
        """The share of pairs in which the known number took longer, ties halved."""
        known, unknown = self.took[True, sent], sorted(self.took[False, sent])
        longer = sum(bisect_left(unknown, one) + bisect_right(unknown, one) for one in known) / 2
        return f"{longer / (len(known) * len(unknown)):.0%}"


def numbers() -> list[tuple[str, bool]]:
    """Half of them of somebody on the list, in no order."""
    known = [f"3000{n:04d}" for n in range(KNOWN)]
    fresh = [f"40{n:06d}" for n in range(ATTEMPTS // 2)]
    asked = [(one, True) for one in known * (ATTEMPTS // 2 // KNOWN)] + [(one, False) for one in fresh]
    random.Random(SEED).shuffle(asked)
    return asked


def prepare() -> None:
    """Lindevangen with the known ones on its list."""
    scene = Scene()
    for n in range(KNOWN):
        points = [(PointKind.MOBILE, f"3000{n:04d}")]
        add_contact(scene.cast.lindevangen, name=f"Beboer {n}", points=points, audiences=["residents"])
    db.session.commit()


def attempt(app: Flask) -> Attempts:
    """All of them, one after the other."""
    seen, browser, before = Attempts(), app.test_client(use_cookies=False), 0
    for n, (number, known) in enumerate(numbers()):
        place = {"REMOTE_ADDR": f"80.{n // 2560 + 1}.{n // 10 % 256}.9"}
        began = time.perf_counter()
        answer = browser.post(
            "/area/lindevangen/sign-up", data={"by": "sms", "number": number}, environ_overrides=place
        )
        took = (time.perf_counter() - began) * 1000
        page = answer.headers["Location"].rpartition("/")[0]
        seen.answers.add((answer.status_code, page.encode()))
        now = _sent()
        seen.took[known, now > before].append(took)
        before = now
    return seen


def _sent() -> int:
    last = db.session.scalar(sa.select(sa.func.max(SignUpCode.id))) or 0
    db.session.rollback()
    return last


def measure(backend: str) -> str:
    """One line of the table."""
    with application(backend) as app, app.app_context():
        prepare()
        seen = attempt(app)
        sent = db.session.query(Delivery).filter(Delivery.about.startswith("sign-up:")).count()
    cells = [
        backend, f"{ATTEMPTS:,}", str(sent), str(len(seen.answers) - 1), seen.median(True, True),
        seen.median(False, True), seen.told_apart(True), seen.median(True, False), seen.median(False, False),
        seen.told_apart(False),
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Both databases, and the section of RESULTS.md."""
    on = results.machine()
    rows = [measure("sqlite"), measure("postgresql")]
    said = (
        "A script asks for codes from a thousand networks; half of the numbers are on the area's list of residents.\n"
        "*Told apart*: the chance that a known number took longer than an unknown one. Of 200 of each, on a busy "
        "machine, it wanders six points by itself."
    )
    results.write("Signing up by script (`python -m bench.signup`)", "\n".join([f"{on}.", said, "", HEAD, *rows]))
    print("\n".join([HEAD, *rows]))


if __name__ == "__main__":
    main()
