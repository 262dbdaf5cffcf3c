"""A file's header, and its rows by column name. Unknown columns are refused: else a figure is lost in silence."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from app.importing.cells import BadCell, Cell
from app.importing.files import Line, Unreadable
from app.lib.i18n import N_, Reason

T = TypeVar("T")
_SAME = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe", "é": "e", "-": "_", " ": "_", ".": "_", "/": "_"})


@dataclass(frozen=True)
class Fault:
    """What is wrong in one row; `column` is empty where it is the row as a whole."""

    row: int
    column: str
    reason: Reason

    def as_data(self) -> dict[str, object]:
        """As it is kept with the import, in Danish."""
        return {"row": self.row, "column": self.column, "text": self.reason.in_danish()}


@dataclass
class Row:
    """One row by column, and the faults found in it so far."""

    number: int
    cells: Mapping[str, Cell]
    names: Mapping[str, str]  # as the file writes the columns
    faults: list[Fault] = field(default_factory=list)

    def get(self, column: str, read: Callable[..., T], *more: object) -> T | None:
        """The cell read by `read`; None and a fault when it says no."""
        try:
            return read(self.cells.get(column), *more)
        except BadCell as bad:
            self.fault(column, bad.reason)
            return None

    def fault(self, column: str, reason: Reason) -> None:
        """Write down what is wrong."""
        self.faults.append(Fault(self.number, self.names.get(column, column), reason))


def key(name: Cell) -> str:
    """A column's name without case, spaces and Danish letters."""
    return re.sub(r"_+", "_", str(name or "").strip().casefold().translate(_SAME)).strip("_")


def rows(lines: Iterator[Line], needed: Mapping[str, str], optional: Mapping[str, str]) -> Iterator[Row]:
    """`needed` and `optional` map keys to how people write them. Raises Unreadable for a header that does not fit."""
    header = next(lines, None)
    if header is None:
        raise Unreadable(N_("Filen er tom."))
    columns = [key(cell) for cell in header.cells]
    while columns and not columns[-1]:
        columns.pop()
    _check_header(header, columns, needed, {**needed, **optional})
    names = dict(zip(columns, (str(cell).strip() for cell in header.cells), strict=False))
    for line in lines:
        row = Row(line.number, dict(zip(columns, line.cells, strict=False)), names)
        if any(cell not in (None, "") for cell in line.cells[len(columns) :]):
            row.fault("", Reason(N_("Rækken har flere felter end overskriften. Er der et semikolon for meget?")))
        elif len(line.cells) < len(columns) - len(optional):
            row.fault("", Reason(N_("Rækken har færre felter end overskriften.")))
        yield row


def _check_header(header: Line, columns: list[str], needed: Mapping[str, str], known: Mapping[str, str]) -> None:
    unknown = [str(cell).strip() for cell, column in zip(header.cells, columns, strict=False) if column not in known]
    if unknown:
        text = N_("Kolonnen »%(name)s« kendes ikke. Brug skabelonen, eller fjern kolonnen.")
        raise Unreadable(text, name=unknown[0][:60])
    if lacking := [name for column, name in needed.items() if column not in columns]:
        raise Unreadable(N_("Kolonnen »%(name)s« mangler. Brug skabelonen."), name=lacking[0])
    if twice := next((column for column in columns if columns.count(column) > 1), None):
        raise Unreadable(N_("Kolonnen »%(name)s« står der to gange."), name=known[twice])
