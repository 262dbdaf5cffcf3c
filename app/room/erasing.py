"""Erasing one text by two people: one asks with a reason, another does it. The hash stays: the chain still verifies."""

from app.accounts.guard import Permission, requires
from app.accounts.models import User
from app.areas.acting import memberships_of
from app.areas.roles import Role
from app.direction.queries import full_facts
from app.extensions import db
from app.incidents import log
from app.incidents.access import Seen, seen_or_404
from app.incidents.facts import who
from app.incidents.forms import IncidentForm, long_text
from app.incidents.locks import locked
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import N_, _
from app.logbook import erasure
from app.logbook.models import ErasureRequest, LogEntry
from app.plans.tracks import Ruling, Who, may_erase_entry
from app.room.blueprint import blueprint
from app.room.log import entry_or_404
from app.room.room import Room
from app.transitions.ruling import demand


class AskForm(IncidentForm):
    """Why it must go."""

    reason = long_text(
        N_("Hvorfor skal teksten slettes?"), required=N_("Skriv, hvorfor teksten skal slettes."), max_length=500,
        hint=N_("Gentag ikke det, der skal væk. Kun den, der skal sige ja, læser begrundelsen."),
    )  # fmt: skip


@blueprint.route("/log/<int:seq>/erasure", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def erase(public_id: str, seq: int) -> Shown:
    """Ask, or, when another has asked, do it."""
    seen = seen_or_404(public_id)
    room = Room(seen)
    entry = entry_or_404(room, seq)
    request = erasure.open_request(entry)
    if request is None or request.requested_by_id == seen.reader.user.id:
        return _ask(seen, room, entry, is_asked=request is not None)
    return _do(seen, room, entry, request)


def _ask(seen: Seen, room: Room, entry: LogEntry, *, is_asked: bool) -> Shown:
    form = AskForm()

    def act() -> str:
        incident = locked(seen.incident)
        erasure.request_erasure(entry, log.author(seen.reader.by), form.reason.data or "")
        log.changed(incident, "log")
        return room.url(anchor="log")

    page = FormPage(
        _("Bed om sletning af nr. %(seq)s", seq=entry.seq), _("Bed om sletning"), room.url("entry", seq=entry.seq),
        is_dangerous=True, template="room/erase.html",
        happens=(
            _("De andre koordinatorer i hændelsen ser ønsket i loggen."),
            _("Når en af dem siger ja, slettes teksten. Det kan ikke fortrydes."),
            _("At der er slettet en tekst, og hvem der gjorde det, bliver stående."),
        ),
    )  # fmt: skip
    return form_page(seen, form, page, act, entry=entry, is_asked=is_asked)


def _do(seen: Seen, room: Room, entry: LogEntry, request: ErasureRequest) -> Shown:
    def act() -> str:
        incident = locked(seen.incident)
        demand(_may(seen, request), incident.area)
        erasure.erase(entry, log.author(seen.reader.by))
        log.changed(incident, "log")
        return room.url(anchor="log")

    page = FormPage(
        _("Slet teksten i nr. %(seq)s", seq=entry.seq), _("Slet teksten"), room.url("entry", seq=entry.seq),
        is_dangerous=True, template="room/erase.html",
        happens=(
            _("Teksten og navnet på den, der skrev, slettes for altid."),
            _("Kontrolkoden bliver, så loggen stadig kan efterprøves."),
            _("Loggen siger, at du slettede teksten efter ønske fra en anden."),
        ),
    )  # fmt: skip
    # Volunteers do not learn who of the others asked.
    asker = None if room.reader_is_volunteer else db.session.get(User, request.requested_by_id)
    return form_page(seen, IncidentForm(), page, act, entry=entry, asked=request, asker=asker)


def _may(seen: Seen, request: ErasureRequest) -> Ruling:
    return may_erase_entry(_asker(seen, request), seen.reader.who, full_facts(seen.incident))


def _asker(seen: Seen, request: ErasureRequest) -> Who:
    """Whoever asked, as the coordinator they are in this incident now; nobody when they no longer are."""
    user, incident = db.session.get_one(User, request.requested_by_id), seen.incident
    here = [m for m in memberships_of(user) if m.actor.area_id == incident.area_id]
    taking_part = {p.actor_id for p in incident.participations}
    police = any(m.actor.is_police for m in here)
    held = next((m for m in here if m.role is Role.COORDINATOR and m.actor_id in taking_part), None)
    if held is None:
        return Who(user.id, None, None, None, police)
    return who(user, held.actor, held.role, police_in_area=police)
