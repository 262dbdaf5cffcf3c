"""Whether those who are no party see that a politisag runs: the police's decision, or recorded for them."""

from flask import abort

from app.accounts.guard import Permission, requires
from app.direction import operations as direction
from app.incidents.access import seen_or_404
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import _
from app.plans.tracks import may_close_glimpse
from app.plans.vocabulary import Track
from app.room.blueprint import address, blueprint
from app.room.police_word import PoliceWordForm, needs_word
from app.room.room import Room


@blueprint.route("/glimpse-closure", methods=["GET", "POST"])
@requires(Permission.ACT)
def close_glimpse(public_id: str) -> Shown:
    """Nobody but the parties sees the case."""
    return _turn(public_id, is_closed=True)


@blueprint.route("/glimpse-closure/end", methods=["GET", "POST"])
@requires(Permission.ACT)
def open_glimpse(public_id: str) -> Shown:
    """Those who may activate see its category, place and the leader's number."""
    return _turn(public_id, is_closed=False)


def _turn(public_id: str, *, is_closed: bool) -> Shown:
    seen = seen_or_404(public_id)
    room = Room(seen)
    if seen.incident.track is not Track.POLICE or not room.is_inside:
        abort(404)
    form = PoliceWordForm()
    form.ask_for_word(needs_word(room, may_close_glimpse))

    def act() -> str:
        direction.turn_glimpse(seen.incident, seen.reader, form.police_said, is_closed=is_closed)
        return address(seen.incident)

    incident = seen.incident
    page = FormPage(
        _("Skjul sagen for dem, der ikke er part") if is_closed else _("Vis sagen for dem, der må aktivere"),
        _("Skjul sagen") if is_closed else _("Vis sagen"), address(incident),
        happens=_what_happens(is_closed),
        world=lambda: f"{incident.digest}.{incident.glimpse_closed}",
    )  # fmt: skip
    return form_page(seen, form, page, act)


def _what_happens(is_closed: bool) -> tuple[str, ...]:
    if is_closed:
        return (
            _("Aktører, der må aktivere, men ikke er part, ser ikke længere sagens type, sted og lederens nummer."),
            _("Parterne er med som før."),
            _("De andre kan komme til at aktivere for det samme. Ring til dem, hvis de skal vide det."),
        )
    return (_("Aktører, der må aktivere, men ikke er part, ser sagens type, sted og lederens nummer. Intet andet."),)
