"""A survey's file on its way in: rounds made as they are met, answers kept, the same answer twice found."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.extensions import db
from app.importing.files import Unreadable
from app.importing.table import Fault, Row
from app.indicators.importing import survey
from app.indicators.importing.survey import Answer, RoundFacts
from app.indicators.models import IndicatorImport, Observation, SurveyRound
from app.indicators.queries import clashes
from app.indicators.vocabulary import Group, Missing
from app.lib import clock
from app.lib.i18n import N_, Reason

MOST_ROUNDS = 2500
Key = tuple[int, str, Group]


class SurveyFile:
    """Everything of one import."""

    def __init__(self, imported: IndicatorImport) -> None:
        self.needed, self.optional = survey.NEEDED, survey.OPTIONAL
        self.import_id, self.area_id = imported.id, imported.area_id
        self.rounds: dict[tuple[str, int], tuple[int, RoundFacts, int]] = {}
        self.too_few = 0
        self.this_year = clock.local(clock.now()).year

    def read(self, row: Row) -> Answer | None:
        """None when the row has faults."""
        return survey.read(row, self.this_year)

    def keep(self, found: Sequence[Answer]) -> tuple[int, list[Fault]]:
        """How many were kept, and what is wrong between the rows."""
        faults: list[Fault] = []
        placed = [(round_id, a) for a in found if (round_id := self._round(a, faults)) is not None]
        first = self._kept_before([(round_id, a.code, a.group) for round_id, a in placed])
        new = []
        for round_id, answer in placed:
            key = (round_id, answer.code, answer.group)
            if key in first:
                text = N_("Samme spørgsmål og gruppe står allerede i række %(row)s.")
                faults.append(Fault(answer.line, "", Reason(text, {"row": first[key]})))
                continue
            first[key] = answer.line
            new.append(_values(round_id, answer))
            self.too_few += answer.missing is Missing.TOO_FEW
        if new:
            db.session.execute(sa.insert(Observation), new)
        return len(new), faults

    def _round(self, answer: Answer, faults: list[Fault]) -> int | None:
        facts = answer.round
        known = self.rounds.get((facts.series, facts.year))
        if known is None:
            return self._new_round(facts, answer.line)
        round_id, first, line = known
        if first != facts:
            text = N_("Målingen »%(series)s %(year)s« er beskrevet anderledes end i række %(row)s.")
            params = {"series": facts.series, "year": facts.year, "row": line}
            faults.append(Fault(answer.line, "", Reason(text, params)))
            return None
        return round_id

    def _new_round(self, facts: RoundFacts, line: int) -> int:
        if len(self.rounds) >= MOST_ROUNDS:
            raise Unreadable(N_("Filen har for mange målinger: højst %(most)s. Del den op."), most=MOST_ROUNDS)
        made = SurveyRound(
            import_id=self.import_id, area_id=self.area_id, series=facts.series, year=facts.year,
            publisher=facts.publisher, method=facts.method, population=facts.population,
            respondents=facts.respondents, response_rate=facts.response_rate, citation=facts.citation,
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        self.rounds[facts.series, facts.year] = (made.id, facts, line)
        return made.id

    def _kept_before(self, keys: list[Key]) -> dict[Key, int]:
        if not keys:
            return {}
        columns = (Observation.round_id, Observation.code, Observation.group)
        wanted = sa.tuple_(*columns).in_(keys)
        query = sa.select(*columns, Observation.line).where(wanted)
        return {(round_id, code, group): line for round_id, code, group, line in db.session.execute(query)}

    def at_end(self) -> tuple[list[Reason], list[Fault]]:
        """What to tell about the file as a whole, and what is wrong with it."""
        if not self.rounds:
            return [], []
        imported = db.session.get(IndicatorImport, self.import_id)
        before = N_("Målingen »%(name)s« er hentet ind før. Tag den gamle tilbage først, eller fjern den her.")
        again = clashes(imported) if imported else []
        faults = [Fault(0, "", Reason(before, {"name": name})) for name in again]
        remarks = [Reason(N_("Antal målinger i filen: %(n)s."), {"n": len(self.rounds)})]
        if self.too_few:
            text = N_("%(n)s tal bygger på færre end 10 svar. De gemmes og vises ikke.")
            remarks.append(Reason(text, {"n": self.too_few}))
        return remarks, faults


def _values(round_id: int, answer: Answer) -> dict[str, object]:
    return {
        "round_id": round_id, "code": answer.code, "dimension": answer.dimension, "question": answer.question,
        "group": answer.group, "percent": answer.percent, "wording": answer.wording,
        "approximate": bool(answer.wording), "missing": answer.missing, "n": answer.n, "line": answer.line,
    }  # fmt: skip
