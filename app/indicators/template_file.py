"""The template for a survey of one's own: the 16 questions with their codes, ready to be filled in."""

import csv
import io
from collections.abc import Iterator

from app.indicators.dimensions import DIMENSION_LABELS
from app.indicators.importing.survey import COLUMNS
from app.indicators.items import items
from app.indicators.vocabulary import GROUP_LABELS, Group


def rows() -> Iterator[list[str]]:
    """Header first. What is the area's own stands empty."""
    yield list(COLUMNS)
    for one in items():
        known = {
            "kode": one.code, "spørgsmål": one.question, "dimension": DIMENSION_LABELS[one.dimension],
            "gruppe": GROUP_LABELS[Group.OWN_AREA], "enhed": "pct.",
        }  # fmt: skip
        yield [known.get(column, "") for column in COLUMNS]


def as_csv() -> bytes:
    """As Danish Excel opens it by a double click: semicolons and a byte order mark."""
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows(rows())
    return file.getvalue().encode("utf-8-sig")


def as_xlsx() -> bytes:
    """The same as a workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Målinger")
    for row in rows():
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
