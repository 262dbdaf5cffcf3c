"""Put texts in the outbox, and stop those that have not left."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from app.extensions import db
from app.lib import clock
from app.messaging.channels import VOICE
from app.messaging.models import EXERCISE_MARK, Delivery
from app.messaging.once import insert_once
from app.messaging.states import LEFT, SETTLED, DeliveryState, Priority, ReceiverKind, stopped

CHUNK = 500


@dataclass(frozen=True)
class NewDelivery:
    """One text to one address, complete. `about` and `group` are the caller's own words, opaque here.

    `unique_key` says what this is, once and for all (broadcast × address × channel, or step × address × channel):
    a second one with the same key is the first one. `without_police` holds unless somebody says
    otherwise (a politisag, or no incident at all): it is asked for again when the text is about to leave, for an
    address may have become the police's meanwhile.
    """

    name: str
    address: str
    channel: str
    text: str
    receiver_kind: ReceiverKind
    priority: Priority
    about: str
    group: str
    unique_key: str
    valid_until: datetime
    without_police: bool = True
    is_exercise: bool = False
    language: str = "da"
    subject: str | None = None
    area_id: int | None = None
    due_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.is_exercise and self.receiver_kind is not ReceiverKind.PARTY:
            raise ValueError("an exercise reaches parties only")
        if self.is_exercise and not self.text.startswith(EXERCISE_MARK):
            raise ValueError(f"the text of an exercise begins with {EXERCISE_MARK}")
        if self.is_exercise and not (self.subject or EXERCISE_MARK).startswith(EXERCISE_MARK):
            raise ValueError(f"the subject of an exercise begins with {EXERCISE_MARK}")


@dataclass(frozen=True)
class Stopped:
    """What a stop achieved. `already_left` were sent, are being sent or may have been: "nåede at blive sendt"."""

    cancelled: int
    already_left: list[Delivery]


def queue(new: Iterable[NewDelivery]) -> list[Delivery]:
    """One row each, in the order given; a key that is there already answers the row that has it. Flushes."""
    wanted = list(new)
    found: dict[str, Delivery] = {}
    for keys in _inserted(sorted(wanted, key=_key)):  # one order, so no deadlock
        found |= {d.unique_key: d for d in db.session.scalars(sa.select(Delivery).where(Delivery.unique_key.in_(keys)))}
    return [found[one.unique_key] for one in wanted]


def queue_crowd(new: Iterable[NewDelivery]) -> list[int]:
    """The same for a broadcast, of which only the ids are wanted: a hundred thousand are never held at once.

    Whoever calls holds the broadcast, so nobody else is inserting the same keys in another order.
    """
    ids: list[int] = []
    key, named = Delivery.unique_key, sa.select(Delivery.unique_key, Delivery.id)
    for keys in _inserted(new):
        found = {row.unique_key: row.id for row in db.session.execute(named.where(key.in_(keys)))}
        ids += [found[one] for one in keys]
    return ids


def _inserted(new: Iterable[NewDelivery]) -> Iterator[list[str]]:
    at, rest = clock.now(), iter(new)
    while piece := list(islice(rest, CHUNK)):
        insert_once(Delivery, [_row(one, at) for one in piece], ["unique_key"])
        yield [one.unique_key for one in piece]


def _key(new: NewDelivery) -> str:
    return new.unique_key


def _row(new: NewDelivery, at: datetime) -> dict[str, Any]:
    return asdict(new) | {"priority": int(new.priority), "due_at": new.due_at or at, "queued_at": at}


def cancel(
    *, about: str | None = None, group: str | None = None, addresses: Collection[str] | None = None, reason: str
) -> Stopped:
    """Stop what has not left. `reason` is a short code kept on the rows. Once this commits no further call begins.

    With `addresses` only what goes to them. A phone that rings already is not rung any longer than need be.
    """
    if about is None and group is None:
        raise ValueError("say what to cancel: about or group")
    given = ((Delivery.about, about), (Delivery.group, group))
    mine = [column == value for column, value in given if value is not None]
    if addresses is not None:
        mine.append(Delivery.address.in_(addresses))
    db.session.flush()
    # Locked in one order, so that two stops never wait for each other. Updated in bulk: a broadcast has thousands.
    queued = sa.select(Delivery.id).where(*mine, Delivery.state == DeliveryState.QUEUED).order_by(Delivery.id)
    db.session.execute(queued.with_for_update()).all()
    cancelled = _stop(mine, reason, may_have_left=False)
    _stop(mine, reason, may_have_left=True)
    _end_calls(mine)
    left = sa.select(Delivery).where(*mine, Delivery.state.in_(LEFT)).order_by(Delivery.id)
    return Stopped(cancelled, list(db.session.scalars(left.execution_options(populate_existing=True))))


def _end_calls(mine: list[sa.ColumnElement[bool]]) -> None:
    ringing = (Delivery.channel == VOICE, Delivery.state.in_(LEFT), Delivery.end_wanted_at.is_(None))
    db.session.execute(sa.update(Delivery).where(*mine, *ringing).values(end_wanted_at=clock.now()))


def _stop(mine: list[sa.ColumnElement[bool]], reason: str, *, may_have_left: bool) -> int:
    state = stopped(DeliveryState.CANCELLED, may_have_left)
    settled_at = clock.now() if state in SETTLED else None
    queued = (Delivery.state == DeliveryState.QUEUED, Delivery.may_have_left.is_(may_have_left))
    stop = sa.update(Delivery).where(*mine, *queued).values(state=state, error_code=reason, settled_at=settled_at)
    return int(getattr(db.session.execute(stop), "rowcount", 0))
