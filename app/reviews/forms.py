"""The review's forms: the debrief's questions, a learning point, and how one was closed."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, DateField, Field
from wtforms.validators import ValidationError

from app.incidents.fields import DanishSelect
from app.incidents.forms import BE_CAREFUL, IncidentForm, long_text, radio, select, short_text
from app.lib import clock, personal_data
from app.lib.i18n import N_, _, lazy
from app.reviews.models import Word
from app.reviews.operations import Proposal
from app.reviews.rules import PLAN_PART_LABELS, PlanPart


class DanishDate(DateField):
    """A date; what could not be read stays as it was typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format=["%Y-%m-%d", "%d.%m.%Y"], **options)
        self.flags.required = True

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


def answers_form(questions: Sequence[str], given: dict[str, str], **more: Any) -> AnswersForm:
    """The form of a plan's questions with what the party has answered before."""
    fields = {f"q{number}": long_text(text) for number, text in enumerate(questions)}
    made: AnswersForm = type("AnswersForm", (AnswersForm,), fields)(data=given, **more)
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
    plan_part = DanishSelect(
        lazy("Skal planen ændres?"), default="", missing=lazy("Vælg en del af planen."),
        choices=[("", lazy("Nej")), *((part.value, lazy(label)) for part, label in PLAN_PART_LABELS.items())],
        description=lazy("Forslaget følger læringspunktet, til planen er rettet."),
    )  # fmt: skip
    plan_text = long_text(N_("Forslag til planen"), max_length=1000)

    @property
    def proposal(self) -> Proposal | None:
        """The change to the plan, when there is one."""
        part = self.plan_part.data
        return Proposal(PlanPart(part), self.plan_text.data or "") if part else None

    def validate_plan_text(self, field: Field) -> None:
        """The part and the words belong together."""
        if self.plan_part.data and not field.data:
            raise ValidationError(_("Skriv, hvad der skal stå i planen."))
        if field.data and not self.plan_part.data:
            raise ValidationError(_("Vælg, hvor i planen det hører til."))

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


class CommentForm(IncidentForm):
    """A party's words on one criterion."""

    text = long_text(N_("Hvad siger I?"), required=N_("Skriv jeres kommentar."), max_length=1000, hint=BE_CAREFUL)
    disagrees = BooleanField(lazy("Vi er uenige i tallene eller i det, de andre har skrevet"))


class ConclusionForm(IncidentForm):
    """What the review's leader concludes."""

    text = long_text(N_("Konklusion"), required=N_("Skriv konklusionen."), max_length=4000, hint=BE_CAREFUL)


class WordForm(IncidentForm):
    """A party's word to the conclusion."""

    word = radio(
        N_("Hvad siger I?"), N_("Vælg et af de to."),
        {Word.SIGNED.value: N_("Vi godkender"), Word.REFUSED.value: N_("Vi vil ikke godkende")},
    )  # fmt: skip
    reason = long_text(N_("Hvorfor ikke?"), max_length=500, hint=BE_CAREFUL)

    @property
    def signs(self) -> bool:
        return bool(self.word.data == Word.SIGNED.value)

    def validate_reason(self, field: Field) -> None:
        """A refusal has one."""
        if self.word.data == Word.REFUSED.value and not field.data:
            raise ValidationError(_("Skriv, hvorfor I ikke vil godkende."))


class AddendumForm(IncidentForm):
    """What came to light after the lock."""

    text = long_text(N_("Tilføjelse"), required=N_("Skriv tilføjelsen."), max_length=2000, hint=BE_CAREFUL)


class SummaryForm(IncidentForm):
    """What boards may read."""

    text = long_text(
        N_("Resumé"), required=N_("Skriv resuméet."), max_length=1900,
        hint=N_("Bestyrelsesmedlemmer læser det. Ingen navne, ingen telefonnumre, intet om dem, det handler om."),
    )  # fmt: skip
    seen_findings = BooleanField(lazy("Jeg har set det, og det må stå der"))

    def validate_text(self, field: Field) -> None:
        """Numbers, plates and names are pointed at; whoever writes says that they may stand there."""
        found = [finding for finding in personal_data.find(field.data or "") if not finding.blocks]
        if found and not self.seen_findings.data:
            raise ValidationError(_(personal_data.MESSAGES[found[0].kind]))


class LinkForm(IncidentForm):
    """Whom a link to the debrief goes to."""

    contact = select(N_("Hvem skal have linket?"), N_("Vælg en kontakt."))
