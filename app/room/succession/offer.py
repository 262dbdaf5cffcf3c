"""What may go along from a B to the police's case, as ticks on a form."""

import hashlib

from flask import request

from app.broadcasts.models import Broadcast
from app.broadcasts.operations.holding import called
from app.broadcasts.standing import Row
from app.broadcasts.states import ON_ITS_WAY, STOPPABLE
from app.incidents.documents import document_of
from app.incidents.forms import IncidentForm, long_text, radio, ticks
from app.incidents.models import SameAnswer, SameIncidentQuestion
from app.lib.i18n import N_, _
from app.templating import moment
from app.transitions import same_incident
from app.transitions.same_incident import Along

ANSWERS = {
    SameAnswer.YES: N_("Ja, det er samme hændelse"),
    SameAnswer.NO: N_("Nej, det er to hændelser. Begge fortsætter"),
}
TO_POLICE_READ = N_("Alle i politisagen læser det, også politiet.")
TEXTS_WAIT = N_("De venter på politiets ja. Fjern hakket ved dem, politiet ikke skal læse. De sendes så ikke.")
TOLD_SHOWS = N_("Politisagen viser så, at de er informeret før skiftet, og hvornår. Ikke hvad I skrev.")


class SameIncidentForm(IncidentForm):
    """Yes or no; with a yes what goes along. Nothing goes by itself."""

    answer = radio(N_("Er det samme hændelse?"), N_("Svar ja eller nej."), ANSWERS)
    # What is ticked beforehand comes first, so that nobody misses it; the long list comes last.
    texts = ticks(N_("Hvilke beskeder skal med som kladder?"), hint=TEXTS_WAIT)
    told = ticks(N_("Hvem har fået besked?"), hint=TOLD_SHOWS)
    summary = long_text(N_("Resumé til politisagen"), hint=TO_POLICE_READ)
    tasks = ticks(N_("Hvilke åbne opgaver skal med?"), hint=TO_POLICE_READ)


class Offer:
    """What may go along to the police's case, as it stands now."""

    def __init__(self, question: SameIncidentQuestion) -> None:
        self.tasks = {task.public_id: task for task in same_incident.may_go_along(question)}
        self.texts = {text.public_id: text for text in same_incident.texts_for(question)}
        self.told = {row.audience.key: row for row in same_incident.told_for(question)}
        self.document = document_of(question.incident)

    @property
    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """By field: what is ticked, in full words."""
        return {
            "tasks": [(key, f"{task.actor.name}: {task.text}") for key, task in self.tasks.items()],
            "texts": [(key, self._words(text)) for key, text in self.texts.items()],
            "told": [(key, _first(row)) for key, row in self.told.items()],
        }

    def _words(self, text: Broadcast) -> str:
        partly = _(" (nogle har fået den)") if text.state in STOPPABLE else ""
        return f"{called(self.document, text.audiences).capitalize()}{partly}: {text.text}"

    @property
    def digest(self) -> str:
        """Other words, or other texts under way: what was ticked is not what would go."""
        choices = self.choices
        return hashlib.sha256(repr((choices["tasks"], choices["texts"])).encode()).hexdigest()[:16]

    def fill(self, form: SameIncidentForm) -> None:
        """The form's ticks; what was on its way out is ticked, as long as nobody has said otherwise."""
        for name, choices in self.choices.items():
            form[name].choices = choices
            if not choices:
                delattr(form, name)
        if request.method == "GET" and "texts" in form:
            form.texts.data = [key for key, text in self.texts.items() if text.state in ON_ITS_WAY]

    def chosen(self, form: SameIncidentForm) -> Along:
        """What was ticked and typed."""

        def ticked(name: str) -> list[str]:
            return list(form[name].data or ()) if name in form else []

        return Along(
            tasks=tuple(self.tasks[key] for key in ticked("tasks")),
            texts=tuple(self.texts[key] for key in ticked("texts")),
            told=tuple(ticked("told")), summary=form.summary.data or "", not_cpr=form.not_cpr.data,
        )  # fmt: skip


def _first(row: Row) -> str:
    return f"{row.audience.label}, {moment(row.first_at)}" if row.first_at else row.audience.label


def meanwhile(question: SameIncidentQuestion) -> str:
    """What another did while the form lay open."""
    if question.answer is not None:
        return _("En anden har svaret imens: %(answer)s.", answer=_(ANSWERS[question.answer]))
    return _("Opgaverne eller beskederne er ændret imens. Se på hakkene igen.")
