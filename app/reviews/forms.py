"""The review's forms: the debrief's questions, a learning point, and how one was closed."""

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, Field
from wtforms.validators import ValidationError

from app.incidents.forms import BE_CAREFUL, IncidentForm, long_text, select, short_text
from app.lib import clock
from app.lib.i18n import N_, _, lazy


class DanishDate(DateField):
    """A date; what could not be read stays as it was typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format=["%Y-%m-%d", "%d.%m.%Y"], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Skriv en dato, fx 24.12.2026.")) from None


class AnswersForm(IncidentForm):
    """Parent of the form made for a plan's own questions: fields q0, q1, …"""

    def validate(self, *args: object, **kwargs: object) -> bool:
        """At least one answer."""
        if not super().validate(*args, **kwargs):
            return False
        if any(self.texts.values()):
            return True
        self.shown[0].errors = [_("Skriv et svar på mindst ét spørgsmål.")]
        return False

    @property
    def texts(self) -> dict[str, str]:
        """What was typed, by question."""
        return {field.name: field.data or "" for field in self.shown}


def answers_form(questions: Sequence[str], given: dict[str, str]) -> AnswersForm:
    """The form of a plan's questions with what the party has answered before."""
    fields = {f"q{number}": long_text(text) for number, text in enumerate(questions)}
    made: AnswersForm = type("AnswersForm", (AnswersForm,), fields)(data=given)
    return made


class LearningForm(IncidentForm):
    """What is to change, who does it, by when."""

    text = long_text(
        N_("Hvad skal vi gøre anderledes?"),
        required=N_("Skriv, hvad der skal ændres."),
        max_length=500,
        hint=BE_CAREFUL,
    )
    owner = select(N_("Ansvarlig"), N_("Vælg, hvem der gør det."))
    due_on = DanishDate(label=lazy("Senest"))

    def validate_due_on(self, field: Field) -> None:
        """Today or later."""
        if not field.data:
            raise ValidationError(_("Skriv en frist."))
        if field.data < clock.local(clock.now()).date():
            raise ValidationError(_("Fristen skal være i dag eller senere."))


class CloseLearningForm(IncidentForm):
    """A word on how it went."""

    note = short_text(
        N_("Hvad er der gjort?"), required=N_("Skriv kort, hvad der er gjort."), max_length=500, hint=BE_CAREFUL
    )
