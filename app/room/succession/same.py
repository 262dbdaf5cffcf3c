"""B → A: is the police's new case the same as ours, and the summary that may come later."""

import sqlalchemy as sa
from flask import abort

from app.accounts.guard import Permission, requires
from app.extensions import db
from app.incidents.access import Seen, seen_or_404
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.incidents.forms import IncidentForm, long_text
from app.incidents.models import Incident, SameAnswer, SameIncidentQuestion
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import N_, _
from app.plans.tracks import may_answer_same_incident, may_enter_room, may_give_summary, may_glimpse
from app.plans.vocabulary import IncidentStatus
from app.room.blueprint import address, blueprint
from app.room.room import Room
from app.room.running import category_label
from app.room.succession.offer import TO_POLICE_READ, Offer, SameIncidentForm, meanwhile
from app.transitions import same_incident


class SummaryForm(IncidentForm):
    """What goes along after all."""

    summary = long_text(N_("Resumé til politisagen"), required=N_("Skriv resuméet."), hint=TO_POLICE_READ)


@blueprint.route("/same-incident/<question>", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def same(public_id: str, question: str) -> Shown:
    """Er det samme hændelse?"""
    seen = seen_or_404(public_id)
    found = _question_or_404(seen, question)
    form, offer = SameIncidentForm(), Offer(found)
    offer.fill(form)

    def act() -> str:
        if form.answer.data == SameAnswer.NO:
            same_incident.answer_no(found, seen.reader)
        else:
            same_incident.answer_yes(found, seen.reader, offer.chosen(form))
        return address(seen.incident)

    page = FormPage(
        _("Er det samme hændelse?"), _("Svar"), address(seen.incident), _case_words(seen, found.police_case),
        world=lambda: f"{seen.incident.digest}.{found.answer}.{Offer(found).digest}", changed=lambda: meanwhile(found),
        happens=(
            _("Ved ja slutter denne hændelse og er overgået til politisag."),
            _("Ved ja stoppes tilkald og beskeder, der ikke er sendt."),
            _("Kun det, der er hak ved, og det, du skriver her, går med. Politiet ser ikke andet."),
            _("Ved nej fortsætter begge. Politiet får intet at vide."),
        ),
    )  # fmt: skip
    return form_page(seen, form, page, act)


@blueprint.route("/summary-for-police", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def summary_for_police(public_id: str) -> Shown:
    """The summary that may come later, from the room that has ended."""
    seen = seen_or_404(public_id)
    if seen.incident.status is not IncidentStatus.TO_POLICE:
        abort(404)
    form = SummaryForm()

    def act() -> str:
        same_incident.give_summary(seen.incident, seen.reader, form.summary.data or "", not_cpr=form.not_cpr.data)
        return address(seen.incident)

    intro = _("Det skrives i politisagens log med dit navn. Andet herfra går ikke med.")
    return form_page(
        seen, form, FormPage(_("Giv et resumé videre"), _("Giv videre"), address(seen.incident), intro), act
    )


def questions(room: Room) -> list[SameIncidentQuestion]:
    """For the top of the room: those that nobody has answered."""
    return [question for question in room.same_questions if question.answer is None]


def second_thoughts(room: Room) -> list[tuple[str, str]]:
    """A no may become a yes while both run: links for whoever may say so."""
    answered = [one for one in room.same_questions if one.answer is SameAnswer.NO and may_answer(room)]
    return [(_("Det er alligevel politiets sag"), room.url("same", question=one.public_id)) for one in answered]


def may_answer(room: Room) -> bool:
    """Whether the reader is the one to answer."""
    return room.may(may_answer_same_incident)


def may_summarise(room: Room) -> bool:
    """Whether the reader may still give a summary."""
    return room.may(may_give_summary)


def _question_or_404(seen: Seen, public_id: str) -> SameIncidentQuestion:
    if not may_enter_room(seen.reader.who, seen.facts):
        abort(404)
    query = sa.select(SameIncidentQuestion).where(
        SameIncidentQuestion.public_id == public_id, SameIncidentQuestion.incident_id == seen.incident.id
    )
    return db.session.scalar(query) or abort(404)


def _case_words(seen: Seen, case: Incident) -> str:
    """What the reader may know of the police's case: its sort and place, or only that it is there."""
    if not case.is_open:
        return _("Politiets sag er ikke længere aktiv.")
    if not may_glimpse(document_of(case), seen.reader.who, facts_of(case)):
        return _("Politiet har fået en sag i området. Ring til dem, hvis du er i tvivl.")
    return _("Politiet har fået en sag i området: %(what)s, %(where)s.", what=category_label(case), where=case.where)
