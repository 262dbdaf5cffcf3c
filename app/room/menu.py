"""What can be done with the incident as a whole, for this reader, now. A button is shown or it is not there."""

from typing import NamedTuple

from flask import url_for

from app.lib.i18n import _
from app.plans.tracks import (
    may_add_actor,
    may_annul,
    may_close_glimpse,
    may_let_in_colleague,
    may_release_case,
    may_reopen,
    may_stand_down,
    may_take_over_lead,
)
from app.plans.vocabulary import Track
from app.room import succession
from app.room.room import Room
from app.templating import has_page

SOMEBODY = ""  # an actor that is no party yet: may the reader take in one at all?


class Link(NamedTuple):
    """A line of the menu."""

    label: str
    url: str


def speaks_for_police(room: Room) -> bool:
    """In a politisag everybody but the police themselves records what they said."""
    return room.incident.track is Track.POLICE


def links(room: Room) -> list[Link]:
    """In the order of how often they are needed; the ends last."""
    behalf = speaks_for_police(room)
    choices = [
        (_("Sæt næste opdatering"), "next_update", room.acts and room.coordinates),
        (_("Ny opgave"), "add_task", room.acts and room.coordinates),
        (_("Tag en aktør med"), "add_actor", room.may(may_add_actor, SOMEBODY, is_police=False, on_behalf=behalf)),
        (_("Luk en kollega ind"), "colleagues", room.may(may_let_in_colleague, colleague_is_police=False)),
        _glimpse(room, behalf),
        (_("Overtag som tovholder"), "take_lead", room.may(may_take_over_lead)),
        (_("Politiet frigiver sagen"), "release_case", room.may(may_release_case, on_behalf=behalf)),
        (_("Afslut beredskabet"), "stand_down", room.may(may_stand_down, on_behalf=behalf)),
        (_("Fejlaktivering"), "annul", room.may(may_annul) or room.may(may_annul, on_behalf=behalf)),
        (_("Genåbn hændelsen"), "reopen", room.may(may_reopen, on_behalf=behalf)),
    ]
    usual = [Link(label, room.url(endpoint)) for label, endpoint, may in choices if may]
    return usual + _second_thoughts(room) + _of_exercise(room)


def _glimpse(room: Room, behalf: bool) -> tuple[str, str, bool]:
    may = room.may(may_close_glimpse, on_behalf=behalf)
    if room.incident.glimpse_closed:
        return _("Vis sagen for dem, der må aktivere"), "open_glimpse", may
    return _("Skjul sagen for dem, der ikke er part"), "close_glimpse", may


def _second_thoughts(room: Room) -> list[Link]:
    return [Link(label, url) for label, url in succession.second_thoughts(room)]


def _of_exercise(room: Room) -> list[Link]:
    if not (room.incident.is_exercise and room.acts and room.coordinates):
        return []
    choices = [
        (_("Hvem svarede hvornår"), "responses.response"), (_("Afbryd øvelsen"), "exercises.break_off"),
        (_("Dette er virkeligt"), "exercises.this_is_real"),
    ]  # fmt: skip
    public_id = room.incident.public_id
    return [Link(label, url_for(endpoint, public_id=public_id)) for label, endpoint in choices if has_page(endpoint)]
