"""Where a story plays: a driven clock, the worker's jobs and dispatcher in the same process, and what came of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from flask import Flask
from flask_login import login_user

from app.accounts.models import User
from app.areas.by import By
from app.areas.models import Area, Membership
from app.broadcasts.models import Broadcast
from app.demo.cast import LINDEVANGEN
from app.extensions import db
from app.incidents.access import Reader, reachable
from app.incidents.facts import who
from app.incidents.models import Incident
from app.lib import clock
from app.logbook.models import LogEntry
from app.logbook.verify import verify_chain
from app.messaging import inbox
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Delivery, DeliveryState
from app.scheduler import JOBS

# How the clock moves: in small steps while people are called, in larger ones through a quiet hour or a night.
STEPS = (
    (timedelta(seconds=30), timedelta(seconds=10)),
    (timedelta(minutes=15), timedelta(seconds=30)),
    (timedelta(hours=2), timedelta(minutes=2)),
)
LONGEST_STEP = timedelta(minutes=10)
OFTEN = 15  # seconds: jobs as quick as this are run each minute, the quickest at each step
NEVER = datetime.min.replace(tzinfo=UTC)
_CODE = re.compile(r"Svar (\d{4})")


@dataclass(frozen=True)
class Package:
    """A journal package that a story took, and the head of the log it was taken of."""

    what: str
    content: bytes
    head: str


@dataclass
class Stage:
    """One story's world. `faults` collects every expectation that did not hold, `packages` what it took along."""

    app: Flask
    say: Callable[[str], None]
    now: datetime
    faults: list[str] = field(default_factory=list)
    packages: list[Package] = field(default_factory=list)
    replies: int = 0
    looked_at: datetime = NEVER  # when the slower jobs last ran

    def __post_init__(self) -> None:
        self.dispatcher = Dispatcher(self.app)

    @property
    def area(self) -> Area:
        return db.session.scalars(sa.select(Area).where(Area.slug == LINDEVANGEN.slug)).one()

    def as_(self, login: str) -> Reader:
        """The person as their first actor."""
        user = db.session.scalars(sa.select(User).where(User.email == f"{login}@{LINDEVANGEN.slug}.example")).one()
        held = db.session.scalars(
            sa.select(Membership).where(Membership.user_id == user.id).order_by(Membership.id)
        ).all()
        first, police = held[0], any(m.actor.is_police for m in held)
        known = who(user, first.actor, first.role, police_in_area=police)
        return Reader(user, first.actor, first.actor.area, first.role, known)

    def by(self, login: str) -> By:
        return self.as_(login).by

    def pass_time(self, **duration: float) -> None:
        """Let the clock run, the worker's jobs with it."""
        span = timedelta(**duration)
        step = next((step for most, step in STEPS if span <= most), LONGEST_STEP)
        until = self.now + span
        self.work()
        while self.now < until:
            self.now = min(self.now + step, until)
            self.work()

    def work(self) -> None:
        """What the worker does in a moment: its jobs and its sending."""
        db.session.commit()
        is_new_minute = self.now - self.looked_at >= timedelta(minutes=1)
        for job in JOBS:
            if job.every <= 1 or (job.every <= OFTEN and is_new_minute):
                job.function()
        self.looked_at = self.now if is_new_minute else self.looked_at
        self.dispatcher.drain()
        db.session.rollback()

    def texts_to(self, address: str) -> list[Delivery]:
        """What this phone has received, newest last."""
        query = sa.select(Delivery).where(Delivery.address == address, Delivery.state == DeliveryState.SENT)
        return list(db.session.scalars(query.order_by(Delivery.id)))

    def answer_by_code(self, address: str) -> None:
        """The person at this phone replies with the code of the newest call."""
        asked = [m[1] for d in self.texts_to(address) if (m := _CODE.search(d.text))]
        if not asked:
            self.faults.append(f"{address} har ikke fået en kode at svare med")
            return
        self.replies += 1
        inbox.receive(
            "log", f"reply-{self.now.timestamp()}-{self.replies}", address, "beredskab", f"{asked[-1]} kommer"
        )
        db.session.commit()

    def page(self, endpoint: str, login: str) -> str:
        """What this person reads there."""
        with self.app.test_request_context():
            login_user(self.as_(login).user)
            return str(self.app.view_functions[endpoint]())

    def expect(self, holds: bool, text: str) -> None:
        """What must be true here; said in the words of the fault."""
        if not holds:
            self.faults.append(text)

    def expect_unseen_by(self, login: str, incident: Incident) -> None:
        """This person's lists do not hold the incident."""
        seen = db.session.scalars(reachable(self.as_(login))).all()
        self.expect(incident.id not in {i.id for i in seen}, f"{login} kan se {incident.what}")

    def print_timeline(self, title: str, incident: Incident) -> None:
        """Log and texts in the order of the clock; the chain is verified."""
        self.say(f"\n{title}\n{'─' * len(title)}")
        for at, line in sorted(self._lines(incident), key=lambda pair: pair[0]):
            self.say(f"  {clock.local(at):%H.%M.%S}  {line}")
        verdict = verify_chain(incident.chain_id)
        self.expect(verdict.is_whole, f"loggen for {incident.what} er brudt: {verdict}")
        self.say(f"  Loggen er hel: {verdict.entries} poster, {incident.chain.head_hash[:16]}…")

    def _lines(self, incident: Incident) -> list[tuple[datetime, str]]:
        entries = db.session.scalars(sa.select(LogEntry).where(LogEntry.chain_id == incident.chain_id))
        lines = [(e.recorded_at, f"{_in_one_line(e.text or '')}  [{e.author_label}]") for e in entries]
        written = db.session.scalars(sa.select(Broadcast).where(Broadcast.incident_id == incident.id))
        groups = [f"incident:{incident.id}", f"ending:{incident.id}", *(text.group for text in written)]
        query = sa.select(Delivery).where(Delivery.group.in_(groups), Delivery.state == DeliveryState.SENT)
        sent = db.session.scalars(query.order_by(Delivery.id))
        return lines + [(d.sent_at, f"→ {d.name}: {_in_one_line(d.text)[:110]}") for d in sent if d.sent_at]


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
