"""An incident's live counters as columns of the question that asks for it anyway: a page reads them before its data."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from app.contacts.changes import CONTACTS
from app.incidents.log import TOPICS, topic_of
from app.incidents.models import Incident
from app.live.models import TopicCounter

# Beside what the room's panels live by: topics of which no poll tells, for what a page remembers.
UNTOLD = ("beside", "measures")

_incident, _counter = Incident.__table__, TopicCounter.__table__


def _version(topic: sa.ColumnElement[str]) -> Any:
    return sa.select(_counter.c.version).where(_counter.c.topic == topic).scalar_subquery()


def _of_incident(name: str) -> Any:
    # As `log.topic_of` names the topic; written out, since values to fill in cost each poll their time.
    begins, ends = (sa.literal_column(f"'{part}'", sa.String) for part in ("incident:", f":{name}"))
    return _version(begins + sa.cast(_incident.c.id, sa.String) + ends)


_CONTACTS = _version(sa.literal_column(f"'{CONTACTS}'", sa.String)).label(CONTACTS)


def columns(names: Iterable[str] = TOPICS) -> list[sa.ColumnElement[int]]:
    """The version of each of these topics of the incident, and of contacts, by their names; none stands at nothing."""
    return [*(_of_incident(name).label(name) for name in names), _CONTACTS]


def by_topic(incident_id: int, found: Mapping[Any, Any], names: Iterable[str] = TOPICS) -> dict[str, int]:
    """The same as `versions` answers it."""
    return {topic_of(incident_id, name): found[name] or 0 for name in names} | {CONTACTS: found[CONTACTS] or 0}
