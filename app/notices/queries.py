"""What a party or a person has not read yet."""

import sqlalchemy as sa

from app.extensions import db
from app.notices.models import Notice


def unseen(user_id: int, actor_id: int | None, *, is_police: bool, limit: int = 20) -> list[Notice]:
    """The newest unseen ones for this person and their actor (None: the person alone); of a B never to police."""
    mine = Notice.user_id == user_id
    if actor_id is not None:  # `= NULL` would be "IS NULL": everybody's own notices
        mine = sa.or_(mine, Notice.actor_id == actor_id)
    query = sa.select(Notice).where(mine, Notice.seen_at.is_(None))
    if is_police:
        query = query.where(Notice.without_police.is_(False))
    return list(db.session.scalars(query.order_by(Notice.at.desc()).limit(limit)))
