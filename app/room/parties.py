"""One party: whom to ring in which order, what was reached, its texts; calling again, and doing its card for it."""

from flask import abort, render_template

from app.accounts.guard import Permission, requires
from app.areas.models import Actor
from app.callout import operations as callout
from app.callout import queries as callouts
from app.callout.models import Answered, Callout, CalloutState
from app.contacts.models import Contact
from app.errors import Refused
from app.incidents import log
from app.incidents.access import Seen, seen_or_404
from app.incidents.documents import document_of
from app.incidents.forms import BE_CAREFUL, IncidentForm, long_text, new_once, radio, select
from app.incidents.models import Incident
from app.incidents.pages import FormPage, Shown, form_page, one_tap
from app.lib.i18n import N_, Reason, _
from app.logbook.kinds import Kind
from app.plans.tracks import may_act, may_take_card
from app.room import parties_panel, queries
from app.room.blueprint import address, blueprint
from app.room.delivery_words import text_words
from app.room.held import held
from app.room.lead import ReasonForm
from app.room.room import Room
from app.tasks import operations as tasks
from app.tasks import queries as task_queries
from app.tasks.models import TaskSource, TaskState
from app.transitions import lead

REACHED, MISSED = "reached", "missed"
OUTCOMES = {REACHED: N_("Ja, jeg fik fat i dem"), MISSED: N_("Nej (telefonsvarer er intet svar)")}


class CallForm(IncidentForm):
    """How a call by hand went."""

    contact = select(N_("Hvem ringede du til?"), N_("Vælg, hvem du ringede til."))
    outcome = radio(N_("Fik du fat i dem?"), N_("Vælg, om du fik fat i dem."), OUTCOMES)
    note = long_text(N_("Bemærkning"), max_length=300, hint=BE_CAREFUL)


@blueprint.get("/parties/<actor>")
@requires(Permission.READ_ROOM)
def party(public_id: str, actor: str) -> str:
    """Contacts in call order, what became of the texts, and what can be done when nobody answers."""
    room = Room(seen_or_404(public_id))
    found = party_or_404(room, actor)
    round_ = room.rounds.get(found.id)
    participation = next(p for p in room.present if p.actor_id == found.id)
    silent = round_ is not None and round_.state is not CalloutState.ACKNOWLEDGED
    return render_template(
        "room/party.html", room=room, incident=room.incident, actor=found, round=round_, new_once=new_once,
        said=parties_panel.words(room, participation, round_), contacts=_contacts(room, round_),
        texts=queries.texts_of(round_) if round_ else [], is_own=found.id == room.reader.actor.id,
        name_of=parties_panel.name_of, numbers_of=parties_panel.numbers_of,
        text_name=parties_panel.text_name, text_words=text_words,
        is_stopped=round_ is not None and round_.state is CalloutState.STOPPED,
        may_call=room.acts and room.coordinates and silent,
        may_take=room.may(may_take_card, found.key, is_silent=silent),
    )  # fmt: skip


@blueprint.route("/parties/<actor>/calls", methods=["GET", "POST"])
@requires(Permission.ACT)
def note_call(public_id: str, actor: str) -> Shown:
    """Somebody rang. Reached: the party has answered. Not reached: in the log, and the round goes on."""
    seen = seen_or_404(public_id)
    room = Room(seen)
    found = party_or_404(room, actor)
    round_ = room.rounds.get(found.id) or abort(404)
    contacts = {c.public_id: c for c in _contacts(room, round_)}
    form = CallForm()
    form.contact.choices = [(key, parties_panel.name_of(room, c)) for key, c in contacts.items()]

    def act() -> str:
        incident = held(seen, may_act)
        contact, note = contacts[form.contact.data], form.note.data or ""
        if form.outcome.data == MISSED:
            callout.record_attempt(round_, contact, by=seen.reader.by, note=note, not_cpr=form.not_cpr.data)
        else:
            _reached(seen, incident, round_, contact, note, form.not_cpr.data)
        return address(incident, "party", actor=found.public_id)

    page = FormPage(_("Notér et opkald til %(party)s", party=found.name), _("Gem"), room.url("party", actor=actor))
    return form_page(seen, form, page, act)


@blueprint.post("/parties/<actor>/round")
@requires(Permission.COORDINATE)
def call_again(public_id: str, actor: str) -> Shown:
    """The round anew, from the first contact; for a party that was only told, its first one."""
    seen = seen_or_404(public_id)
    found = party_or_404(Room(seen), actor)

    def act() -> str:
        incident = held(seen, may_act)
        round_ = callouts.latest(incident, found)
        if round_ is None or round_.state is CalloutState.ACKNOWLEDGED:
            raise Refused(Reason(N_("%(party)s har svaret."), {"party": found.name}))
        callout.start_again(round_, document_of(incident).chain, by=seen.reader.by)
        return address(incident, "party", actor=found.public_id)

    return one_tap(seen, act)


@blueprint.route("/parties/<actor>/card", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def take_card(public_id: str, actor: str) -> Shown:
    """Do a silent party's card tonight, on the record."""
    seen = seen_or_404(public_id)
    room = Room(seen)
    found = party_or_404(room, actor)
    form = ReasonForm()

    def act() -> str:
        lead.take_card(seen.incident, found, seen.reader, form.reason.data or "", not_cpr=form.not_cpr.data)
        return address(seen.incident, anchor="todo")

    open_tasks = sum(t.is_open and t.actor_id == found.id and t.source is TaskSource.CARD for t in room.tasks)
    page = FormPage(
        _("Overtag kortet fra %(party)s", party=found.name), _("Overtag kortet"), room.url("party", actor=actor),
        happens=(
            _("%(n)s åbne opgaver flytter til %(party)s.", n=open_tasks, party=seen.reader.actor.name),
            _("%(party)s kan se, at I har overtaget. De er stadig med.", party=found.name),
            _("Det og din grund står i loggen."),
        ),
    )  # fmt: skip
    return form_page(seen, form, page, act)


def party_or_404(room: Room, public_id: str) -> Actor:
    """An actor that takes part now, for a reader who does."""
    if not room.is_inside:
        abort(404)
    return next((p.actor for p in room.present if p.actor.public_id == public_id), None) or abort(404)


def _contacts(room: Room, round_: Callout | None) -> list[Contact]:
    """In call order, without anybody of the police in an incident that is no politisag."""
    return callout.reachable_line(round_) if round_ and room.incident.is_open else []


def _reached(seen: Seen, incident: Incident, round_: Callout, contact: Contact, note: str, not_cpr: bool) -> None:
    by = seen.reader.by
    is_first = callout.acknowledge(round_, Answered.MANUAL, contact.called, by=by)
    if note or not is_first:
        said = f"Ringet til {contact.called} ({round_.actor.name}): truffet. {note}".strip()
        log.write(incident, Kind.CONTACT, said, by=by, not_cpr=not_cpr)
    for task in task_queries.open_of(incident):
        if task.key.startswith((f"call:{round_.id}:", f"chain:{round_.id}")):
            tasks.settle(task, TaskState.DONE, by=by)
    log.changed(incident, "parties")
