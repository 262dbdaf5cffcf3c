"""Who has answered, in words. Sent, delivered and answered are three things, and a text that failed is always said."""

from dataclasses import dataclass
from typing import NamedTuple

from app.callout.models import ANSWERED, Callout, CalloutState
from app.contacts.models import Contact, PointKind
from app.incidents.models import Participation
from app.lib.i18n import _
from app.messaging.models import Delivery
from app.messaging.states import LABELS, DeliveryState
from app.plans.vocabulary import CallLevel
from app.room.room import Room
from app.templating import moment

D = DeliveryState
ARRIVED = frozenset({D.SENT, D.DELIVERED})
LOST = frozenset({D.FAILED, D.EXPIRED})


class Words(NamedTuple):
    """What is said of a party; `state` is good, warn, bad or none."""

    words: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class PartyRow:
    """One line of the panel."""

    participation: Participation
    said: Words
    url: str
    is_own: bool
    is_leader: bool


def rows(room: Room) -> list[PartyRow]:
    """The parties in the plan's order, the reader's own first."""
    own = room.reader.actor.id
    found = [
        PartyRow(
            participation=p,
            said=words(room, p, room.rounds.get(p.actor_id)),
            url=room.url("party", actor=p.actor.public_id),
            is_own=p.actor_id == own,
            is_leader=p.actor_id == room.incident.leader_actor_id,
        )
        for p in room.present
    ]
    return sorted(found, key=lambda row: not row.is_own)


def words(room: Room, party: Participation, round_: Callout | None) -> Words:
    """How it stands with one party."""
    if round_ is None:
        return Words(_("Er med"), "none")
    counts = room.texts.get(round_.id, {})
    match round_.state:
        case CalloutState.ACKNOWLEDGED:
            return Words(_answered(room, party, round_), "good")
        case CalloutState.CALLING:
            return _calling(round_, counts, is_late=room.is_late(round_))
        case CalloutState.EXHAUSTED:
            return Words(_("Ingen har svaret. Ring selv."), "bad", in_words(counts))
        case CalloutState.STOPPED:
            return Words(_("Tilkaldet blev stoppet, før nogen svarede"), "none", in_words(counts))
    if party.actor_id == room.incident.activator_actor_id:
        return Words(_("Aktiverede. En anden skrev det for dem."), "good")
    return _not_called(party, counts)


def in_words(counts: dict[DeliveryState, int]) -> str:
    """`2 sendt, 1 uvist om den kom frem`; empty when no text was made."""
    said = [f"{counts[state]} {_(LABELS[state])}" for state in DeliveryState if counts.get(state)]
    return _("Tekster: %(states)s", states=", ".join(said)) if said else ""


def _answered(room: Room, party: Participation, round_: Callout) -> str:
    when = moment(round_.answered_at) if round_.answered_at else ""
    if party.actor_id == room.incident.recorder_actor_id and round_.round == 1:
        return _("Tog imod politiets aktivering %(when)s", when=when)
    if party.actor_id == room.incident.activator_actor_id and round_.round == 1:
        return _("Aktiverede %(when)s", when=when)
    how = _(ANSWERED[round_.answered_how]) if round_.answered_how else ""
    if not round_.answered_label or room.hides_people_of(party.actor):
        return _("Har svaret %(when)s %(how)s", when=when, how=how)
    return _("Har svaret %(when)s %(how)s: %(who)s", when=when, how=how, who=round_.answered_label)


def _calling(round_: Callout, counts: dict[DeliveryState, int], *, is_late: bool) -> Words:
    since = moment(round_.started_at)
    note = in_words(counts)
    if any(counts.get(state) for state in LOST) and not any(counts.get(state) for state in ARRIVED):
        return Words(_("Tilkaldt %(when)s, men teksten kom ikke af sted. Ring selv.", when=since), "bad", note)
    if is_late:
        return Words(_("Tilkaldt %(when)s, men det er forsinket. Ring selv.", when=since), "bad", note)
    if not counts:
        return Words(_("Tilkaldt %(when)s: ringes kun af mennesker", when=since), "warn")
    return Words(_("Tilkaldt %(when)s, har ikke svaret", when=since), "warn", note)


def _not_called(party: Participation, counts: dict[DeliveryState, int]) -> Words:
    if party.call_level is CallLevel.WHEN_NEEDED:
        return Words(_("Er med ved behov, ikke tilkaldt"), "none")
    if any(counts.get(state) for state in ARRIVED):
        return Words(_("Har fået besked, skal ikke svare"), "none")
    if counts.get(D.QUEUED) or counts.get(D.SENDING):
        return Words(_("Besked er på vej, skal ikke svare"), "none", in_words(counts))
    return Words(_("Har ikke fået besked. Ring selv."), "warn", in_words(counts))


def name_of(room: Room, contact: Contact) -> str:
    """Name and function; for a volunteer who reads about another volunteer, the function alone."""
    if contact.is_volunteer and room.reader_is_volunteer and contact.actor_id != room.reader.actor.id:
        return contact.function or _("Frivillig")
    return f"{contact.name}, {contact.function}" if contact.function else contact.name


def numbers_of(room: Room, contact: Contact) -> list[str]:
    """What to dial. Volunteers are not given each other's numbers."""
    if contact.is_volunteer and room.reader_is_volunteer:
        return []
    return [p.address for p in contact.points if p.kind is not PointKind.EMAIL and p.dead_at is None]


def text_name(room: Room, text: Delivery) -> str:
    """Whom a text went to; not told to volunteers about others."""
    return _("en kontakt") if room.reader_is_volunteer else text.name or _("navnet er slettet")
