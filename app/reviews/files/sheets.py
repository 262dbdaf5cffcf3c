"""The course and what was sent as CSV, as Danish Excel opens it; nothing in it is run by a spreadsheet."""

from typing import Any

from app.indicators.exports import as_csv
from app.lib.i18n import _
from app.reviews.files.words import at

Told = dict[str, Any]


def timeline(course: Told) -> bytes:
    """A line for each line of the course; of a withheld entry its number and hash."""
    columns = [
        _("Tid"), _("Spor"), _("Nr. i loggen"), _("Hvem"), _("Hvad"), _("Tekst"), _("På vegne af"), _("Må ses af"),
        _("Skrevet senere"), _("Hash"),
    ]  # fmt: skip
    return as_csv(
        {"notes": _notes(course), "columns": columns, "rows": [_row(line, course) for line in course["timeline"]]}
    )


def deliveries(course: Told) -> bytes:
    """How many, by channel and how it went; never to whom."""
    columns = [_("Spor"), _("Hvad"), _("Kanal"), _("Hvordan det gik"), _("Antal")]
    rows = [
        [_track(one, course), one["what"], one["channel"], one["state"], one["count"]] for one in course["deliveries"]
    ]
    return as_csv({"notes": _notes(course), "columns": columns, "rows": rows})


def _row(line: Told, course: Told) -> list[str | int | None]:
    if "withheld" in line:
        return ["", _track(line, course), line["seq"], "", "", line["withheld"], "", "", "", line["hash"]]
    return [
        at(line["at"]), _track(line, course), line.get("seq"), line["author"], line["kind"], line["text"],
        line.get("on_behalf_of", ""), line.get("sharing", ""), _("ja") if line.get("late") else "",
        line.get("hash", ""),
    ]  # fmt: skip


def _track(line: Told, course: Told) -> str:
    return str(course["parts"][line["part"]]["track_label"])


def _notes(course: Told) -> list[str]:
    exercise = [_("ØVELSE: intet af dette er virkeligt.")] if course["exercise"] else []
    where = f"{course['title']}, {course['area']}"
    return [*exercise, where, f"{course['taken']['mark']}.", _("Ikke med i filen:"), *course["left_out"]]
