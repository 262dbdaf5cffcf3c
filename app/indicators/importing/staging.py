"""The worker's way through a file: batch by batch into rows that nobody sees, each batch a short transaction.

Short, because on SQLite a writer holds off every other one, and an activation never waits for an import. All of
the file counts once somebody says so, by one word in one row; with a single fault everything is taken out again.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa

from app.extensions import db
from app.indicators.importing.claims import Claimed, Lost, extended
from app.indicators.importing.counting import CrimeFile
from app.indicators.importing.files import Unreadable, count_lines, lines
from app.indicators.importing.rounds import SurveyFile
from app.indicators.importing.table import Fault, Row, rows
from app.indicators.models import CrimeFigure, IndicatorImport, Observation, SurveyRound
from app.indicators.vocabulary import ImportKind, ImportState
from app.lib.database import reading
from app.lib.i18n import N_, Reason
from app.live.operations import raise_topics

BATCH = 500
MOST_FAULTS = 100  # shown; the rest are counted
T = TypeVar("T")


class Table(Protocol):
    """What a kind of file is made of: its columns, its rows, and where they are kept."""

    needed: dict[str, str]
    optional: dict[str, str]

    def read(self, row: Row) -> Any: ...
    def keep(self, found: list[Any]) -> tuple[int, list[Fault]]: ...
    def at_end(self) -> tuple[list[Reason], list[Fault]]: ...


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
        clear(claimed.import_id)
        remarks = yield from _read_through(claimed, tally)
    except Unreadable as unreadable:
        db.session.rollback()
        tally.add([Fault(0, "", unreadable.reason)])
    except Lost:
        db.session.rollback()
        return
    if tally.fault_count:
        clear(claimed.import_id)
    _settle(claimed, tally, remarks)


def _read_through(claimed: Claimed, tally: Tally) -> Generator[None, None, list[Reason]]:
    content, table = _open(claimed)
    for batch in _batches(rows(lines(content), table.needed, table.optional)):
        found = [(row, table.read(row)) for row in batch]  # before the transaction begins: reading takes its time
        tally.add([fault for row, _ in found for fault in row.faults])
        kept, faults = table.keep([one for row, one in found if one is not None])
        tally.read, tally.kept = tally.read + len(batch), tally.kept + kept
        tally.add(sorted(faults, key=lambda fault: fault.row))
        _progress(claimed, tally)
        yield
    if not tally.read:
        raise Unreadable(N_("Filen har ingen rækker under overskriften."))
    remarks, faults = table.at_end()
    tally.add(faults)
    db.session.rollback()
    return remarks


def _open(claimed: Claimed) -> tuple[bytes, Table]:
    imported = db.session.get(IndicatorImport, claimed.import_id, populate_existing=True)
    if imported is None or imported.content is None:
        raise Lost
    content, of = imported.content, SurveyFile if imported.kind is ImportKind.SURVEY else CrimeFile
    table = of(imported)
    imported.rows_total = max(0, count_lines(content) - 1)
    db.session.commit()
    db.session.expire(imported, ["content"])  # the bytes are held here alone
    return content, table


def _progress(claimed: Claimed, tally: Tally) -> None:
    done = db.session.execute(
        sa.update(IndicatorImport)
        .where(_mine(claimed))
        .values(rows_read=tally.read, rows_kept=tally.kept, error_count=tally.fault_count, leased_until=extended())
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        raise Lost
    raise_topics(f"import:{claimed.import_id}")
    db.session.commit()


def _settle(claimed: Claimed, tally: Tally, remarks: list[Reason]) -> None:
    is_right = tally.fault_count == 0
    values = {
        "state": ImportState.CHECKED if is_right else ImportState.REFUSED, "error_count": tally.fault_count,
        "errors": [fault.as_data() for fault in tally.faults], "content": None,
        "remarks": [remark.in_danish() for remark in remarks],
        "rows_read": tally.read, "rows_kept": tally.kept if is_right else 0, "leased_until": None,
    }  # fmt: skip
    db.session.execute(sa.update(IndicatorImport).where(_mine(claimed)).values(values))
    raise_topics(f"import:{claimed.import_id}")
    db.session.commit()


def give_up(claimed: Claimed, reason: Reason) -> None:
    """Refuse the file for a reason that is not in it."""
    db.session.rollback()
    clear(claimed.import_id)
    tally = Tally()
    tally.add([Fault(0, "", reason)])
    _settle(claimed, tally, [])


def clear(import_id: int) -> None:
    """Take every row of the import out again, a short transaction at a time."""
    rounds = sa.select(SurveyRound.id).where(SurveyRound.import_id == import_id)
    for table, where in (
        (Observation, Observation.round_id.in_(rounds)),
        (SurveyRound, SurveyRound.import_id == import_id),
        (CrimeFigure, CrimeFigure.import_id == import_id),
    ):
        while ids := _some(table, where):
            db.session.execute(sa.delete(table).where(table.id.in_(ids)))
            db.session.commit()


def _some(table: Any, where: sa.ColumnElement[bool]) -> list[int]:
    with reading():
        ids = list(db.session.scalars(sa.select(table.id).where(where).limit(2 * BATCH)))
        db.session.rollback()
    return ids


def _mine(claimed: Claimed) -> sa.ColumnElement[bool]:
    return sa.and_(
        IndicatorImport.id == claimed.import_id,
        IndicatorImport.attempts == claimed.attempt,
        IndicatorImport.state == ImportState.CHECKING,
    )


def _batches(some: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(some, BATCH)):
        yield batch
