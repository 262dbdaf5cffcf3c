"""What a party or a person has not read yet."""

import sqlalchemy as sa

from app.extensions import db
from app.notices.models import Notice


def unseen(user_id: int, actor_id: int | None, *, is_police: bool, limit: int = 20) -> list[Notice]:
    """The newest notices for this person and the actor they act as; those of a B incident never to the police."""
    query = sa.select(Notice).where(
        sa.or_(Notice.user_id == user_id, Notice.actor_id == actor_id), Notice.seen_at.is_(None)
    )
    if is_police:
        query = query.where(Notice.without_police.is_(False))
    return list(db.session.scalars(query.order_by(Notice.at.desc()).limit(limit)))
