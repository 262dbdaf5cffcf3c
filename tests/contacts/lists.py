"""Lists of contacts as people make them, and the worker that takes them in."""

import csv
import io
from collections.abc import Iterable, Mapping

from app.contacts.importing import jobs, operations
from app.contacts.importing.columns import COLUMNS
from app.contacts.models import Contact, ContactImport, OnMatch
from app.extensions import db
from app.lib.types import new_public_id

ROW = {"navn": "Åse Bjørn", "mobil": "20 12 34 56", "målgrupper": "Presse"}


def row(**changes: object) -> dict[str, object]:
    """A right row, but for this."""
    return ROW | changes


def list_file(
    rows: Iterable[Mapping[str, object]], *, encoding: str = "utf-8-sig", columns: Iterable[str] = COLUMNS,
    delimiter: str = ";", ending: str = "\r\n",
) -> bytes:  # fmt: skip
    """As Danish Excel saves it."""
    file = io.StringIO()
    writer = csv.DictWriter(file, list(columns), delimiter=delimiter, lineterminator=ending, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode(encoding)


def read(
    scene, content: bytes, *, user=None, on_match: OnMatch = OnMatch.UPDATE, audience: str = "", source=None,
    name: str = "liste.csv",
) -> ContactImport:  # fmt: skip
    """Uploads it and lets the worker read it."""
    by = scene.reader(user or scene.cast.helhedsplan).by
    made = operations.submit(
        scene.cast.lindevangen, name, content, new_public_id(), on_match=on_match, audience_key=audience,
        source=source, by=by,
    )  # fmt: skip
    number = made.id
    db.session.commit()
    jobs.read_lists()
    db.session.expire_all()
    return db.session.get(ContactImport, number)


def save(scene, imported: ContactImport, user=None) -> ContactImport:
    """The yes, and the worker again."""
    operations.say_yes(imported, by=scene.reader(user or scene.cast.helhedsplan).by)
    db.session.commit()
    jobs.read_lists()
    db.session.expire_all()
    return imported


def said(imported: ContactImport) -> str:
    """All that is wrong."""
    return "\n".join(f"{fault['row']} {fault['column']}: {fault['text']}" for fault in imported.errors)


def named(name: str) -> Contact | None:
    """The present contact of this name."""
    return Contact.query.filter_by(name=name, ended_at=None).one_or_none()
