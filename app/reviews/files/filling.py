"""The second half of asking, in the asker's own request: a long course is gathered while everybody else may write.

On SQLite whoever may write holds the only pen, and five thousand lines take seconds: nobody's activation waits for
them. So the asking is committed first, the course is read in one snapshot, and only what was read is then written.
"""

import sqlalchemy as sa
from flask import abort

from app.areas import acting
from app.extensions import db
from app.incidents.access import Seen, seen_or_404
from app.lib.database import reading
from app.reviews.files import operations
from app.reviews.files.gathering import Gathered, gather
from app.reviews.files.models import ReviewFile
from app.reviews.files.queries import parts_to_take
from app.reviews.timeline import is_cut


def fill(incident_id: str, document_id: str) -> None:
    """Gathers for the file that was just asked for, and gives it to the worker. Both are public ids. Commits.

    The reader is judged anew in the snapshot that is read: who may no longer take all that was noted gets no file.
    """
    db.session.rollback()  # what is still open could write
    with reading():
        try:
            gathered = _gathered(incident_id, document_id)
        finally:
            db.session.rollback()
    if gathered is not None and (file := _asked(document_id)) is not None:
        operations.fill(file, gathered)
    db.session.commit()


def _gathered(incident_id: str, document_id: str) -> Gathered | None:
    file = _asked(document_id)
    if file is None:  # of two taps at once the other one was kept, and is filled by its own request
        return None
    acting.look_anew()
    seen = seen_or_404(incident_id)
    noted = [(part.incident_id, part.actor_id, part.is_whole) for part in file.parts]
    parts = [one for one in parts_to_take(seen) if _as_noted(one) in noted]
    return gather(seen, parts) if len(parts) == len(noted) else abort(404)


def _as_noted(seen: Seen) -> tuple[int, int, bool]:
    return seen.incident.id, seen.reader.actor.id, not is_cut(seen)


def _asked(document_id: str) -> ReviewFile | None:
    return db.session.scalar(sa.select(ReviewFile).where(ReviewFile.document_id == document_id))
