"""What each receiver reads: the Danish text, or the approved translation into their own language."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from app.broadcasts import queries
from app.broadcasts.models import Broadcast, Recipient
from app.broadcasts.rules import language_at
from app.broadcasts.states import Phase
from app.errors import Refused
from app.incidents.documents import document_of
from app.incidents.models import Incident
from app.incidents.texts import marked
from app.lib import clock, phone
from app.lib.i18n import N_, Reason
from app.lib.languages import RIGHT_TO_LEFT, Language
from app.lib.text import plain
from app.messaging.models import EXERCISE_MARK
from app.narrative.models import SharedMessage
from app.plans import messages as templates
from app.plans.document import MessageTemplate
from app.plans.vocabulary import FixedKey


def in_languages(broadcast: Broadcast) -> dict[Language, str]:
    """Every text that may go: the Danish one always, a translation once somebody has approved it for that Danish."""
    return {Language.DANISH: broadcast.text} | {one.language: one.text for one in broadcast.texts if one.goes}


def languages_at(
    broadcast: Broadcast, recipients: Iterable[Recipient]
) -> dict[tuple[str | None, object], Language]:
    """The one language that goes to each address, whoever shares it."""
    ready, spoken = in_languages(broadcast), defaultdict(set)
    for one in recipients:
        spoken[one.address, one.kind].add(one.language)
    return {address: language_at(wanted, ready) for address, wanted in spoken.items()}


def as_sent(incident: Incident, text: str, language: Language = Language.DANISH) -> str:
    """The text as it leaves: ØVELSE first, then the same word in the language, when the plan has it approved."""
    if language is Language.DANISH or not incident.is_exercise:
        return marked(incident, text)
    own = templates.approved_fixed(document_of(incident), FixedKey.EXERCISE, language)
    # On a line of its own, so that a phone lays the rest out from the right.
    gap = "\n" if language in RIGHT_TO_LEFT else " "
    return plain(f"{EXERCISE_MARK}.{gap}{f'{own.text}. ' if own else ''}{text}")


def values_of(incident: Incident, message: SharedMessage | None) -> dict[str, str]:
    """What the incident and its message say in a template's {braces}; empty where nobody has said it."""
    return {
        templates.AREA: incident.area.name,
        templates.PLACE: incident.place.name if incident.place else "",
        templates.LEADER: incident.leader.name,
        templates.PHONE: phone.spaced(incident.leader_phone) if incident.leader_phone else "",
        templates.CONTACT: message.contact if message else "",
        templates.NEXT_UPDATE: _when(message.next_update_at, message.made_at) if message else "",
    }


def _when(moment: datetime | None, said_at: datetime) -> str:
    # Beside the day it was said, so that the same version always reads the same.
    if moment is None:
        return ""
    here = clock.local(moment)
    return f"kl. {here:%H.%M}" if here.date() == clock.local(said_at).date() else f"{here:%d.%m.} kl. {here:%H.%M}"


def in_advance(broadcast: Broadcast, known: list[Broadcast] | None = None) -> MessageTemplate | None:
    """The wording that the police have let go in advance, when this is it: word by word, and the first they get.

    `known`: the incident's texts, where somebody has read them already.
    """
    incident = broadcast.incident
    if not incident.is_police_case or broadcast.phase is not Phase.FIRST or _have_heard(broadcast, known):
        return None
    values = {name: plain(value) for name, value in values_of(incident, broadcast.message).items()}
    return templates.released_in_advance(
        document_of(incident), incident.category_key, broadcast.audiences, broadcast.text, values
    )


def _have_heard(broadcast: Broadcast, known: list[Broadcast] | None) -> bool:
    all_ = queries.broadcasts_of(broadcast.incident) if known is None else known
    before = [b for b in all_ if b.queued_at and b.id != broadcast.id]
    return any(set(b.audiences) & set(broadcast.audiences) for b in before)


def demand_filled(text: str) -> None:
    """Raises Refused as long as something in braces stands open."""
    if names := templates.placeholders(text):
        raise Refused(Reason(N_("Udfyld først %(names)s i teksten."), {"names": in_braces(names)}))


def in_braces(names: Iterable[str]) -> str:
    """`{opgange}, {samlingssted}`."""
    return ", ".join(f"{{{name}}}" for name in names)
