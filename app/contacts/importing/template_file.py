"""The template for a list of contacts: the columns, and in the workbook a second sheet that says what goes in them."""

import csv
import io

from app.areas.models import Area
from app.contacts.forms import audiences_of
from app.contacts.importing.columns import COLUMNS
from app.contacts.models import SOURCE_LABELS
from app.lib.i18n import _
from app.lib.languages import LANGUAGE_LABELS

TEXT = "@"  # Excel's format of a cell that it leaves alone: else it makes numbers of phone numbers
LINES = 2000  # prepared so


def as_csv() -> bytes:
    """As Danish Excel opens it by a double click."""
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerow(COLUMNS)
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(area: Area) -> bytes:
    """The same as a workbook whose cells are text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Kontakter"))
    for number in range(1, len(COLUMNS) + 1):
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width, column.number_format = 18, TEXT
    heads = [WriteOnlyCell(sheet, name) for name in COLUMNS]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    help_sheet = book.create_sheet(_("Sådan udfylder du"))
    help_sheet.column_dimensions["A"].width, help_sheet.column_dimensions["B"].width = 16, 100
    for line in guide(area):
        help_sheet.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def guide(area: Area) -> list[tuple[str, str]]:
    """What goes in each column, in the words of this area."""
    names = {
        "part": ", ".join(actor.name for actor in area.actors), "afdeling": ", ".join(p.name for p in area.places),
        "målgrupper": ", ".join(label for _key, label in audiences_of(area)),
        "sprog": ", ".join(LANGUAGE_LABELS.values()), "kilde": ", ".join(SOURCE_LABELS.values()),
    }  # fmt: skip
    said = {
        "navn": _("Skal udfyldes. Personens navn, eller fx Vagttelefonen."),
        "funktion": _("Fx vagt, leder, forperson."),
        "mobil": _("8 cifre. Får sms. Mindst ét af mobil, fastnet og mail skal stå der."),
        "fastnet": _("8 cifre. Kan kun ringes op."),
        "mail": _("Én mail, fx navn@sted.dk."),
        "part": _("Kun for dem, der tilkaldes for en part: %(names)s.", names=names["part"]),
        "afdeling": _("En af: %(names)s.", names=names["afdeling"]),
        "opgang": _("Fx 12 A. Kun sammen med en afdeling."),
        "sprog": _("Det sprog, personen læser: %(names)s. Tomt er dansk.", names=names["sprog"]),
        "målgrupper": _("Med komma imellem: %(names)s.", names=names["målgrupper"]),
        "frivillig": _("ja eller nej. Navnet vises ikke for andre frivillige."),
        "politi": _("ja eller nej. Får aldrig noget om hændelser uden politiet."),
        "kilde": _("Hvorfor vi har nummeret: %(names)s.", names=names["kilde"]),
    }
    return [(name, said[name]) for name in COLUMNS]
