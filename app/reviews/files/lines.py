"""The course line by line, and the log entry by entry, as one reader may see them and as a file may say them."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from app.areas.models import Area
from app.extensions import db
from app.incidents.access import Seen
from app.lib.i18n import _
from app.logbook.chain import Row, digest
from app.logbook.models import LogEntry
from app.logbook.queries import last_head
from app.logbook.verify import origin_of, row_of
from app.plans.tracks import may_see_entry
from app.plans.vocabulary import SHARING_LEVEL_LABELS
from app.reviews.files.names import civil
from app.reviews.timeline import Course, Filter, Line

EVERYTHING = 10**9
Told = dict[str, Any]


def course_lines(course: Course, area: Area) -> list[Told]:
    """Oldest first. Of a withheld entry its number and hash, where it stands on the screen too."""
    volunteers = civil(area)
    places = {seen.incident.id: number for number, seen in enumerate(course.parts)}
    lines = course.page(None, Filter(), EVERYTHING).lines
    return [_line(line, places[line.seen.incident.id], volunteers) for line in lines]


def _line(line: Line, part: int, volunteers: dict[str, str]) -> Told:
    entry = line.entry
    if line.withheld and entry is not None:
        return {"part": part, "seq": entry.seq, "withheld": line.withheld, "hash": entry.entry_hash}
    told: Told = {"part": part, "at": line.at.isoformat(), "kind": _(line.kind), "author": line.author}
    if entry is None:
        return told | {"text": line.text}
    told |= {
        "seq": entry.seq, "text": _("Teksten er slettet.") if entry.is_erased else entry.text or "",
        "sharing": _(SHARING_LEVEL_LABELS[entry.sharing]), "late": entry.is_late, "hash": entry.entry_hash,
        "on_behalf_of": entry.on_behalf_of or "",
    }  # fmt: skip
    if entry.author_actor_key in volunteers:
        told["author"] = volunteers[entry.author_actor_key]
    return told


def log_of(seen: Seen) -> Told:
    """The incident's chain. Of what this reader may not see its hash alone, so that the chain can still be proved."""
    chain, volunteers = seen.incident.chain, civil(seen.incident.area)
    query = sa.select(LogEntry).where(LogEntry.chain_id == chain.id).order_by(LogEntry.seq)
    entries = list(db.session.scalars(query.execution_options(populate_existing=True)))
    return {
        "chain": chain.public_id, "origin_hash": origin_of(chain).hash(), "head": last_head(chain),
        "entries": [dict(_entry(entry, seen, volunteers)) for entry in entries],
    }  # fmt: skip


def _entry(entry: LogEntry, seen: Seen, volunteers: dict[str, str]) -> Iterator[tuple[str, Any]]:
    yield "seq", entry.seq
    yield "entry_hash", entry.entry_hash
    ruling = may_see_entry(entry.sharing, entry.author_organisation_key, seen.reader.who, seen.facts, entry.recorded_at)
    if not ruling:
        return
    row = row_of(entry)
    for name in ("kind", "at", "recorded_at", "sharing", "content_hash", "previous_hash"):
        yield name, getattr(row, name)
    yield "is_late", entry.is_late
    yield "corrects_seq", entry.corrects_seq
    yield "actor", entry.author_actor_key
    yield "author_hash", author_hash(row)
    if entry.author_actor_key in volunteers and not entry.is_erased:
        # The words that were hashed begin with a name that stays here.
        yield "text", entry.text or ""
    else:
        yield "salt", entry.salt.hex() if entry.salt is not None else None
        yield "content", entry.content


def author_hash(row: Row) -> str:
    """What the entry's hash covers of its author: without the account's own number."""
    return digest(row.author_user_id, row.author_actor_key, row.author_organisation_key)
