"""Why a contact is where it is, in words: in an audience, on the list at all, and outside every B."""

from app.contacts.models import SOURCE_WORDS, AudienceMember, Contact
from app.lib.i18n import _
from app.templating import day


def in_audience(member: AudienceMember) -> str:
    """What was written down when it joined; for older ones what can be told from the contact."""
    contact = member.contact
    if member.why:
        return member.why
    if contact.actor is not None:
        return _("kontakt for %(actor)s", actor=contact.actor.name)
    if contact.function:
        return _("i kraft af funktionen: %(function)s", function=contact.function)
    return _("ikke skrevet ned")


def is_police(contact: Contact, police: frozenset[str]) -> str:
    """Empty when it is not. Nothing of an incident without the police goes to whoever has one of these."""
    if contact.actor is not None and contact.actor.is_police:
        return _("kontakt for %(actor)s", actor=contact.actor.name)
    if contact.is_police:
        return _("mærket politi her på listen")
    if any(point.address in police for point in contact.points):
        return _("deler nummer eller mail med politiet")
    return ""


def on_list(contact: Contact) -> str:
    """Where the number comes from."""
    if contact.source is None:
        return _("Ikke skrevet ned")
    words = _(SOURCE_WORDS[contact.source])
    return _("%(words)s, %(day)s", words=words, day=day(contact.source_at)) if contact.source_at else words


def by_hand(actor_name: str, when: str) -> str:
    """Kept with an audience that somebody ticked."""
    return f"valgt i hånden af {actor_name}, {when}"[:200]
