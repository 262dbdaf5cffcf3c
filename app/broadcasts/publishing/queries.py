"""What stands on an area's public page, and what a broadcast is or will be there."""

import sqlalchemy as sa

from app.areas.models import Area
from app.broadcasts.models import Broadcast
from app.broadcasts.publishing.models import Publication
from app.broadcasts.publishing.rules import Standing
from app.broadcasts.states import Phase
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock


def _stands() -> tuple[sa.ColumnElement[bool], ...]:
    return (Publication.ended_at.is_(None), Publication.expires_at > clock.now())


def standing_in(area: Area) -> list[Publication]:
    """What everybody may read now, the newest first."""
    mine = sa.select(Publication).where(Publication.area_id == area.id, *_stands())
    return list(db.session.scalars(mine.order_by(Publication.published_at.desc(), Publication.public_id)))


def standing_one(area: Area, public_id: str) -> Publication | None:
    """One of them."""
    one = sa.select(Publication).where(Publication.area_id == area.id, Publication.public_id == public_id, *_stands())
    return db.session.scalar(one)


def standing_of(incident: Incident) -> list[Publication]:
    """Those that came of this incident."""
    mine = sa.select(Publication).where(Publication.incident_id == incident.id, *_stands())
    return list(db.session.scalars(mine.order_by(Publication.id)))


def as_rules_see(publications: list[Publication]) -> list[Standing]:
    """With what each of them takes back, if it does."""
    ids = [one.broadcast_id for one in publications if one.broadcast_id is not None]
    ends = sa.select(Broadcast.id, Broadcast.corrects_id).where(
        Broadcast.id.in_(ids), Broadcast.phase == Phase.WITHDRAWAL
    )
    about = {row.id: row.corrects_id for row in db.session.execute(ends)}
    return [Standing(one.id, one.broadcast_id, about.get(one.broadcast_id or 0)) for one in publications]


def publication_of(broadcast: Broadcast) -> Publication | None:
    """Its place on the public page, taken or wanted."""
    return db.session.scalar(sa.select(Publication).where(Publication.broadcast_id == broadcast.id))


def anything_published(incident: Incident) -> bool:
    """The public has read something of it."""
    any_ = sa.exists().where(Publication.incident_id == incident.id, Publication.published_at.is_not(None))
    return bool(db.session.scalar(sa.select(any_)))


def goes_public(broadcast: Broadcast) -> bool:
    """Whether it will stand there once let go: as its author said, or as what it follows did."""
    if broadcast.incident.is_exercise:
        return False
    if broadcast.phase is Phase.AFTER:
        return anything_published(broadcast.incident)
    if broadcast.phase in (Phase.CORRECTION, Phase.WITHDRAWAL):
        return broadcast.corrects is not None and was_ever_published(broadcast.corrects)
    return publication_of(broadcast) is not None


def was_ever_published(broadcast: Broadcast) -> bool:
    """People could read it once, whatever became of it."""
    one = publication_of(broadcast)
    return one is not None and one.published_at is not None
