"""The files as the worker knows them, and who may still open one."""

from collections.abc import Callable

import sqlalchemy as sa

from app.areas.by import By
from app.documents.kinds import Kind
from app.documents.models import Document
from app.extensions import db
from app.incidents.access import known_in
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.lib import clock
from app.plans.tracks.files import may_take_files
from app.reviews.files import making
from app.reviews.files.models import FileKind, ReviewFile, ReviewFilePart

MEDIA = {
    FileKind.PACKAGE: "application/zip", FileKind.PDF: "application/pdf", FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.JSON: "application/json",
}  # fmt: skip
MAKERS = {
    FileKind.PACKAGE: making.as_package, FileKind.PDF: making.as_pdf, FileKind.CSV: making.as_csv,
    FileKind.JSON: making.as_json,
}  # fmt: skip
ABOUT = "review-file:"


def name_of(kind: FileKind) -> str:
    """As documents know it."""
    return f"review_{kind}"


def file_of(document: Document) -> ReviewFile | None:
    """What was noted when it was asked for."""
    query = sa.select(ReviewFile).where(ReviewFile.public_id == document.about.removeprefix(ABOUT))
    return db.session.scalar(query)


def _may_read(document: Document) -> bool:
    """As long as the asker could still take every incident that is in it, as whom it was taken."""
    file = file_of(document)
    return file is not None and all(_may_take(part) for part in file.parts)


def _may_take(part: ReviewFilePart) -> bool:
    incident = part.incident
    facts, plan = facts_of(incident), document_of(incident)
    return any(
        known.actor.id == part.actor_id and may_take_files(plan, known.who, facts)
        for known in known_in(incident.area_id)
    )


def _made(document: Document) -> None:
    """The package is there: each incident that it tells the whole of has been handed over to the journal."""
    file = file_of(document)
    if file is None:
        return
    file.made_at = clock.now()
    by = By(file.asked_by, file.asked_as)
    for part in file.parts if file.kind is FileKind.PACKAGE else []:
        for handed_over in on_handed_over if part.is_whole else []:
            handed_over(part.incident, by=by)


# Filled by wiring.py, `(incident, by=)`: rules above want to know which incidents the journal has.
on_handed_over: list[Callable[..., object]] = []
KINDS = tuple(Kind(name_of(kind), MEDIA[kind], MAKERS[kind], _may_read, in_steps=True, made=_made) for kind in FileKind)
