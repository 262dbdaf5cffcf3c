"""The switch of track: is the police's new case the same, the police let theirs go, and the whole course for both."""

import hashlib
from dataclasses import dataclass, replace
from typing import NamedTuple

import sqlalchemy as sa
from flask import abort, render_template, request

from app.accounts.guard import Permission, requires
from app.broadcasts.models import Broadcast
from app.broadcasts.operations.holding import called
from app.broadcasts.standing import Row
from app.broadcasts.states import ON_ITS_WAY, STOPPABLE
from app.extensions import db
from app.incidents.access import Seen, seen_or_404
from app.incidents.course import course_of
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.incidents.forms import BE_CAREFUL, IncidentForm, long_text, radio, select, ticks
from app.incidents.models import Incident, SameAnswer, SameIncidentQuestion
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import N_, _
from app.logbook.models import LogEntry
from app.plans.tracks import (
    accepting_choices,
    may_answer_same_incident,
    may_enter_room,
    may_give_summary,
    may_glimpse,
    may_release_case,
)
from app.plans.vocabulary import TRACK_LABELS, IncidentStatus, Track
from app.room import log_panel
from app.room.blueprint import address, blueprint
from app.room.police_word import PoliceWordForm, needs_word
from app.room.room import Room
from app.room.running import category_label
from app.templating import moment
from app.transitions import same_incident
from app.transitions.release_case import Release
from app.transitions.release_case import release_case as let_go
from app.transitions.same_incident import Along

PAGE = 50
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


class SummaryForm(IncidentForm):
    """What goes along after all."""

    summary = long_text(N_("Resumé til politisagen"), required=N_("Skriv resuméet."), hint=TO_POLICE_READ)


class ReleaseForm(PoliceWordForm):
    """Whom the police named to go on with it."""

    accepting = select(N_("Hvem er tovholder nu?"), N_("Vælg, hvem der er tovholder."))
    note = long_text(N_("Bemærkning"), hint=BE_CAREFUL)


class Side(NamedTuple):
    """An incident before or after this one, that the reader may see too."""

    label: str
    url: str


@dataclass(frozen=True)
class Sides:
    """What stands beside the room's incident; all empty for who may see this one alone."""

    before: list[Side]
    after: list[Side]

    def __bool__(self) -> bool:
        return bool(self.before or self.after)


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


def _meanwhile(question: SameIncidentQuestion) -> str:
    if question.answer is not None:
        return _("En anden har svaret imens: %(answer)s.", answer=_(ANSWERS[question.answer]))
    return _("Opgaverne eller beskederne er ændret imens. Se på hakkene igen.")


# ---- B → A ---------------------------------------------------------------------------------------------------------


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
        world=lambda: f"{seen.incident.digest}.{found.answer}.{Offer(found).digest}", changed=lambda: _meanwhile(found),
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


# ---- A → B ---------------------------------------------------------------------------------------------------------


@blueprint.route("/release", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def release_case(public_id: str) -> Shown:
    """Politiet frigiver sagen: the others go on."""
    seen = seen_or_404(public_id)
    room = Room(seen)
    if seen.incident.track is not Track.POLICE:
        abort(404)
    actors = {p.actor.key: p.actor for p in room.present}
    choices = [key for key in accepting_choices(room.document, room.facts) if key in actors]
    form = ReleaseForm()
    form.accepting.choices = [(key, actors[key].name) for key in choices]
    form.ask_for_word(needs_word(room, may_release_case))

    def act() -> str:
        typed = Release(actors[form.accepting.data], form.note.data or "", form.police_said, form.not_cpr.data)
        opened = let_go(seen.incident, seen.reader, typed)
        return address(seen.incident if seen.reader.who.police_in_area else opened)

    page = FormPage(
        _("Politiet frigiver sagen"), _("Frigiv sagen"), address(seen.incident), template="room/release_case.html",
        is_dangerous=True,
        happens=(
            _("Politisagen slutter for alle og er frigivet. Tilkald og beskeder, der ikke er sendt, stoppes."),
            _("De andre parter fortsætter uden politiet. Åbne opgaver går med, og beskederne bliver kladder."),
            _("Politiet kan læse politisagens log frem til nu, og ikke det, der kommer efter."),
        ),
    )  # fmt: skip
    return form_page(seen, form, page, act)


# ---- both ----------------------------------------------------------------------------------------------------------


def sides(room: Room) -> Sides:
    """Where the course came from and went, as links."""
    course = [one.incident for one in course_of(room.seen)]
    here = course.index(room.incident)
    return Sides([_side(one) for one in course[:here]], [_side(one) for one in course[here + 1 :]])


def _side(incident: Incident) -> Side:
    return Side(f"{_(TRACK_LABELS[incident.track]).capitalize()}: {incident.what}", address(incident))


@blueprint.get("/course")
@requires(Permission.READ_ROOM)
def course(public_id: str) -> str:
    """Hele forløbet: the logs of all of it in one, newest first. Nowhere to be found for who may see but one."""
    seen = seen_or_404(public_id)
    parts = course_of(seen)
    if len(parts) < 2:
        abort(404)
    number = max(request.args.get("page", 1, type=int), 1)
    found = _merged([one.incident.chain_id for one in parts], number)
    rooms = {one.incident.chain_id: Room(one) for one in parts}
    lines = [(rooms[e.chain_id].incident, _line(rooms[e.chain_id], e)) for e in found[:PAGE]]
    older = address(seen.incident, "course", page=number + 1) if len(found) > PAGE else None
    newest = address(seen.incident, "course") if number > 1 else None
    return render_template(
        "room/course.html", incident=seen.incident, parts=[one.incident for one in parts], lines=lines, older=older,
        newest=newest, track_labels=TRACK_LABELS, address=address,
    )  # fmt: skip


def _merged(chains: list[int], number: int) -> list[LogEntry]:
    query = sa.select(LogEntry).where(LogEntry.chain_id.in_(chains))
    newest = query.order_by(LogEntry.recorded_at.desc(), LogEntry.chain_id.desc(), LogEntry.seq.desc())
    return list(db.session.scalars(newest.offset((number - 1) * PAGE).limit(PAGE + 1)))


def _line(room: Room, entry: LogEntry) -> log_panel.Line | log_panel.WithheldLine:
    line = log_panel.line(room, entry)
    if isinstance(line, log_panel.WithheldLine):
        return line
    track = _(TRACK_LABELS[room.incident.track]).capitalize()
    return replace(line, marks=(track, *line.marks))
