"""Why the area has a plan, when it is stood down and reviewed, and when the plan itself is looked at again."""

from typing import Any

from wtforms import Field
from wtforms.validators import InputRequired, ValidationError

from app.incidents.forms import IncidentForm, long_text, select
from app.lib.i18n import N_, _, lazy
from app.measures.places import DanishNumber
from app.planning.forms.base import EntryForm, lines_of, offered, parties
from app.planning.rules.entries import Ending, Entry, Purpose, ReviewLead
from app.plans.document import PlanDocument
from app.plans.places import Kind
from app.plans.queries import today
from app.roster.forms import DanishDate

ONE_A_LINE = N_("Én sætning på hver linje.")


class PurposeForm(EntryForm):
    """Why."""

    kind = Kind.PURPOSE
    purpose = long_text(N_("Hvorfor har vi planen?"), max_length=2000, hint=ONE_A_LINE)

    def typed(self, plan: PlanDocument, entry: Entry) -> dict[str, Any]:
        return {"purpose": "\n".join(entry.purpose)}

    def made(self, plan: PlanDocument, entry: Entry | None) -> Entry:
        return Purpose(lines_of(self.purpose.data))


class EndingForm(EntryForm):
    """When the situation is told, and when it is over."""

    kind = Kind.ENDING
    first_report_minutes = DanishNumber(N_("Første situationsbillede senest efter (minutter)"), most=1440, least=5)
    update_every_minutes = DanishNumber(N_("Derefter hver (minutter)"), most=1440, least=5)
    stand_down_criteria = long_text(
        N_("Beredskabet kan afsluttes, når"), max_length=2000, hint=N_("Én betingelse på hver linje.")
    )

    def typed(self, plan: PlanDocument, entry: Entry) -> dict[str, Any]:
        return super().typed(plan, entry) | {"stand_down_criteria": "\n".join(entry.stand_down_criteria)}

    def made(self, plan: PlanDocument, entry: Entry | None) -> Entry:
        minutes = (self.first_report_minutes.data or 0, self.update_every_minutes.data or 0)
        return Ending(*minutes, lines_of(self.stand_down_criteria.data))


class ReviewForm(EntryForm):
    """Who leads the review, and what everybody is asked."""

    kind = Kind.REVIEW
    review_leader = select(N_("Hvem leder evalueringen?"), N_("Vælg, hvem der leder evalueringen."))
    debrief_questions = long_text(
        N_("De fire spørgsmål inden to arbejdsdage"), max_length=2000, hint=N_("Ét spørgsmål på hver linje.")
    )

    def offer(self, plan: PlanDocument) -> None:
        offered(self.review_leader, parties(plan, police=False))

    def typed(self, plan: PlanDocument, entry: Entry) -> dict[str, Any]:
        return {"review_leader": entry.review_leader, "debrief_questions": "\n".join(entry.debrief_questions)}

    def made(self, plan: PlanDocument, entry: Entry | None) -> Entry:
        return ReviewLead(self.review_leader.data, lines_of(self.debrief_questions.data))


class ReviewDateForm(IncidentForm):
    """When the plan is looked at again."""

    review_on = DanishDate(lazy("Gennemgås senest"), validators=[InputRequired(lazy("Skriv en dato, fx 22.11.2026."))])

    def validate_review_on(self, field: Field) -> None:
        """To come."""
        if field.data and field.data <= today():
            raise ValidationError(_("Datoen skal ligge efter i dag."))
