"""The area page as a file to take along: CSV, a workbook, or a paper. Each carries how it is to be read."""

from pathlib import Path
from typing import Any

from app.documents.tables import CSV as CSV
from app.documents.tables import FORMULA as FORMULA
from app.documents.tables import XLSX as XLSX
from app.documents.tables import Cell as Cell
from app.documents.tables import as_csv as as_csv
from app.documents.tables import as_xlsx as as_xlsx
from app.documents.tables import plain as plain
from app.documents.typesetting import typeset

PAPER = Path(__file__).parent / "paper" / "tryghed.typ"
PDF = "application/pdf"


def as_pdf(data: dict[str, Any]) -> bytes:
    """The page on paper, tagged."""
    return typeset(PAPER, data)
