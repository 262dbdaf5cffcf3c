"""What the room reads across packages, each in one query whatever the size of the incident."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from flask import g
from sqlalchemy.orm import lazyload

from app.areas import acting
from app.callout import queries as callouts
from app.callout.models import Callout
from app.callout.queries import about, group_of
from app.extensions import db
from app.incidents.access import Reader
from app.incidents.log import topic_of
from app.incidents.models import Incident
from app.live.operations import raised_by
from app.live.remembered import unless_none
from app.logbook.models import ErasureRequest, LogEntry
from app.measures.models import Measure
from app.measures.queries import of_incident
from app.messaging import providers
from app.messaging import queries as messaging
from app.messaging.models import Delivery
from app.messaging.states import LEFT, DeliveryState

_CALLOUT = re.compile(r"callout:(\d+)")


# Actors come with the incident's participations; loading them once more with each row costs more than all the rest.
_LEAN_ROUND = (lazyload(Callout.actor), lazyload(Callout.steps))


_OF_INCIDENT: sa.BindParameter[int] = sa.bindparam("incident_id")
_ROUNDS = (
    sa.select(Callout, callouts.HAS_LATE_STEP)
    .where(Callout.incident_id == _OF_INCIDENT)
    .options(*_LEAN_ROUND)
    .order_by(Callout.id)
)
_TEXTS = (
    sa.select(Delivery.about, Delivery.state, sa.func.count(), sa.func.max(sa.case((callouts.IS_HELD, 1), else_=0)))
    .where(Delivery.group == sa.bindparam("group"))
    .group_by(Delivery.about, Delivery.state)
)
_ANY_MEASURE = sa.select(Measure.id).where(Measure.incident_id == _OF_INCIDENT).limit(1)
_erasures = ErasureRequest.__table__
_ERASURES = (
    sa.select(_erasures.c.seq)
    .where(_erasures.c.chain_id == sa.bindparam("chain_id"), _erasures.c.done_at.is_(None))
    .order_by(_erasures.c.seq)
)


class Rounds(NamedTuple):
    """Each party's newest call-out round by the actor's id; and the ids of those with a step that is late."""

    newest: dict[int, Callout]
    late: set[int]


class Texts(NamedTuple):
    """How many texts of each round (by its id) stand in each state; and the rounds with one that is held up."""

    counts: Mapping[int, dict[DeliveryState, int]]
    held: set[int]


def rounds_of(incident: Incident) -> Rounds:
    """Of all parties."""
    given = {"incident_id": incident.id, "before": callouts.late_before()}
    rows = db.session.execute(_ROUNDS, given).all()
    return Rounds({row[0].actor_id: row[0] for row in rows}, {row[0].id for row in rows if row[1]})


def late_rounds() -> set[int]:
    """Rounds of all incidents whose text or call should have left a minute ago, asked once in a request."""
    if "late_rounds" not in g:
        g.late_rounds = callouts.late_rounds()
    return set(g.late_rounds)


def measures_of(reader: Reader, incident: Incident) -> Sequence[Measure]:
    """What came of it and this reader may see; while nothing did, nobody's rights are asked for."""

    def any_at_all() -> Sequence[int]:
        return db.session.scalars(_ANY_MEASURE, {"incident_id": incident.id}).all()

    there = unless_none(f"measures:{incident.public_id}", topic_of(incident.id, "measures"), any_at_all)
    return of_incident(reader, incident) if there else ()


raised_by(Measure, lambda measure: [topic_of(measure.incident_id, "measures")] if measure.incident_id else ())


def sender_is_silent() -> bool:
    """Nothing leaves just now; asked once for a page too."""
    return messaging.is_silence(_how_it_goes().last_sign)


def outages() -> list[str]:
    """The channels that take nothing now, as far as the reader may know; found with the same question."""
    return outages_told(_how_it_goes().outages)


def outages_told(found: str | None) -> list[str]:
    """Of what OUTAGES found. That a channel is out is no secret; that somebody tried to send may be."""
    return providers.told(found, is_police=any(held.actor.is_police for held in acting.mine()))


class HowItGoes(NamedTuple):
    """When the sender last showed itself, and what OUTAGES found."""

    last_sign: datetime | None
    outages: str | None


def _how_it_goes() -> HowItGoes:
    if "how_it_goes" not in g:  # it may have come with the incident
        asked = sa.select(messaging.LAST_SIGN.label("last_sign"), providers.OUTAGES.label("outages"))
        g.how_it_goes = tuple(db.session.execute(asked, providers.known_since()).one())
    return HowItGoes(*g.how_it_goes)


def texts_by_round(incident: Incident) -> Texts:
    """Of all rounds of all parties."""
    found = Texts(defaultdict(dict), set())
    given = {"group": group_of(incident), "before": callouts.late_before()}
    for said, state, count, is_held in db.session.execute(_TEXTS, given):
        if match := _CALLOUT.fullmatch(said):
            found.counts[int(match[1])][state] = count
            found.held.update([int(match[1])] if is_held else ())
    return found


def texts_of(callout: Callout) -> list[Delivery]:
    """Every text of one round, the newest first."""
    query = sa.select(Delivery).where(Delivery.about == about(callout))
    return list(db.session.scalars(query.order_by(Delivery.id.desc())))


def reached(incident: Incident) -> list[str]:
    """The names of those whom a text of this incident reached or may have reached, each once."""
    query = sa.select(Delivery.name).where(Delivery.group == group_of(incident), Delivery.state.in_(LEFT)).distinct()
    return sorted(db.session.scalars(query))


def corrections_of(chain_id: int, numbers: Collection[int]) -> list[LogEntry]:
    """The entries that correct one of these. A correction is younger than what it corrects: the rest is not read."""
    query = sa.select(LogEntry).where(
        LogEntry.chain_id == chain_id, LogEntry.seq > min(numbers, default=0), LogEntry.corrects_seq.in_(numbers)
    )
    return list(db.session.scalars(query.order_by(LogEntry.seq)))


def erasures_waiting(chain_id: int) -> list[int]:
    """The numbers of the entries that somebody wants erased, and a second person has not looked at, in order."""
    return list(db.session.scalars(_ERASURES, {"chain_id": chain_id}))
