"""A crime table's file on its way in: the own municipality and the country, three laws; the rest is passed over."""

from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa

from app.extensions import db
from app.importing.table import Fault, Row
from app.indicators.importing import crime
from app.indicators.importing.crime import Count, Skipped
from app.indicators.models import CrimeFigure, IndicatorImport
from app.indicators.vocabulary import LAW_LABELS, CrimeKind, CrimePlace, Law
from app.lib import clock
from app.lib.i18n import N_, Reason

Key = tuple[CrimePlace, Law, CrimeKind, int, int]


class CrimeFile:
    """Everything of one import. What is kept is small, so the rows already met are remembered here."""

    def __init__(self, imported: IndicatorImport) -> None:
        self.needed: dict[str, str] = crime.columns(imported.kind)
        self.optional: dict[str, str] = {}
        self.import_id, self.kind, self.municipality = imported.id, imported.kind, imported.area.municipality
        self.lines: dict[Key, int] = {}
        self.skipped: Counter[str] = Counter()
        self.unknown = 0
        self.this_year = clock.local(clock.now()).year

    def read(self, row: Row) -> Count | Skipped | None:
        """None when the row has faults."""
        return crime.read(row, self.kind, self.municipality, self.this_year)

    def keep(self, found: Sequence[Count | Skipped]) -> tuple[int, list[Fault]]:
        """How many were kept, and which were there before."""
        faults, new = [], []
        for one in found:
            if isinstance(one, Skipped):
                self.skipped[one.what] += 1
                continue
            key = (one.place, one.law, one.kind, one.year, one.quarter)
            if key in self.lines:
                text = N_("Samme tal står allerede i række %(row)s.")
                faults.append(Fault(one.line, "", Reason(text, {"row": self.lines[key]})))
                continue
            self.lines[key] = one.line
            self.unknown += one.count is None
            new.append(_values(self.import_id, one))
        if new:
            db.session.execute(sa.insert(CrimeFigure), new)
        return len(new), faults

    def at_end(self) -> tuple[list[Reason], list[Fault]]:
        """What was passed over, and whether what we need is there at all."""
        here = {law for place, law, *_rest in self.lines if place is CrimePlace.MUNICIPALITY}
        if not here:
            text = N_("Filen har ingen tal for %(place)s og de tre love. Vælg kommunen, og prøv igen.")
            return [], [Fault(0, "", Reason(text, {"place": self.municipality}))]
        remarks = [Reason(N_("En ny fil erstatter den gamle for samme tabel."))]
        if lacking := [LAW_LABELS[law] for law in Law if law not in here]:
            remarks.append(Reason(N_("Filen har ingen tal for: %(laws)s."), {"laws": ", ".join(lacking)}))
        if self.unknown:
            remarks.append(Reason(N_("%(n)s tal er skjult (..) og gemmes som »ikke oplyst«."), {"n": self.unknown}))
        if passed := self.skipped.total():
            text = N_("%(n)s rækker om andre kommuner eller andre overtrædelser er sprunget over.")
            remarks.append(Reason(text, {"n": passed}))
        return remarks, []


def _values(import_id: int, one: Count) -> dict[str, object]:
    return {
        "import_id": import_id, "place": one.place, "law": one.law, "kind": one.kind, "year": one.year,
        "quarter": one.quarter, "count": one.count, "line": one.line,
    }  # fmt: skip
