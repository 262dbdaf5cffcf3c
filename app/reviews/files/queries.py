"""Which files were taken of an incident, by whom and when."""

import sqlalchemy as sa

from app.extensions import db
from app.incidents.access import Seen
from app.incidents.course import course_of
from app.incidents.documents import document_of
from app.incidents.models import Incident
from app.plans.tracks.files import may_take_files
from app.reviews.files.models import FileKind, ReviewFile, ReviewFilePart

SHOWN = 30


def parts_to_take(seen: Seen) -> list[Seen]:
    """Of the course that the reader may see, the incidents that they may take along."""
    return [one for one in course_of(seen) if may_take_files(document_of(one.incident), one.reader.who, one.facts)]


def files_of(seen: Seen) -> list[ReviewFile]:
    """The newest first. Whose part ended sees those of that time, and their own."""
    query = sa.select(ReviewFile).join(ReviewFile.parts).where(ReviewFilePart.incident_id == seen.incident.id)
    ended = seen.facts.ended_participants.get(seen.reader.who.actor_key or "")
    if seen.reader.who.actor_key not in seen.facts.participants and ended is not None:
        own = ReviewFile.asked_by_id == seen.reader.user.id
        query = query.where(sa.or_(own, ReviewFile.asked_at <= ended))
    return list(db.session.scalars(query.order_by(ReviewFile.id.desc()).limit(SHOWN)))


def last_package(incident: Incident) -> ReviewFile | None:
    """The newest journal package with this incident in it: for rules and jobs, never to show."""
    query = sa.select(ReviewFile).join(ReviewFile.parts)
    query = query.where(ReviewFilePart.incident_id == incident.id, ReviewFile.kind == FileKind.PACKAGE)
    return db.session.scalar(query.order_by(ReviewFile.id.desc()).limit(1))
