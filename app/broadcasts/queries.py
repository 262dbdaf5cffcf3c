"""Broadcasts of an incident, their recipients and progress, and which audiences the police have let free."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import lazyload
from sqlalchemy.orm.attributes import set_committed_value

from app.broadcasts.models import (
    Broadcast,
    BroadcastAuthor,
    PressEnquiry,
    Recipient,
    StandingRelease,
)
from app.broadcasts.states import CANCELLABLE, STOPPABLE, BroadcastState, Phase, Progress, progress
from app.extensions import db
from app.incidents.access import Reader, reachable
from app.incidents.course import predecessors_of
from app.incidents.models import Incident
from app.lib import clock
from app.lib.types import UTCDateTime
from app.messaging.models import Delivery
from app.messaging.states import LEFT, DeliveryState

OTHERS_WITHIN = timedelta(hours=6)

# A list of thirty texts does not show the message each was made of; the parties are known from the incident.
_LEAN = (
    lazyload(Broadcast.message),
    lazyload(Broadcast.texts),
    lazyload(Broadcast.made_as),
    lazyload(Broadcast.released_as),
    lazyload(Broadcast.authors),
)
_BROADCASTS = (
    sa.select(Broadcast)
    .where(Broadcast.incident_id == sa.bindparam("incident_id"))
    .options(*_LEAN)
    .order_by(Broadcast.number.desc())
)
_AUTHORS = (
    sa.select(BroadcastAuthor)
    .where(BroadcastAuthor.broadcast_id.in_(sa.bindparam("ids", expanding=True)))
    .options(lazyload(BroadcastAuthor.user), lazyload(BroadcastAuthor.actor))
    .order_by(BroadcastAuthor.id)
)


def broadcasts_of(incident: Incident) -> list[Broadcast]:
    """The newest first, whatever became of them. Who wrote them: `read_authors`."""
    return list(db.session.scalars(_BROADCASTS, {"incident_id": incident.id}))


def read_authors(broadcasts: Collection[Broadcast]) -> None:
    """Fetch who wrote them, in one question for all."""
    written: dict[int, list[BroadcastAuthor]] = {one.id: [] for one in broadcasts}
    for author in db.session.scalars(_AUTHORS, {"ids": list(written)}):
        written[author.broadcast_id].append(author)
    for one in broadcasts:
        set_committed_value(one, "authors", written[one.id])


def broadcast(incident: Incident, public_id: str) -> Broadcast | None:
    """One of them."""
    query = sa.select(Broadcast).where(Broadcast.incident_id == incident.id, Broadcast.public_id == public_id)
    return db.session.scalar(query)


def next_number(incident: Incident) -> int:
    """What the next one is called."""
    last = sa.select(sa.func.max(Broadcast.number)).where(Broadcast.incident_id == incident.id)
    return 1 + (db.session.scalar(last) or 0)


def recipients_of(broadcast: Broadcast) -> list[Recipient]:
    """As they were frozen."""
    query = sa.select(Recipient).where(Recipient.broadcast_id == broadcast.id)
    return list(db.session.scalars(query.order_by(Recipient.name, Recipient.id)))


def progress_of(broadcasts: Iterable[Broadcast]) -> dict[int, Progress]:
    """How far each has come, by its id. One query."""
    ids = {one.group: one.id for one in broadcasts}
    counts: dict[int, dict[DeliveryState, int]] = {one: {} for one in ids.values()}
    query = (
        sa.select(Delivery.group, Delivery.state, sa.func.count())
        .where(Delivery.group.in_(ids))
        .group_by(Delivery.group, Delivery.state)
    )
    for group, state, count in db.session.execute(query):
        counts[ids[group]][state] = count
    return {one: progress(found) for one, found in counts.items()}


def free_audiences(incident: Incident) -> list[StandingRelease]:
    """What the police have let free and not taken back."""
    query = sa.select(StandingRelease).where(
        StandingRelease.incident_id == incident.id, StandingRelease.ended_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(StandingRelease.id)))


def is_free(broadcast: Broadcast) -> bool:
    """Every audience of the text is let free."""
    free = {one.audience_key for one in free_audiences(broadcast.incident)}
    return bool(broadcast.audiences) and set(broadcast.audiences) <= free


def lately_to(reader: Reader, audiences: Collection[str], but: Broadcast) -> list[Broadcast]:
    """Other texts to the same audiences within six hours, of incidents that the reader may see; the newest first."""
    seen = reachable(reader).order_by(None).with_only_columns(Incident.id)
    query = sa.select(Broadcast).where(
        Broadcast.incident_id.in_(seen),
        Broadcast.id != but.id,
        Broadcast.state.in_([BroadcastState.RELEASED, BroadcastState.UNDER_WAY]),
        Broadcast.released_at > clock.now() - OTHERS_WITHIN,
    )
    found = db.session.scalars(query.order_by(Broadcast.released_at.desc()))
    return [one for one in found if set(one.audiences) & set(audiences)]


def planned(limit: int = 100) -> list[int]:
    """Ids of released texts whose planned time has come."""
    query = sa.select(Broadcast.id).where(
        Broadcast.state == BroadcastState.RELEASED, Broadcast.planned_at <= clock.now()
    )
    return list(db.session.scalars(query.order_by(Broadcast.id).limit(limit)))


@dataclass(frozen=True)
class Reached:
    """What the outbox achieved for an audience, counted in contacts. `failed` and `unknown` got none for certain.

    `meant`: how many the texts were for. `is_whole`: one of those sent was for the whole audience; `is_enough`: or for
    a part of it, and the others need not be told.
    """

    sent: int = 0
    failed: int = 0
    unknown: int = 0
    first_at: datetime | None = None
    meant: int = 0
    is_whole: bool = False
    is_enough: bool = False


Part = tuple[int, str]  # a broadcast's id and one of its audiences


SENT = (DeliveryState.SENT, DeliveryState.DELIVERED)
LOST = (DeliveryState.FAILED, DeliveryState.EXPIRED)


def reached_in(
    incident: Incident, taken_back: Collection[int] = (), narrow: Collection[Part] = (), enough: Collection[Part] = ()
) -> dict[str, Reached]:
    """By audience: each contact counts once, however many texts it got. A withdrawal tells nobody anything.

    `taken_back` are the ids of texts that were withdrawn: whoever got one knows nothing by it. `narrow` and `enough`
    are texts for a part of an audience.
    """
    of_contact = _by_contact(incident, taken_back, narrow, enough).subquery()
    sent, unknown, lost = of_contact.c.sent, of_contact.c.unknown, of_contact.c.lost
    query = sa.select(
        of_contact.c.audience_key, sa.func.sum(sent), sa.func.sum((1 - sent) * (1 - unknown) * lost),
        sa.func.sum((1 - sent) * unknown), sa.func.min(of_contact.c.first_at), sa.func.count(),
        sa.func.max(of_contact.c.whole), sa.func.max(of_contact.c.enough),
    ).group_by(of_contact.c.audience_key)  # fmt: skip
    return {
        row[0]: Reached(int(row[1]), int(row[2]), int(row[3]), row[4], int(row[5]), bool(row[6]), bool(row[7]))
        for row in db.session.execute(query)
    }


def _one_of(parts: Collection[Part]) -> sa.ColumnElement[bool]:
    """The recipient belongs to one of these."""
    each = [sa.and_(Recipient.broadcast_id == one, Recipient.audience_key == key) for one, key in parts]
    return sa.or_(sa.false(), *each)


def _by_contact(
    incident: Incident, taken_back: Collection[int], narrow: Collection[Part], enough: Collection[Part]
) -> sa.Select[Any]:
    def any_of(*states: DeliveryState, where: sa.ColumnElement[bool] | None = None) -> Any:
        left = Delivery.state.in_(states) if where is None else sa.and_(Delivery.state.in_(states), where)
        return sa.func.max(sa.case((left, 1), else_=0))

    return (
        sa.select(
            Recipient.audience_key,
            any_of(*SENT).label("sent"),
            any_of(DeliveryState.UNCERTAIN).label("unknown"),
            any_of(*LOST).label("lost"),
            any_of(*SENT, where=~_one_of([*narrow, *enough])).label("whole"),
            any_of(*SENT, where=_one_of(enough)).label("enough"),
            sa.func.min(Delivery.sent_at, type_=UTCDateTime()).label("first_at"),
        )
        .join(Broadcast, Recipient.broadcast_id == Broadcast.id)
        .outerjoin(Delivery, Recipient.delivery_id == Delivery.id)
        .where(
            Broadcast.incident_id == incident.id,
            Broadcast.phase != Phase.WITHDRAWAL,
            Broadcast.queued_at.is_not(None),
            Broadcast.id.not_in(taken_back),
        )
        .group_by(Recipient.audience_key, Recipient.contact_id)
    )


def got(broadcast: Broadcast) -> list[Recipient]:
    """Exactly those whom the text left for, or may have."""
    query = (
        sa.select(Recipient)
        .join(Delivery, Recipient.delivery_id == Delivery.id)
        .where(
            Recipient.broadcast_id == broadcast.id, Recipient.forgotten_at.is_(None), Delivery.state.in_(LEFT)
        )
    )
    return list(db.session.scalars(query.order_by(Recipient.id)))


def got_anything(incident: Incident) -> list[Recipient]:
    """Exactly those whom any text of the incident left for, each contact of an audience once, by its last address."""
    query = (
        sa.select(Recipient)
        .join(Broadcast, Recipient.broadcast_id == Broadcast.id)
        .join(Delivery, Recipient.delivery_id == Delivery.id)
        .where(
            Broadcast.incident_id == incident.id, Recipient.forgotten_at.is_(None), Delivery.state.in_(LEFT)
        )
    )
    found = db.session.scalars(query.order_by(Recipient.id))
    return list({(one.audience_key, one.contact_id): one for one in found}.values())


def unsent(incident: Incident) -> list[Broadcast]:
    """What has not left, or not all of it, in its order; a withdrawal waits for nobody and is not among them."""
    found = [b for b in broadcasts_of(incident) if b.phase is not Phase.WITHDRAWAL]
    waits = {b.id for b in found if b.state in CANCELLABLE}
    waits |= {b_id for b_id, so_far in progress_of(b for b in found if b.state in STOPPABLE).items() if so_far.waiting}
    return [b for b in reversed(found) if b.id in waits]


def had_before(broadcast: Broadcast) -> frozenset[str]:
    """Addresses that the very same words had left for before the switch: nobody gets them twice."""
    if not broadcast.is_carried:
        return frozenset()
    ids = [incident.id for incident in predecessors_of(broadcast.incident)]
    same = db.session.scalars(
        sa.select(Broadcast).where(Broadcast.incident_id.in_(ids), Broadcast.text == broadcast.text)
    )
    groups = [one.group for one in same]
    query = sa.select(Delivery.address).where(Delivery.group.in_(groups), Delivery.state.in_(LEFT))
    return frozenset(db.session.scalars(query))


def inherited(broadcast: Broadcast) -> list[Recipient]:
    """Whose receivers a correction, a withdrawal or an after-message takes over."""
    return got(broadcast.corrects) if broadcast.corrects else got_anything(broadcast.incident)


def withdrawal_of(broadcast: Broadcast) -> Broadcast | None:
    """The text that took it back."""
    query = sa.select(Broadcast).where(Broadcast.corrects_id == broadcast.id, Broadcast.phase == Phase.WITHDRAWAL)
    return db.session.scalar(query.limit(1))


def press_of(incident: Incident) -> list[PressEnquiry]:
    """The newest first."""
    query = sa.select(PressEnquiry).where(PressEnquiry.incident_id == incident.id)
    return list(db.session.scalars(query.order_by(PressEnquiry.id.desc())))
