"""What a row of a contact list says. Every no is a Danish sentence that says what to do."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.areas.models import Actor, Area
from app.contacts.importing import cells
from app.contacts.models import SOURCE_LABELS, ContactSource, PointKind
from app.importing.table import Row, key
from app.lib.i18n import N_, Reason
from app.lib.languages import LANGUAGE_LABELS, Language

# In the template's order.
COLUMNS = (
    "navn", "funktion", "mobil", "fastnet", "mail", "part", "afdeling", "opgang", "sprog", "målgrupper", "frivillig",
    "politi", "kilde",
)  # fmt: skip
NEEDED = {"navn": "navn"}
OPTIONAL = {key(name): name for name in COLUMNS[1:]} | {"telefon": "telefon", "e_mail": "e-mail", "email": "email"}
LANGUAGES = {key(label): language for language, label in LANGUAGE_LABELS.items()} | {k.value: k for k in Language}
SOURCES = {key(label): source for source, label in SOURCE_LABELS.items()}
NO_POINT = Reason(N_("Skriv mindst ét nummer eller en mail. Ellers kan ingen få fat i kontakten."))
EMPTY = Reason(N_("Feltet er tomt. Skriv et navn, fx personens eller vagttelefonens."))
PART = N_("Parten »%(said)s« findes ikke her. Skriv navnet, som det står under Kontakter, eller lad feltet være tomt.")
PLACE = N_("Afdelingen »%(said)s« findes ikke her. Skriv navnet, som administratoren har oprettet det.")
LANGUAGE = N_("Sproget »%(said)s« kendes ikke. Skriv et af: dansk, engelsk, arabisk, tyrkisk, somali, polsk.")
AUDIENCE = N_("Målgruppen »%(said)s« er ikke i planen. Skriv dem med komma imellem, som planen kalder dem.")
SOURCE = N_("»%(said)s« kendes ikke. Skriv funktion, lejekontrakt, samtykke eller tilmelding.")
WHERE = Reason(N_("Opgangen kan ikke stå alene. Skriv også afdelingen."))


@dataclass(frozen=True)
class Known:
    """The words of the area, by their keys."""

    actors: Mapping[str, Actor]
    places: Mapping[str, int]
    audiences: Mapping[str, str]

    @classmethod
    def of(cls, area: Area, audiences: list[tuple[str, str]]) -> "Known":
        """Its parties, sections and audiences."""
        labels = {key(label): name for name, label in audiences}
        return cls(
            {key(actor.name): actor for actor in area.actors}, {key(place.name): place.id for place in area.places},
            {key(name): name for name, _label in audiences} | labels,
        )  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """One row, as it was meant; None or empty where it says nothing."""

    line: int
    name: str
    function: str
    points: tuple[tuple[PointKind, str], ...]
    actor: Actor | None
    place_id: int | None
    entrance: str
    language: Language | None
    audiences: tuple[str, ...]
    is_volunteer: bool | None
    is_police: bool | None
    source: ContactSource | None

    @property
    def addresses(self) -> tuple[str, ...]:
        return tuple(address for _kind, address in self.points)


def read(row: Row, known: Known) -> Wanted | None:
    """None when the row has faults; all of them are on the row."""
    name = row.get("navn", cells.words, 120)
    if name == "":
        row.fault("navn", EMPTY)
    place, entrance = row.get("afdeling", cells.one_of, known.places, PLACE), row.get("opgang", cells.words, 60) or ""
    wanted = Wanted(
        row.number, name or "", row.get("funktion", cells.words, 120) or "", _points(row),
        row.get("part", cells.one_of, known.actors, PART), place, entrance,
        row.get("sprog", cells.one_of, LANGUAGES, LANGUAGE),
        row.get("maalgrupper", cells.several_of, known.audiences, AUDIENCE) or (),
        row.get("frivillig", cells.yes_or_no), row.get("politi", cells.yes_or_no),
        row.get("kilde", cells.one_of, SOURCES, SOURCE),
    )  # fmt: skip
    if entrance and place is None and not row.faults:
        row.fault("opgang", WHERE)
    if not wanted.points and not row.faults:
        row.fault("", NO_POINT)
    return None if row.faults else wanted


def _points(row: Row) -> tuple[tuple[PointKind, str], ...]:
    mobile = row.get("mobil", cells.number) or row.get("telefon", cells.number)
    mail = next((found for name in ("mail", "e_mail", "email") if (found := row.get(name, cells.mail))), None)
    said = {PointKind.MOBILE: mobile, PointKind.LANDLINE: row.get("fastnet", cells.number), PointKind.EMAIL: mail}
    kept = [(kind, address) for kind, address in said.items() if address]
    if len(kept) > 1 and kept[0][1] == kept[1][1]:  # the same number as mobile and landline is one
        del kept[1]
    return tuple(kept)
