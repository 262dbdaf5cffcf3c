"""Letting a colleague in for 24 hours by a code to that phone, and ending it before."""

import sqlalchemy as sa
from flask import abort, current_app, url_for

from app.accounts.guard import Permission, requires
from app.extensions import db
from app.incidents.access import seen_or_404
from app.incidents.forms import IncidentForm, new_once, phone_number, short_text
from app.incidents.models import ColleaguePass
from app.incidents.pages import FormPage, Shown, form_page, one_tap
from app.lib.i18n import N_, _
from app.room.blueprint import address, blueprint
from app.room.room import Room
from app.transitions import colleague


class ColleagueForm(IncidentForm):
    """Who, and the phone that the code goes to."""

    name = short_text(N_("Kollegans navn"), required=N_("Skriv kollegans navn."), max_length=120)
    phone = phone_number(
        N_("Kollegans mobilnummer"), required=N_("Skriv kollegans mobilnummer."),
        hint=N_("8 cifre. Koden sendes dertil som sms."),
    )  # fmt: skip


@blueprint.route("/colleagues", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def colleagues(public_id: str) -> Shown:
    """Who is in by a pass now, and one more."""
    seen = seen_or_404(public_id)
    room = Room(seen)
    if not room.is_inside:
        abort(404)
    form = ColleagueForm()

    def act() -> str:
        colleague.let_in(seen.incident, seen.reader, form.name.data or "", form.phone.data or "", _link())
        return room.url("colleagues")

    page = FormPage(
        _("Luk en kollega ind"), _("Send koden"), address(seen.incident), template="room/colleagues.html",
        happens=(
            _("Kollegaen får en kode som sms."),
            _("Med den kan kollegaen læse, skrive og løse opgaver for %(party)s.", party=seen.reader.actor.name),
            _("Adgangen gælder kun denne hændelse og slutter efter 24 timer."),
            _("Navnet og adgangen står i loggen."),
        ),
    )  # fmt: skip
    passes = colleague.passes_of(seen.incident)
    return form_page(seen, form, page, act, passes=passes, room=room, new_once=new_once)


@blueprint.post("/colleagues/<colleague_pass>/end")
@requires(Permission.COORDINATE)
def end_colleague(public_id: str, colleague_pass: str) -> Shown:
    """Out again."""
    seen = seen_or_404(public_id)
    room = Room(seen)
    held = _pass_or_404(room, colleague_pass)

    def act() -> str:
        colleague.end_pass(held, seen.reader)
        return room.url("colleagues")

    return one_tap(seen, act)


def _pass_or_404(room: Room, public_id: str) -> ColleaguePass:
    if not room.is_inside:
        abort(404)
    query = sa.select(ColleaguePass).where(
        ColleaguePass.public_id == public_id, ColleaguePass.incident_id == room.incident.id
    )
    return db.session.scalar(query) or abort(404)


def _link() -> str:
    path = url_for("colleague.show", pass_id="PASS")
    return f"{current_app.config['BEREDSKAB'].public_url}{path}".replace("PASS", "{pass}")
