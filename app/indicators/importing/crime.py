"""Rows of Danmarks Statistik's STRAF11 and STRAF22: one municipality and the country, three laws, never added up."""

import re
from dataclasses import dataclass

from app.importing import cells
from app.importing.table import Row, key
from app.indicators.vocabulary import CrimeKind, CrimePlace, ImportKind, Law
from app.lib.i18n import N_, Reason

NEEDED = {"omraade": "OMRÅDE", "overtraed": "OVERTRÆD", "tid": "TID", "indhold": "INDHOLD"}
WITH_KIND = {**NEEDED, "anmsigt": "ANMSIGT"}
# By code, and by the label that the table shows. Each law stands on a level of its own; sums of levels are not read.
LAWS = {
    "straffelov": Law.PENAL_CODE, "straffeloven": Law.PENAL_CODE, "straffelov_i_alt": Law.PENAL_CODE,
    "straffeloven_i_alt": Law.PENAL_CODE, "32": Law.DRUGS, "lov_om_euforiserende_stoffer": Law.DRUGS,
    "lov_om_euforiserende_stoffer_i_alt": Law.DRUGS, "34": Law.WEAPONS, "vaabenloven": Law.WEAPONS,
    "vaabenloven_i_alt": Law.WEAPONS,
}  # fmt: skip
KINDS = {
    "anm": CrimeKind.REPORTS, "anmeldte_forbrydelser": CrimeKind.REPORTS, "anmeldelser": CrimeKind.REPORTS,
    "sig": CrimeKind.CHARGES, "sigtelser": CrimeKind.CHARGES,
}  # fmt: skip
COUNTRY = frozenset({"000", "0", "hele_landet"})
_PERIOD = re.compile(r"(\d{4})(?:K([1-4]))?", re.IGNORECASE)
_LEADING_CODE = re.compile(r"^\d+ ")  # "32 Lov om euforiserende stoffer"


@dataclass(frozen=True)
class Count:
    """One row, as it is kept."""

    place: CrimePlace
    law: Law
    kind: CrimeKind
    year: int
    quarter: int
    count: int | None
    line: int


@dataclass(frozen=True)
class Skipped:
    """A row that is right but not for us: another municipality, or another offence. Counted, never kept."""

    what: str


def columns(table: ImportKind) -> dict[str, str]:
    """What the table's file must have."""
    return WITH_KIND if table is ImportKind.STRAF22 else NEEDED


def read(row: Row, table: ImportKind, municipality: str, this_year: int) -> Count | Skipped | None:
    """None when the row has faults."""
    kind = _kind(row, table)
    period = _period(row, table, this_year)
    count = row.get("indhold", cells.count)
    where, what = _plain(row, "omraade"), _plain(row, "overtraed")
    if row.faults or kind is None or period is None:
        return None
    place = _place(where, municipality)
    law = LAWS.get(key(what)) or LAWS.get(key(_LEADING_CODE.sub("", what)))
    if place is None:
        return Skipped("place")
    if law is None:
        return Skipped("offence")
    return Count(place, law, kind, *period, count, row.number)


def _plain(row: Row, column: str) -> str:
    found = row.get(column, cells.text, 120)
    if not found:
        row.fault(column, Reason(N_("Feltet er tomt.")))
    return found or ""


def _kind(row: Row, table: ImportKind) -> CrimeKind | None:
    if table is ImportKind.STRAF11:
        return CrimeKind.REPORTS
    found = KINDS.get(key(row.cells.get("anmsigt")))
    if found is None:
        row.fault("anmsigt", Reason(N_("Skriv anmeldte forbrydelser eller sigtelser. De to lægges aldrig sammen.")))
    return found


def _period(row: Row, table: ImportKind, this_year: int) -> tuple[int, int] | None:
    match = _PERIOD.fullmatch(str(row.cells.get("tid") or "").strip())
    is_quarter = table is ImportKind.STRAF11
    if match is None or bool(match[2]) != is_quarter or not 1990 <= int(match[1]) <= this_year:
        how = "2024K4" if is_quarter else "2024"
        row.fault("tid", Reason(N_("Perioden kan ikke læses. Skriv den som %(how)s."), {"how": how}))
        return None
    return int(match[1]), int(match[2] or 0)


def _place(where: str, municipality: str) -> CrimePlace | None:
    said = key(_LEADING_CODE.sub("", where))
    if said in COUNTRY or key(where) in COUNTRY:
        return CrimePlace.COUNTRY
    return CrimePlace.MUNICIPALITY if said == key(municipality.removesuffix(" Kommune")) else None
