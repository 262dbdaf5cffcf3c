"""An activator that is no party hears the police say something of their case, and writes it down for them.

It knows of the case what the glimpse shows, and learns no more by this.
"""

from enum import StrEnum

from flask import Blueprint, abort, flash, url_for
from wtforms import Field
from wtforms.validators import ValidationError

from app.accounts.guard import Permission, requires
from app.direction import operations as direction
from app.direction.operations import Typed
from app.direction.police_word import PoliceSaid
from app.direction.word_form import PoliceWordForm
from app.incidents.access import Reader, Seen, reader_in
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.incidents.forms import BE_CAREFUL, long_text, radio
from app.incidents.models import Incident
from app.incidents.pages import FormPage, Shown, form_page
from app.incidents.queries import actors_by_key, by_public_id
from app.lib.i18n import N_, _
from app.plans.tracks import (
    Ruling,
    accepting_choices,
    may_enter_room,
    may_instruct,
    may_record_for_police,
    may_release_case,
    may_stand_down,
)
from app.room.running import category_label
from app.transitions.release_case import Release, release_case
from app.transitions.stand_down import StandDown, stand_down

blueprint = Blueprint("heard", __name__)


class What(StrEnum):
    """What they said."""

    INSTRUCTION = "instruction"
    STAND_DOWN = "stand_down"
    CASE_RELEASE = "case_release"


WORDS = {
    What.INSTRUCTION: N_("En anvisning til alle parter"),
    What.STAND_DOWN: N_("Beredskabet er afblæst"),
    What.CASE_RELEASE: N_("Politiet frigiver sagen. De andre fortsætter uden dem"),
}
RULES = {
    What.INSTRUCTION: may_instruct,
    What.STAND_DOWN: may_stand_down,
    What.CASE_RELEASE: may_release_case,
}


class HeardForm(PoliceWordForm):
    """Who said what."""

    what = radio(N_("Hvad sagde de?"), N_("Vælg, hvad de sagde."))
    text = long_text(N_("Anvisningen, eller en bemærkning"), max_length=400, hint=BE_CAREFUL)

    def validate_text(self, field: Field) -> None:
        """An instruction has words."""
        if self.what.data == What.INSTRUCTION and not field.data:
            raise ValidationError(_("Skriv, hvad parterne skal gøre."))


@blueprint.route("/activate/heard/<public_id>", methods=["GET", "POST"])
@requires(Permission.ACT)
def heard(public_id: str) -> Shown:
    """What the police said, from somebody outside the room; whoever is inside writes it there."""
    seen = _outside_or_404(public_id)
    form = HeardForm()
    form.ask_for_word(True)
    form.what.choices = [(what.value, _(WORDS[what])) for what in What if _may(seen, what)]

    def act() -> str:
        _write(seen.incident, seen.reader, What(form.what.data), form)
        flash(_("Skrevet for politiet. Det gælder nu og er mærket: ikke bekræftet."))
        return url_for("front.show")

    incident = seen.incident
    page = FormPage(
        _("Politiet har sagt noget"), _("Skriv det for politiet"), url_for("front.show"),
        _("Politisag: %(what)s, %(where)s.", what=category_label(incident), where=_place(incident)),
        template="room/heard.html", changed=lambda: _("Politiets sag har ændret sig imens. Er det stadig rigtigt?"),
        happens=(
            _("Det gælder med det samme og står i sagens log med dit navn."),
            _("Parterne får besked. En anden bekræfter det hos politiet bagefter."),
        ),
    )  # fmt: skip
    return form_page(seen, form, page, act)


def _place(incident: Incident) -> str:
    return incident.place.name if incident.place else incident.area.name


def may_write_for_police(incident: Incident, reader: Reader) -> bool:
    """Whether the front page shows the way here: for those who see no more than the glimpse."""
    facts = facts_of(incident)
    if may_enter_room(reader.who, facts):
        return False
    return bool(may_record_for_police(document_of(incident), reader.who, facts))


def _outside_or_404(public_id: str) -> Seen:
    incident = by_public_id(public_id)
    reader = reader_in(incident.area) if incident else None
    if incident is None or reader is None or not may_write_for_police(incident, reader):
        abort(404)
    return Seen(incident, reader, facts_of(incident))


def _may(seen: Seen, what: What) -> Ruling:
    return RULES[what](document_of(seen.incident), seen.reader.who, seen.facts, on_behalf=True)


def _write(incident: Incident, reader: Reader, what: What, form: HeardForm) -> None:
    text, said, not_cpr = form.text.data or "", form.police_said, bool(form.not_cpr.data)
    if what is What.INSTRUCTION:
        direction.give(incident, reader, Typed(text, said=said, not_cpr=not_cpr))
    elif what is What.STAND_DOWN:
        stand_down(incident, reader, StandDown((), text, move_tasks=True, police_said=said, not_cpr=not_cpr))
    else:
        _release(incident, reader, text, said, not_cpr)


def _release(incident: Incident, reader: Reader, note: str, said: PoliceSaid | None, not_cpr: bool) -> None:
    # Who takes part is not theirs to see: it goes to whom the plan prefers.
    accepting = accepting_choices(document_of(incident), facts_of(incident))[0]
    typed = Release(actors_by_key(incident.area)[accepting], note, said, not_cpr)
    release_case(incident, reader, typed)
