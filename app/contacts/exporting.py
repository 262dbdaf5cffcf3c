"""The contact list as a file: asked for here, made by the worker from what its asker may take along at that moment."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.accounts.operations import record
from app.areas import acting
from app.areas.acting import Acting
from app.areas.by import By
from app.areas.models import Membership
from app.areas.queries import memberships_of
from app.areas.roles import Role
from app.contacts import access, forms, searching
from app.contacts.changes import CONTACTS
from app.contacts.importing.columns import COLUMNS
from app.contacts.models import SOURCE_LABELS, Contact, PointKind
from app.contacts.searching import Sought
from app.documents import operations as documents
from app.documents.faults import NotMade
from app.documents.kinds import Kind
from app.documents.models import Document, Fault
from app.documents.operations import Wanted
from app.documents.tables import CSV, XLSX, Cell, as_csv, as_xlsx
from app.extensions import db
from app.lib import clock, phone
from app.lib.database import reading
from app.lib.i18n import kept
from app.lib.languages import LANGUAGE_LABELS
from app.live.queries import versions
from app.templating import clock_time, day

blueprint = Blueprint("contacts_export", __name__, url_prefix="/contacts/export")
HEADS = (*COLUMNS, "bekræftet", "nej til beskeder")
CHUNK = 500


@blueprint.post("")
@requires(Permission.COORDINATE)
def ask() -> Response:
    """Leaves it to the worker. That somebody took the list along is on record."""
    ending, reader = request.form.get("as"), acting.current() or abort(404)
    if ending not in ("csv", "xlsx"):
        abort(404)
    by, sought = By(reader.user, reader.actor), Sought.of(request.form)
    made = documents.ask(_wanted(reader, sought, ending), by=by)
    text = f"{by.label} tog kontaktlisten med som fil."
    record("contacts_exported", text, by=reader.user, area_id=reader.area.id, sought=sorted(sought.said))
    db.session.commit()
    return redirect(url_for("documents.show", public_id=made.public_id), 303)


def _wanted(reader: Acting, sought: Sought, ending: str) -> Wanted:
    area, now = reader.area, clock.now()
    title = kept("Kontakter i %(area)s", area=area.name)
    by_whom = reader.actor.name if reader.actor.is_civil else f"{reader.user.name}, {reader.actor.name}"
    data = {
        "membership": reader.membership.id, "sought": sought.said, "title": title, "as_of": versions([CONTACTS]),
        "sheets": ["Læs først", "Kontakter"], "columns": list(HEADS), "widths": [20] * len(HEADS),
        "notes": [
            title, kept("Hentet af %(name)s, %(day)s kl. %(at)s.", name=by_whom, day=day(now), at=clock_time(now)),
            "Personoplysninger: brug filen til beredskabet og intet andet, og slet den bagefter.",
            "Frivillige er ikke med, og kun de kontakter, I selv holder ved lige.",
        ],
    }  # fmt: skip
    name = f"kontakter-{area.slug}-{clock.local(now):%Y-%m-%d}.{ending}"
    return Wanted(f"contacts_{ending}", _about(reader.membership), title, name, url_for("contacts.show"), data)


def _about(membership: Membership) -> str:
    return f"contacts:{membership.public_id}"


def _may_read(document: Document) -> bool:
    held = [m for m in acting.mine() if m.role is Role.COORDINATOR and not m.user.is_administrator]
    return document.about in {_about(membership) for membership in held}


def rows(data: dict[str, Any]) -> Iterator[list[Cell]]:
    """Who may be taken along now by whoever asked, a few hundred at a time."""
    membership = db.session.get(Membership, data["membership"])
    if membership is None or membership.ended_at is not None:
        raise NotMade(Fault.BROKEN, "the asker has no role any more")
    actor, police = membership.actor, any(
        m.actor.is_police and m.actor.area_id == membership.actor.area_id for m in memberships_of(membership.user)
    )  # fmt: skip
    reader = Acting(membership.user, membership, actor, actor.area, membership.role, police)
    where = searching.wanted(reader, Sought.of(data["sought"]))
    where.append(access.exportable(actor.area, access.reader_of(reader)))
    labels = dict(forms.audiences_of(actor.area))
    query, last = sa.select(Contact).where(*where).order_by(Contact.folded, Contact.id).limit(CHUNK), None
    while chunk := list(db.session.scalars(query.where(_after(last)))):
        last = chunk[-1].folded, chunk[-1].id
        yield from [_row(contact, labels) for contact in chunk]
        for contact in chunk:
            db.session.expunge(contact)


def _after(last: tuple[str | None, int] | None) -> sa.ColumnElement[bool]:
    return sa.tuple_(Contact.folded, Contact.id) > last if last else sa.true()


def _row(contact: Contact, labels: dict[str, str]) -> list[Cell]:
    def of(kind: PointKind) -> str:
        return ", ".join(_shown(kind, p.address) for p in contact.points if p.kind is kind)

    audiences = ", ".join(labels.get(m.audience_key, m.audience_key) for m in contact.audiences)
    is_police = contact.is_police or (contact.actor is not None and contact.actor.is_police)
    return [
        contact.name, contact.function, of(PointKind.MOBILE), of(PointKind.LANDLINE), of(PointKind.EMAIL),
        contact.actor.name if contact.actor else "", contact.place.name if contact.place else "", contact.entrance,
        LANGUAGE_LABELS[contact.language], audiences, "nej", "ja" if is_police else "nej",
        SOURCE_LABELS[contact.source] if contact.source else "",
        day(contact.confirmed_at) if contact.confirmed_at else "",
        day(contact.opted_out_at) if contact.opted_out_at else "",
    ]  # fmt: skip


def _shown(kind: PointKind, address: str) -> str:
    return address if kind is PointKind.EMAIL else phone.spaced(address)


def _csv(data: dict[str, Any]) -> bytes:
    with reading():
        made = as_csv(data | {"rows": rows(data)})
        db.session.rollback()
    return made


def _xlsx(data: dict[str, Any]) -> bytes:
    with reading():
        made = as_xlsx(data | {"rows": rows(data)})
        db.session.rollback()
    return made


KINDS = (Kind("contacts_csv", CSV, _csv, _may_read), Kind("contacts_xlsx", XLSX, _xlsx, _may_read))
