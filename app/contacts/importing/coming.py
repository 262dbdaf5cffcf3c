"""New contacts of a list on their way in: a batch at a time, seen and used by nobody until the last one is there.

On SQLite whoever writes holds off everybody else, and an activation never waits for a list: so each batch is a short
transaction of its own. A contact that is coming has `ended_at` far ahead, and everything that looks for present
contacts passes it by. Which row became which contact is known by `public_id`, so a worker that took over goes on.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.contacts.models import (
    COMING,
    AudienceMember,
    Contact,
    ContactImport,
    ContactPoint,
    ImportAudience,
    ImportPoint,
    ImportRow,
    Outcome,
)
from app.extensions import db
from app.importing.states import ImportState
from app.lib.database import reading

BATCH = 1000
KEPT = (
    "name", "function", "actor_id", "place_id", "entrance", "position", "language", "is_volunteer", "is_police",
    "humans_only", "source", "source_at", "folded",
)  # fmt: skip


@dataclass(frozen=True)
class Batch:
    """What is written next; without rows everything is there. Found while nobody waits for it."""

    import_id: int
    rows: list[int]
    points: list[int]
    audiences: list[int]


def next_batch(import_id: int) -> Batch:
    """The first rows that have no contact yet, with what is staged beside them."""
    found = db.session.execute(_missing(import_id).order_by(ImportRow.line).limit(BATCH)).all()
    lines = [line for _id, line in found]
    beside = [
        list(db.session.scalars(sa.select(model.id).where(model.import_id == import_id, model.line.in_(lines))))
        if lines else []
        for model in (ImportPoint, ImportAudience)
    ]  # fmt: skip
    return Batch(import_id, [number for number, _line in found], *beside)


def is_complete(import_id: int) -> bool:
    """Every new row has its contact."""
    return db.session.execute(_missing(import_id).limit(1)).first() is None


def write(batch: Batch, imported: ContactImport, now: datetime, why: str) -> None:
    """As coming contacts. Nothing when another worker was here first; the caller has locked the import."""
    mine = ImportRow.id.in_(batch.rows)
    there = sa.select(Contact.id).join(ImportRow, ImportRow.public_id == Contact.public_id).where(mine)
    if db.session.scalar(there.limit(1)) is not None:
        return
    said: dict[str, Any] = {name: getattr(ImportRow, name) for name in ("public_id", *KEPT)}
    said |= {"area_id": sa.literal(imported.area_id), "ended_at": sa.literal(COMING, Contact.ended_at.type)}
    said |= {name: sa.literal(now, getattr(Contact, name).type) for name in ("confirmed_at", "edited_at")}
    _fill(Contact, list(said), sa.select(*said.values()).where(mine).order_by(ImportRow.line))
    points = _beside(ImportPoint, batch.points, ImportPoint.kind, ImportPoint.address)
    _fill(ContactPoint, ["contact_id", "kind", "address"], points)
    audiences = _beside(ImportAudience, batch.audiences, ImportAudience.audience_key, sa.literal(why))
    _fill(AudienceMember, ["contact_id", "audience_key", "why"], audiences)


def bring_in(import_id: int, now: datetime) -> None:
    """All of them are present from here on: one statement."""
    rows = sa.select(ImportRow.public_id).where(ImportRow.import_id == import_id, ImportRow.outcome == Outcome.NEW)
    db.session.execute(
        sa.update(Contact).where(Contact.ended_at == COMING, Contact.public_id.in_(rows))
        .values(ended_at=None, confirmed_at=now, edited_at=now),
        execution_options={"synchronize_session": False},
    )  # fmt: skip


def take_back(import_id: int) -> None:
    """Those of a file that is over without them go again, a short transaction at a time."""
    while ids := _left_behind(import_id):
        for model in (AudienceMember, ContactPoint):
            db.session.execute(sa.delete(model).where(model.contact_id.in_(ids)))
        db.session.execute(sa.delete(Contact).where(Contact.id.in_(ids), Contact.ended_at == COMING))
        db.session.commit()


def _missing(import_id: int) -> sa.Select[int, int]:
    there = sa.exists().where(Contact.public_id == ImportRow.public_id)
    mine = (ImportRow.import_id == import_id, ImportRow.outcome == Outcome.NEW)
    return sa.select(ImportRow.id, ImportRow.line).where(*mine, ~there)


def _beside(model: Any, ids: list[int], *columns: Any) -> sa.Select[Any]:
    same_line = sa.and_(ImportRow.import_id == model.import_id, ImportRow.line == model.line)
    query = sa.select(Contact.id, *columns).select_from(model).join(ImportRow, same_line)
    return query.join(Contact, Contact.public_id == ImportRow.public_id).where(model.id.in_(ids)).order_by(model.id)


def _fill(model: Any, names: list[str], rows: sa.Select[Any]) -> None:
    db.session.execute(sa.insert(model).from_select(names, rows, include_defaults=False))


def _left_behind(import_id: int) -> list[int]:
    query = (
        sa.select(Contact.id)
        .join(ImportRow, ImportRow.public_id == Contact.public_id)
        .join(ContactImport, ContactImport.id == ImportRow.import_id)
        .where(ImportRow.import_id == import_id, Contact.ended_at == COMING)
        .where(ContactImport.state != ImportState.CHECKED)
        .limit(BATCH)
    )
    with reading():
        ids = list(db.session.scalars(query))
        db.session.rollback()
    return ids
