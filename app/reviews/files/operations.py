"""Asks for a file of the course, and writes in each incident's log that it was taken; what it holds comes after."""

from app.documents import operations as documents
from app.documents.models import Document
from app.documents.operations import Wanted
from app.extensions import db
from app.incidents import log
from app.incidents.access import Seen
from app.lib import clock
from app.lib.i18n import kept
from app.logbook.kinds import Kind
from app.logbook.queries import last_head
from app.reviews.files.gathering import Gathered
from app.reviews.files.kinds import ABOUT, name_of
from app.reviews.files.models import FILE_LABELS, FileKind, ReviewFile, ReviewFilePart
from app.reviews.timeline import is_cut

ENDINGS = {FileKind.PACKAGE: "zip", FileKind.PDF: "pdf", FileKind.CSV: "csv", FileKind.JSON: "json"}
IN_LOG = {
    FileKind.PACKAGE: "Journalpakken er hentet (forløb, evaluering og log).",
    FileKind.PDF: "Forløb og evaluering er hentet som PDF.",
    FileKind.CSV: "Forløbet er hentet som CSV.",
    FileKind.JSON: "Forløb, evaluering og log er hentet som JSON.",
}


def take(seen: Seen, parts: list[Seen], kind: FileKind, back: str) -> Document:
    """The document that will hold the file. `parts`: what goes in it, each held and judged by the caller.

    Each log says that it was taken before it is gathered: so the file holds the line that tells of it. The caller
    commits, and has `filling` gather it with nothing held.
    """
    for one in parts:
        # Of itself alone: who reads one log need not know of the other.
        log.write(one.incident, Kind.EXPORT, IN_LOG[kind], by=one.reader.by, data={"file": kind.value})
    incident = seen.incident
    file = ReviewFile(
        kind=kind, parts=[_part(one) for one in parts],
        asked_at=clock.now(), asked_by=seen.reader.user, asked_as=seen.reader.actor,
    )  # fmt: skip
    db.session.add(file)
    db.session.flush()
    title = kept("%(what)s: %(incident)s", what=FILE_LABELS[kind], incident=incident.what)
    name = f"forloeb-{incident.area.slug}-{clock.local(clock.now()):%Y-%m-%d}.{ENDINGS[kind]}"
    wanted = Wanted(name_of(kind), f"{ABOUT}{file.public_id}", title, name, back, {})
    document = documents.promise(wanted, by=seen.reader.by)
    file.document_id = document.public_id
    return document


def fill(file: ReviewFile, gathered: Gathered) -> None:
    """What is to stand in it, as it was read after the asking was committed."""
    for part, told in zip(file.parts, gathered.course["parts"], strict=True):
        part.head = told["head"]
    documents.give(file.document_id, {"course": gathered.course, "logs": gathered.logs})


def _part(seen: Seen) -> ReviewFilePart:
    head, whole = last_head(seen.incident.chain), not is_cut(seen)
    return ReviewFilePart(incident=seen.incident, actor_id=seen.reader.actor.id, head=head, is_whole=whole)
