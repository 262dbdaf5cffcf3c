"""Answering for one's party, taking over as tovholder, and taking one more actor in."""

from app.accounts.guard import Permission, requires
from app.areas.models import Actor
from app.callout import operations as callout
from app.callout import queries as callouts
from app.callout.models import Answered
from app.errors import Refused
from app.incidents.access import Seen, seen_or_404
from app.incidents.forms import BE_CAREFUL, IncidentForm, long_text, radio, select
from app.incidents.pages import FormPage, Shown, form_page, one_tap
from app.incidents.queries import actors_by_key
from app.lib.i18n import N_, Reason, _
from app.plans.tracks import may_act, may_add_actor
from app.plans.vocabulary import CallLevel, Track
from app.room.blueprint import address, blueprint
from app.room.held import held
from app.room.police_word import PoliceWordForm, needs_word
from app.room.room import Room
from app.transitions import lead, take_part

LEVELS = {
    CallLevel.CALL_NOW: N_("Tilkald nu"),
    CallLevel.NOTIFY: N_("Giv besked"),
    CallLevel.WHEN_NEEDED: N_("Kun med i rummet"),
}


class ReasonForm(IncidentForm):
    """Why."""

    reason = long_text(N_("Hvorfor?"), required=N_("Skriv kort hvorfor."), max_length=300, hint=BE_CAREFUL)


class AddActorForm(PoliceWordForm):
    """Who else, and how they are reached."""

    actor = select(N_("Hvem?"), N_("Vælg, hvem der skal med."))
    level = radio(N_("Hvordan får de besked?"), N_("Vælg, hvordan de får besked."), LEVELS)


@blueprint.post("/acknowledgement")
@requires(Permission.ACT, urgent=True)
def acknowledge(public_id: str) -> Shown:
    """Set og forstået, for the own party. No further call or text to it begins once this has committed."""
    seen = seen_or_404(public_id)

    def act() -> str:
        incident = held(seen, may_act)
        round_ = callouts.latest(incident, seen.reader.actor)
        if round_ is None:
            raise Refused(Reason(N_("I er ikke tilkaldt i denne hændelse.")))
        callout.acknowledge(round_, Answered.APP, seen.reader.user.name, by=seen.reader.by)
        return address(incident)

    return one_tap(seen, act)


@blueprint.route("/lead", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def take_lead(public_id: str) -> Shown:
    """A silent tovholder never blocks."""
    seen = seen_or_404(public_id)
    form = ReasonForm()

    def act() -> str:
        lead.take_over_lead(seen.incident, seen.reader, form.reason.data or "", not_cpr=form.not_cpr.data)
        return address(seen.incident)

    page = FormPage(
        _("Overtag som tovholder"), _("Overtag nu"), address(seen.incident),
        happens=(
            _("%(party)s bliver tovholder med dit navn og nummer.", party=seen.reader.actor.name),
            _("%(former)s får besked nu om, at du har overtaget.", former=seen.incident.leader.name),
            _("Overtagelsen og din grund står i loggen."),
        ),
    )  # fmt: skip
    return form_page(seen, form, page, act)


@blueprint.route("/parties/new", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def add_actor(public_id: str) -> Shown:
    """One more actor, for this incident only. Never the police in an incident that is no politisag."""
    seen = seen_or_404(public_id)
    actors = {actor.public_id: actor for actor in _not_yet_here(seen)}
    form = AddActorForm(level=CallLevel.CALL_NOW.value)
    form.actor.choices = [(key, actor.name) for key, actor in actors.items()]
    form.ask_for_word(needs_word(Room(seen), may_add_actor, "", is_police=False))

    def act() -> str:
        actor, level = actors[form.actor.data], CallLevel(form.level.data)
        take_part.add_actor(
            seen.incident, actor, level, reader=seen.reader, on_behalf_of=form.on_behalf_of, not_cpr=form.not_cpr.data
        )
        return address(seen.incident, anchor="parties")

    page = FormPage(
        _("Tag en aktør med"), _("Tag med"), address(seen.incident), template="room/add_actor.html",
        happens=(
            _("De ser hændelsen og loggen fra nu af, også det, der allerede står."),
            _("De får deres kort fra planen, hvis den har et til dem."),
            _("Det gælder kun denne hændelse og står i loggen."),
        ),
    )  # fmt: skip
    return form_page(seen, form, page, act, nobody_left=not actors)


def _not_yet_here(seen: Seen) -> list[Actor]:
    here = {p.actor_id for p in seen.incident.participations if p.ended_at is None}
    no_police = seen.incident.track is Track.NON_POLICE
    found = actors_by_key(seen.incident.area).values()
    return sorted(
        (a for a in found if a.id not in here and not (no_police and a.is_police)), key=lambda actor: actor.name
    )
