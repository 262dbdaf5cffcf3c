"""A → B: the police let their case go, and the others go on."""

from flask import abort

from app.accounts.guard import Permission, requires
from app.incidents.access import seen_or_404
from app.incidents.forms import BE_CAREFUL, long_text, select
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import N_, _
from app.plans.tracks import accepting_choices, may_release_case
from app.plans.vocabulary import Track
from app.room.blueprint import address, blueprint
from app.room.police_word import PoliceWordForm, needs_word
from app.room.room import Room
from app.transitions.release_case import Release
from app.transitions.release_case import release_case as let_go


class ReleaseForm(PoliceWordForm):
    """Whom the police named to go on with it."""

    accepting = select(N_("Hvem er tovholder nu?"), N_("Vælg, hvem der er tovholder."))
    note = long_text(N_("Bemærkning"), hint=BE_CAREFUL)


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
