"""Files as people make them."""

import csv
import io
from collections.abc import Iterable, Mapping

from app.indicators.importing.survey import COLUMNS

ROW = {
    "serie": "Lindevangens egen måling", "år": "2025", "udgiver": "Lindevangen på Vej",
    "metode": "Spørgeskema ved døren",
    "befolkning": "Beboere over 18 år i Lindevangen", "deltagere": "240", "svarprocent": "41,5",
    "kilde": "Lindevangen på Vej 2025", "kode": "T1", "spørgsmål": "", "dimension": "", "gruppe": "vores område",
    "værdi": "62,5", "enhed": "pct.", "antal svar": "240",
}  # fmt: skip
CRIME = {"OMRÅDE": "Linde", "OVERTRÆD": "Straffelov i alt", "TID": "2024K4", "INDHOLD": "312"}


def row(**changes: str) -> dict[str, str]:
    """A right row, but for this; `antal_svar` is the column with a space."""
    return ROW | {key.replace("_", " "): value for key, value in changes.items()}


def csv_file(
    rows: Iterable[Mapping[str, str]], *, encoding: str = "utf-8-sig", columns=COLUMNS, delimiter=";", ending="\r\n"
) -> bytes:
    """As Danish Excel saves it."""
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, delimiter=delimiter, lineterminator=ending, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode(encoding)


def crime_file(rows: Iterable[Mapping[str, str]], encoding: str = "utf-8") -> bytes:
    """As Statistikbanken gives it."""
    rows = list(rows)
    return csv_file(rows, encoding=encoding, columns=list(rows[0]))


def xlsx_file(rows: Iterable[Iterable[object]], formats: Mapping[str, str] | None = None) -> bytes:
    """A workbook of these cells; `formats` by cell, as `{"M2": "0%"}`."""
    from openpyxl import Workbook

    book = Workbook()
    for line in rows:
        book.active.append(list(line))
    for place, shown in (formats or {}).items():
        book.active[place].number_format = shown
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
