"""One table as a file to take along: CSV or a workbook, with lines before it that say how to read it and who took it.

`notes` are lines that stand before the rows, `columns` and `rows` are one table; a cell is text, a number or empty.
`rows` may come one by one, where `widths` says how wide the columns of the workbook are.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable
from itertools import chain
from typing import Any

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet may take for a formula, also written in full width; none begins with it in a file of ours.
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
WIDE, NARROW = 44, 14  # columns, in letters

Cell = str | int | float | None


def as_csv(data: dict[str, Any]) -> bytes:
    """As Danish Excel opens it by a double click: semicolons, decimal comma and a byte order mark."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerows([plain(line)] if line else [] for line in data["notes"])
    writer.writerow([])
    writer.writerows([_written(cell) for cell in row] for row in chain([data["columns"]], data["rows"]))
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(data: dict[str, Any]) -> bytes:
    """A workbook whose first sheet says how to read the second; numbers are numbers, text is never a formula."""
    from openpyxl import Workbook  # takes its time: only for those who need it

    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = plain(data["title"]), "Beredskab"
    _sheet(book, data["sheets"][0], [[line] for line in data["notes"]], [3 * WIDE], wraps=True)
    widths: list[int] | None = data.get("widths")
    if widths is None:
        figures = [data["columns"], *data["rows"]]
        widths = [_width(column) for column in zip(*figures, strict=True)]
    _sheet(book, data["sheets"][1], chain([data["columns"]], data["rows"]), widths, heads=1)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def plain(text: str) -> str:
    """One line of text that no spreadsheet runs: what begins like a formula gets an apostrophe in front."""
    seen = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text)
    words = " ".join(seen.split())
    return f"'{words}" if words.startswith(FORMULA) else words


def _written(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return plain(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def _sheet(
    book: Any, name: str, rows: Iterable[list[Cell]], widths: list[int], *, heads: int = 0, wraps: bool = False
) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    sheet.freeze_panes = f"A{heads + 1}" if heads else None
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, row in enumerate(rows):
        cells = [WriteOnlyCell(sheet, plain(cell) if isinstance(cell, str) else cell) for cell in row]
        for cell in cells:
            cell.alignment = Alignment(vertical="top", wrap_text=wraps)
            cell.font = Font(bold=number < heads)
        sheet.append(cells)


def _width(column: Iterable[Cell]) -> int:
    return WIDE if any(isinstance(cell, str) and len(cell) > NARROW + 8 for cell in column) else NARROW
