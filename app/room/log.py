"""Writing in the log: a new entry, and a correction, which is a new entry too. Nothing written is changed."""

from flask import abort, render_template
from wtforms import Field

from app.accounts.guard import Permission, requires
from app.extensions import db
from app.incidents import log
from app.incidents.access import seen_or_404
from app.incidents.forms import BE_CAREFUL, IncidentForm, long_text, moment, select
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import N_, _
from app.logbook.kinds import LABELS, Kind
from app.logbook.models import LogEntry
from app.plans.tracks import may_log
from app.plans.vocabulary import SharingLevel, Track
from app.room import log_lines, log_panel
from app.room.blueprint import blueprint
from app.room.held import held
from app.room.room import Room

KINDS = (Kind.NOTE, Kind.FACT, Kind.DECISION, Kind.OMISSION, Kind.AGREEMENT, Kind.CONTACT, Kind.PRESS)
SHARING = {
    SharingLevel.OWN_ORGANISATION: N_("Kun egen organisation"),
    SharingLevel.PARTIES: N_("Beredskabets parter"),
    SharingLevel.NETWORK: N_("Netværk og bestyrelser"),
    SharingLevel.PUBLIC: N_("Må offentliggøres"),
}


def _sharing() -> Field:
    return select(N_("Hvem må læse det?"), N_("Vælg, hvem der må læse det."), SHARING)


class EntryForm(IncidentForm):
    """What happened, what was decided, what was not done and why."""

    kind = select(N_("Hvad er det?"), N_("Vælg, hvad det er."))
    text = long_text(N_("Tekst"), required=N_("Skriv, hvad der er sket eller besluttet."), hint=BE_CAREFUL)
    sharing = _sharing()
    at = moment(N_("Hvornår skete det?"), hint=N_("Lad feltet stå, hvis det er nu."))


class CorrectionForm(IncidentForm):
    """How it should have been said."""

    text = long_text(N_("Sådan skal der stå"), required=N_("Skriv, hvordan der skal stå."), hint=BE_CAREFUL)
    sharing = _sharing()


@blueprint.route("/log/new", methods=["GET", "POST"])
@requires(Permission.ACT)
def write(public_id: str) -> Shown:
    """One new entry."""
    seen = seen_or_404(public_id)
    room = Room(seen)
    form = EntryForm(kind=Kind.NOTE.value, sharing=SharingLevel.PARTIES.value)
    form.kind.choices = [(kind.value, _(LABELS[kind])) for kind in _kinds(room)]

    def act() -> str:
        log.write(
            held(seen, may_log), Kind(form.kind.data), form.text.data or "", by=seen.reader.by,
            sharing=SharingLevel(form.sharing.data), at=form.at.data, not_cpr=form.not_cpr.data,
        )  # fmt: skip
        return room.url(anchor="log")

    intro = "" if room.incident.is_open else _("Hændelsen er slut. Det, du skriver nu, mærkes som skrevet bagefter.")
    return form_page(seen, form, FormPage(_("Skriv i loggen"), _("Gem i loggen"), room.url(), intro), act)


@blueprint.get("/log/<int:seq>")
@requires(Permission.READ_ROOM)
def entry(public_id: str, seq: int) -> str:
    """One entry, and what can be said about it."""
    room = Room(seen_or_404(public_id))
    found = entry_or_404(room, seq)
    line = log_panel.line(room, found)
    return render_template(
        "room/entry.html", room=room, incident=room.incident, line=line, log_lines=log_lines.lines
    )  # fmt: skip


@blueprint.route("/log/<int:seq>/correction", methods=["GET", "POST"])
@requires(Permission.ACT)
def correct(public_id: str, seq: int) -> Shown:
    """A new entry that corrects an older one."""
    seen = seen_or_404(public_id)
    room = Room(seen)
    wrong = entry_or_404(room, seq)
    form = CorrectionForm(text=wrong.text, sharing=wrong.sharing.value)

    def act() -> str:
        log.write(
            held(seen, may_log), Kind.CORRECTION, form.text.data or "", by=seen.reader.by,
            sharing=SharingLevel(form.sharing.data), corrects=wrong, not_cpr=form.not_cpr.data,
        )  # fmt: skip
        return room.url(anchor="log")

    intro = _(
        "Det, der står nu, bliver stående. Rettelsen skrives som en ny indførsel, der henviser til nr. %(n)s.", n=seq
    )
    page = FormPage(_("Ret nr. %(n)s", n=seq), _("Gem rettelsen"), room.url("entry", seq=seq), intro)
    return form_page(seen, form, page, act)


def entry_or_404(room: Room, seq: int) -> LogEntry:
    """An entry that may be changed. 403 when its text is not for the reader."""
    found = db.session.get(LogEntry, (room.incident.chain_id, seq))
    if found is None:
        abort(404)
    if not log_panel.ruling(room, found):
        abort(403)
    if found.kind in log_panel.UNTOUCHABLE:
        abort(404)
    return found


def _kinds(room: Room) -> tuple[Kind, ...]:
    return (*KINDS, Kind.INSTRUCTION) if room.incident.track is Track.POLICE else KINDS
