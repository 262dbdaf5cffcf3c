"""The worker's way through a file: batch by batch into rows that nobody sees, each batch a short transaction.

Short, because on SQLite a writer holds off every other one, and an activation never waits for an import. All of
the file counts once somebody says so, by one word in one row; with a single fault everything is taken out again.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa

from app.extensions import db
from app.importing.claims import Claimed, Lost, extended
from app.importing.desk import Table
from app.importing.files import Unreadable, count_lines, lines
from app.importing.models import Upload
from app.importing.states import ImportState
from app.importing.table import Fault, rows
from app.lib.database import reading
from app.lib.i18n import N_, Reason
from app.live.operations import raise_topics

BATCH = 500
MOST_FAULTS = 100  # shown; the rest are counted
T = TypeVar("T")


@dataclass
class Tally:
    """How far it is."""

    read: int = 0
    kept: int = 0
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0

    def add(self, faults: list[Fault]) -> None:
        self.fault_count += len(faults)
        self.faults += faults[: MOST_FAULTS - len(self.faults)]


def check(claimed: Claimed) -> Iterator[None]:
    """Read the file through: CHECKED with every row staged, or REFUSED with none. Commits and rests at each batch."""
    tally = Tally()
    remarks: list[Reason] = []
    try:
        claimed.desk.clear(claimed.import_id)
        remarks = yield from _read_through(claimed, tally)
    except Unreadable as unreadable:
        db.session.rollback()
        _report(claimed, tally, [Fault(0, "", unreadable.reason)])
        db.session.commit()
    except Lost:
        db.session.rollback()
        return
    if tally.fault_count:
        claimed.desk.clear(claimed.import_id)
    _settle(claimed, tally, remarks)


def _read_through(claimed: Claimed, tally: Tally) -> Generator[None, None, list[Reason]]:
    content, table = _open(claimed)
    for batch in _batches(rows(lines(content), table.needed, table.optional)):
        found = [(row, table.read(row)) for row in batch]  # before the transaction begins: reading takes its time
        kept, faults = table.keep([one for row, one in found if one is not None])
        tally.read, tally.kept = tally.read + len(batch), tally.kept + kept
        faults += [fault for row, _ in found for fault in row.faults]
        _report(claimed, tally, sorted(faults, key=lambda fault: fault.row))
        _progress(claimed, tally)
        yield
    if not tally.read:
        raise Unreadable(N_("Filen har ingen rækker under overskriften."))
    remarks, faults = table.at_end()
    db.session.rollback()
    _report(claimed, tally, faults)
    db.session.commit()
    return remarks


def _report(claimed: Claimed, tally: Tally, faults: list[Fault]) -> None:
    tally.add(faults)
    if faults:
        claimed.desk.report(claimed.import_id, faults)


def _open(claimed: Claimed) -> tuple[bytes, Table]:
    imported: Upload | None = db.session.get(claimed.desk.model, claimed.import_id, populate_existing=True)
    if imported is None or imported.content is None:
        raise Lost
    content = imported.content
    table = claimed.desk.open(imported)
    imported.rows_total = max(0, count_lines(content) - 1)
    db.session.commit()
    db.session.expire(imported, ["content"])  # the bytes are held here alone
    return content, table


def _progress(claimed: Claimed, tally: Tally) -> None:
    done = db.session.execute(
        sa.update(claimed.desk.model)
        .where(_mine(claimed))
        .values(rows_read=tally.read, rows_kept=tally.kept, error_count=tally.fault_count, leased_until=extended())
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        raise Lost
    raise_topics(claimed.desk.topic(claimed.import_id))
    db.session.commit()


def _settle(claimed: Claimed, tally: Tally, remarks: list[Reason]) -> None:
    is_right = tally.fault_count == 0
    values = {
        "state": ImportState.CHECKED if is_right else ImportState.REFUSED, "error_count": tally.fault_count,
        "errors": [fault.as_data() for fault in tally.faults], "content": None,
        "remarks": [remark.in_danish() for remark in remarks],
        "rows_read": tally.read, "rows_kept": tally.kept if is_right else 0, "leased_until": None,
    }  # fmt: skip
    db.session.execute(sa.update(claimed.desk.model).where(_mine(claimed)).values(values))
    raise_topics(claimed.desk.topic(claimed.import_id))
    db.session.commit()


def give_up(claimed: Claimed, reason: Reason) -> None:
    """Refuse the file for a reason that is not in it."""
    db.session.rollback()
    claimed.desk.clear(claimed.import_id)
    tally = Tally()
    _report(claimed, tally, [Fault(0, "", reason)])
    _settle(claimed, tally, [])


def clear_rows(table: Any, where: sa.ColumnElement[bool]) -> None:
    """Delete these rows, a short transaction at a time."""
    while ids := _some(table, where):
        db.session.execute(sa.delete(table).where(table.id.in_(ids)))
        db.session.commit()


def _some(table: Any, where: sa.ColumnElement[bool]) -> list[int]:
    with reading():
        ids = list(db.session.scalars(sa.select(table.id).where(where).limit(2 * BATCH)))
        db.session.rollback()
    return ids


def _mine(claimed: Claimed) -> sa.ColumnElement[bool]:
    model = claimed.desk.model
    return sa.and_(
        model.id == claimed.import_id, model.attempts == claimed.attempt, model.state == ImportState.CHECKING
    )


def _batches(some: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(some, BATCH)):
        yield batch
