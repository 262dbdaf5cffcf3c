"""Whose name stands where: volunteers do not learn each other's names here, the others do."""

from app.areas.by import By
from app.areas.models import Actor
from app.incidents.models import Incident
from app.lib.i18n import _
from app.logbook.models import LogEntry
from app.logbook.reading import Entry


def are_hidden(reader: Actor, actor: Actor) -> bool:
    """Whether somebody of `reader` is kept from the names of those of `actor`; those of their own they know."""
    return reader.id != actor.id and reader.is_civil and actor.is_civil


def author_of(entry: LogEntry, incident: Incident, reader: Actor) -> str:
    """Who wrote it, as this reader may know it."""
    wrote = next((p.actor for p in incident.participations if p.actor.key == entry.author_actor_key), None)
    return author_among(entry, wrote, reader)


def author_among(entry: LogEntry | Entry, wrote: Actor | None, reader: Actor) -> str:
    """The same for many entries. `wrote` is the actor of the incident that it was written for, if it takes part."""
    if wrote is not None and are_hidden(reader, wrote):
        return wrote.name
    return entry.author_label or _("Navnet er slettet")


def in_words(by: By) -> str:
    """A person as texts that are kept may name them: of volunteers, their actor alone."""
    return by.actor.name if by.actor.is_civil else by.label
