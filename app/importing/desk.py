"""What a package says of the files that it takes in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from app.importing.models import Upload
from app.importing.table import Fault, Row
from app.lib.i18n import Reason


class Table(Protocol):
    """What a kind of file is made of: its columns, its rows, and where they are kept."""

    needed: dict[str, str]
    optional: dict[str, str]

    def read(self, row: Row) -> Any: ...
    def keep(self, found: list[Any]) -> tuple[int, list[Fault]]: ...
    def at_end(self) -> tuple[list[Reason], list[Fault]]: ...


def _no_report(_import_id: int, _faults: list[Fault]) -> None:
    """The first hundred, kept with the upload, are all that is shown."""


@dataclass(frozen=True)
class Desk:
    """`open` answers how the upload's rows are read; `clear` takes every staged row out again, a batch at a time.

    `report` keeps each batch's faults for whoever wants all of them, in the batch's own transaction.
    """

    model: type[Upload]
    open: Callable[[Any], Table]
    clear: Callable[[int], None]
    report: Callable[[int, list[Fault]], None] = _no_report

    def topic(self, import_id: int) -> str:
        """The live topic of the upload's page."""
        return f"{self.model.TOPIC}:{import_id}"
