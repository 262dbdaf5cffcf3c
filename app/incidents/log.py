"""Writing in an incident's log, and the live topics of its room."""

from datetime import datetime
from typing import Any

from app.areas.by import By
from app.incidents.models import Incident
from app.live.operations import raise_topics
from app.logbook import operations as logbook
from app.logbook.kinds import Kind
from app.logbook.models import LogEntry
from app.logbook.operations import SYSTEM, Author
from app.plans.vocabulary import SharingLevel, Track

# The room's panels that live by themselves; `state` is band, status and countdown.
TOPICS = ("state", "parties", "tasks", "log", "narrative", "direction", "informed")


def topic(incident: Incident, name: str) -> str:
    """The live topic of one panel of one incident's room."""
    return topic_of(incident.id, name)


def topic_of(incident_id: int, name: str) -> str:
    """The same by the incident's id."""
    return f"incident:{incident_id}:{name}"


def front_topics(area_id: int, track: Track, *, is_glimpsed: bool = True) -> tuple[str, ...]:
    """The live topics of the area's front page: the parties', and that of those who have a glimpse of the track."""
    whole = f"front:{area_id}:{track}"
    return (whole, f"glimpse:{area_id}:{track}") if is_glimpsed else (whole,)


def changed(incident: Incident, *names: str) -> None:
    """These panels show something new; so does the front page, also to outsiders when they have a glimpse of it."""
    is_glimpsed = not (incident.glimpse_closed or incident.is_exercise)
    front = front_topics(incident.area_id, incident.track, is_glimpsed=is_glimpsed)
    raise_topics(*(topic(incident, name) for name in names), *front)


def author(by: By | None) -> Author:
    """The log's author for a person, or for the system itself."""
    if by is None:
        return SYSTEM
    return Author(
        user_id=by.user.id,
        actor_key=by.actor.key,
        organisation_key=by.actor.organisation.key,
        label=by.label,
    )


def write(
    incident: Incident,
    kind: Kind,
    text: str,
    *,
    by: By | None,
    sharing: SharingLevel = SharingLevel.PARTIES,
    at: datetime | None = None,
    on_behalf_of: str | None = None,
    data: dict[str, Any] | None = None,
    corrects: LogEntry | None = None,
    not_cpr: bool = False,
) -> LogEntry:
    """Append to the incident's chain; `by=None` is the system. Raises what logbook.append raises."""
    entry = logbook.append(
        incident.chain,
        kind=kind,
        text=text,
        by=author(by),
        sharing=sharing,
        at=at,
        on_behalf_of=on_behalf_of,
        data=data,
        corrects=corrects,
        not_cpr=not_cpr,
    )
    changed(incident, "log")
    return entry
