"""The moment when a whole file of contacts counts: one transaction of a dozen statements, or nothing at all.

Its new contacts are written before, unseen (coming.py). The rest goes by statements and not row by row: on SQLite
everybody else who writes waits meanwhile, and nobody waits long.
"""

from typing import Any

import sqlalchemy as sa

from app.areas.models import Area
from app.contacts import access
from app.contacts.changes import CONTACTS
from app.contacts.importing import coming
from app.contacts.importing.desk import uploader
from app.contacts.models import (
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
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.live.operations import raise_topics
from app.templating import day

CHANGED_MEANWHILE = Reason(
    N_("Listen er rettet, siden filen blev læst. Intet er gemt. Hent filen ind igen, så passer den.")
)


def fits(imported: ContactImport) -> bool:
    """Whether the list is still as the file was compared with it. The area's row is locked by the caller."""
    has_changed = sa.select(ImportRow.id).outerjoin(Contact, Contact.id == ImportRow.contact_id)
    has_changed = has_changed.where(
        ImportRow.import_id == imported.id, ImportRow.outcome == Outcome.CHANGED,
        sa.or_(Contact.id.is_(None), Contact.ended_at.is_not(None),
               Contact.edited_at.is_distinct_from(ImportRow.seen_edited_at)),
    )  # fmt: skip
    has_come = (
        sa.select(ImportPoint.id)
        .join(ImportRow, _same_line(ImportPoint))
        .join(ContactPoint, ContactPoint.address == ImportPoint.address)
        .join(Contact, Contact.id == ContactPoint.contact_id)
        .where(
            ImportPoint.import_id == imported.id, ImportPoint.is_new.is_(True),
            Contact.id.is_distinct_from(ImportRow.contact_id), access.editable(imported.area, uploader(imported)),
        )
    )  # fmt: skip
    return not (db.session.scalar(has_changed.limit(1)) or db.session.scalar(has_come.limit(1)))


def apply(imported: ContactImport) -> None:
    """Make the staged rows contacts. Flushes nothing twice: the caller commits or rolls all of it back."""
    now = clock.now()
    _update(imported, now)
    _points(imported)
    _audiences(imported, why(imported))
    coming.bring_in(imported.id, now)
    raise_topics(CONTACTS, imported.topic)


def why(imported: ContactImport) -> str:
    """Why somebody is in an audience."""
    return f"fra filen {imported.file_name[:120]}, {day(clock.now())}"[:200]


def lock(imported: ContactImport) -> None:
    """Two files for one area are saved one after the other."""
    db.session.scalar(sa.select(Area.id).where(Area.id == imported.area_id).with_for_update())
    db.session.refresh(imported, with_for_update={"of": ContactImport})


def _same_line(model: Any) -> sa.ColumnElement[bool]:
    return sa.and_(ImportRow.import_id == model.import_id, ImportRow.line == model.line)


def _joined(imported: ContactImport, model: Any, *columns: Any) -> sa.Select[Any]:
    """(contact's id, columns) of what is staged beside the rows of changed contacts."""
    changed = sa.select(ImportRow.contact_id, *columns).select_from(model).join(ImportRow, _same_line(model))
    return changed.where(model.import_id == imported.id, ImportRow.outcome == Outcome.CHANGED).order_by(model.id)


def _update(imported: ContactImport, now: Any) -> None:
    values = {name: getattr(ImportRow, name) for name in coming.KEPT} | {"confirmed_at": now, "edited_at": now}
    changed = (ImportRow.import_id == imported.id, ImportRow.outcome == Outcome.CHANGED)
    db.session.execute(
        sa.update(Contact).where(Contact.id == ImportRow.contact_id, *changed).values(values),
        execution_options={"synchronize_session": False},
    )
    replaced = sa.select(ImportPoint.replaces_id).join(ImportRow, _same_line(ImportPoint))
    replaced = replaced.where(ImportPoint.import_id == imported.id, *changed, ImportPoint.replaces_id.is_not(None))
    gone = sa.delete(ContactPoint).where(ContactPoint.id.in_(replaced))
    db.session.execute(gone, execution_options={"synchronize_session": False})


def _points(imported: ContactImport) -> None:
    rows = _joined(imported, ImportPoint, ImportPoint.kind, ImportPoint.address).where(ImportPoint.is_new.is_(True))
    names = ["contact_id", "kind", "address"]
    db.session.execute(sa.insert(ContactPoint).from_select(names, rows, include_defaults=False))


def _audiences(imported: ContactImport, said: str) -> None:
    rows = _joined(imported, ImportAudience, ImportAudience.audience_key, sa.literal(said))
    names = ["contact_id", "audience_key", "why"]
    db.session.execute(sa.insert(AudienceMember).from_select(names, rows, include_defaults=False))
