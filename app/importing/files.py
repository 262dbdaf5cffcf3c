"""A file as numbered lines of cells, one at a time: CSV and XLSX, as Danish Excel and Danmarks Statistik write them."""

import codecs
import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.importing.cells import Cell
from app.lib.i18n import N_, Reason

LARGEST = 15 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 200_000, 40
UNPACKED, WORDS, RATIO, PARTS = 80 * 1024 * 1024, 10 * 1024 * 1024, 200, 300  # of a spreadsheet, which is a zip of XML
LONGEST_CELL = 2000
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the two ways that a spreadsheet may be packed in
LOCKED = 0x1 | 0x20 | 0x40  # bits of a part that is encrypted, or a patch of another file
NO_SHEET = N_("Regnearket kan ikke læses. Åbn det i Excel, og gem det igen som .xlsx.")
# What the libraries raise on files that are not what they say.
DAMAGED_ZIP = (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError)
DAMAGED_SHEET = (KeyError, IndexError, TypeError, EOFError, SyntaxError, OSError, AttributeError, zlib.error)


class Unreadable(ValueError):
    """The file as a whole cannot be taken; the reason says why and what to do."""

    def __init__(self, text: str, **params: object) -> None:
        super().__init__(text)
        self.reason = Reason(text, params)


@dataclass(frozen=True)
class Line:
    """A row and its number in the file, as the spreadsheet counts."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_empty(self) -> bool:
        return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in self.cells)


def lines(content: bytes) -> Iterator[Line]:
    """Every line that holds something. Raises Unreadable, also on the way."""
    if len(content) > LARGEST:
        raise Unreadable(N_("Filen er for stor: højst %(mb)s MB."), mb=LARGEST // 1024 // 1024)
    read = _workbook if content.startswith(b"PK") else _text_file
    for found, line in enumerate(line for line in read(content) if not line.is_empty):
        if found > MOST_ROWS:
            raise Unreadable(N_("Filen har for mange rækker: højst %(rows)s. Del den op."), rows=MOST_ROWS)
        if len(line.cells) > MOST_COLUMNS:
            raise Unreadable(N_("Række %(row)s har for mange kolonner. Er det den rigtige fil?"), row=line.number)
        yield line


def count_lines(content: bytes) -> int:
    """About how many there are, for the progress bar; cheap."""
    return content.count(b"\n") if not content.startswith(b"PK") else 0


# ---- CSV -------------------------------------------------------------------------------------------------------------


def _text_file(content: bytes) -> Iterator[Line]:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(N_("Det er en gammel Excel-fil (.xls). Gem den som .xlsx eller CSV, og prøv igen."))
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable(N_("Filen er gemt som Unicode-tekst. Gem den som »CSV UTF-8«, og prøv igen."))
    if b"\x00" in content:
        raise Unreadable(N_("Det ligner ikke en tekstfil. Gem den som CSV eller .xlsx, og prøv igen."))
    file = io.TextIOWrapper(io.BytesIO(content), encoding=_encoding(content), newline="")
    first = file.readline()
    skip = 1 if first.strip().lower().startswith("sep=") else 0  # Excel's own hint
    header = file.readline() if skip else first
    file.seek(0)
    reader = csv.reader(file, delimiter=_delimiter(header), strict=True)
    yield from _checked(reader, skip)


def _checked(reader: Any, skip: int) -> Iterator[Line]:
    # A row that an open quotation mark runs away with would swallow the rest of the file.
    number = 0
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Unreadable(N_("Række %(row)s kan ikke læses. Mangler der et anførselstegn?"), row=number) from None
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise Unreadable(N_("Række %(row)s har et felt, der er alt for langt."), row=number)
        if number > skip:
            yield Line(number, tuple(cells))


def _encoding(content: bytes) -> str:
    if content.startswith(codecs.BOM_UTF8):
        return _if_fits(content, "utf-8-sig") or _refuse()
    return _if_fits(content, "utf-8") or _if_fits(content, "cp1252") or _refuse()


def _if_fits(content: bytes, encoding: str) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for at in range(0, len(content), 65536):
            decoder.decode(content[at : at + 65536])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return encoding


def _refuse() -> str:
    raise Unreadable(N_("Filens bogstaver kan ikke læses. Gem den som »CSV UTF-8«, og prøv igen."))


def _delimiter(header: str) -> str:
    return max(";", "\t", ",", key=header.count)


# ---- XLSX ------------------------------------------------------------------------------------------------------------


def _workbook(content: bytes) -> Iterator[Line]:
    _refuse_bombs(content)
    from openpyxl import load_workbook  # takes its time: only for those who need it
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size may be wrong
        for number, row in enumerate(sheet.iter_rows(), 1):
            if number > MOST_ROWS + 1000:
                raise Unreadable(N_("Filen har for mange rækker: højst %(rows)s. Del den op."), rows=MOST_ROWS)
            yield Line(number, _trimmed(tuple(_value(cell) for cell in row[: MOST_COLUMNS + 1])))
    except Unreadable:
        raise
    except (InvalidFileException, *DAMAGED_ZIP, *DAMAGED_SHEET) as error:
        raise Unreadable(NO_SHEET) from error


def _value(cell: object) -> Cell:
    value: Cell = getattr(cell, "value", None)
    # Excel keeps 62 % as 0.62 and only shows it so.
    if isinstance(value, (int, float)) and "%" in str(getattr(cell, "number_format", "")):
        return round(float(value) * 100, 6)
    return value if isinstance(value, (str, int, float, bool, date)) or value is None else str(value)


def _trimmed(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    last = max((at for at, cell in enumerate(cells, 1) if cell not in (None, "")), default=0)
    return cells[:last]


def _refuse_bombs(content: bytes) -> None:
    """A small file that unpacks to something huge is refused before it is unpacked, and one that is packed oddly."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (*DAMAGED_ZIP, RuntimeError):  # the last: it says to need a newer unpacker
        raise Unreadable(NO_SHEET) from None
    if any(part.compress_type not in PACKED or part.flag_bits & LOCKED for part in parts):
        raise Unreadable(NO_SHEET)
    unpacked = sum(part.file_size for part in parts)
    is_bomb = any(part.file_size > 100_000 and part.file_size > RATIO * max(1, part.compress_size) for part in parts)
    # Its words are held in memory all at once, the rows are not.
    words = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    if unpacked > UNPACKED or words > WORDS or len(parts) > PARTS or is_bomb:
        raise Unreadable(N_("Regnearket fylder for meget, når det pakkes ud. Gem kun arket med tallene som CSV."))
