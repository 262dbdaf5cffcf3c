"""Hand-over: whoever is about to take a duty is told so, once, by text to their own phone."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.areas.models import Actor
from app.contacts.models import Contact
from app.contacts.reaching import texting_address
from app.extensions import db
from app.lib import clock
from app.messaging import outbox
from app.messaging.models import Priority, ReceiverKind
from app.roster import queries, rules
from app.roster.models import SingleShift, WeeklyShift
from app.roster.rules import RANK_LABELS, Duty
from app.templating import weekday

AHEAD = timedelta(hours=2)


def remind_of_hand_over() -> None:
    """For every duty that begins within two hours. One commit per party."""
    shifts = (WeeklyShift, SingleShift)
    laid = sa.union(*(sa.select(shift.actor_id) for shift in shifts)).subquery()
    for actor in db.session.scalars(sa.select(Actor).where(Actor.id.in_(sa.select(laid)))).all():
        _remind(actor, clock.now())
        db.session.commit()


def _remind(actor: Actor, now: datetime) -> None:
    found = queries.duties_of(actor, now - AHEAD, now + 2 * AHEAD)
    for duty in found:
        if not now < duty.starts_at <= now + AHEAD:
            continue
        contact = db.session.get_one(Contact, duty.person)
        before = [db.session.get_one(Contact, one.person) for one in _before(found, duty)]
        if (reached := texting_address(contact)) and contact.id not in {one.id for one in before}:
            _tell(actor, contact, duty, reached, before)


def _before(found: list[Duty], duty: Duty) -> list[Duty]:
    return rules.at(found, duty.rank, duty.starts_at - timedelta(seconds=1))


def _tell(actor: Actor, contact: Contact, duty: Duty, reached: tuple[str, str], before: list[Contact]) -> None:
    channel, address = reached
    from_whom = f" Du overtager fra {', '.join(one.name for one in before)}." if before else ""
    outbox.queue(
        [
            outbox.NewDelivery(
                name=contact.name, address=address, channel=channel,
                text=f"Du er {RANK_LABELS[duty.rank]} hos {actor.name} fra kl. {clock.local(duty.starts_at):%H.%M} "
                f"til {weekday(duty.ends_at)} kl. {clock.local(duty.ends_at):%H.%M}.{from_whom}",
                receiver_kind=ReceiverKind.PARTY, priority=Priority.NOTICE,
                about=f"roster:{actor.public_id}", group=f"roster:{actor.public_id}",
                unique_key=f"hand-over:{contact.id}:{duty.rank}:{duty.starts_at.isoformat()}",
                valid_until=duty.starts_at, without_police=False,
                area_id=actor.area_id, subject="Din vagt begynder snart",
            )
        ]
    )  # fmt: skip
