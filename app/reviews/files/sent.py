"""What was sent, in numbers: by call-out and by text, by channel and how it went. Never to whom."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from app.broadcasts.models import Broadcast
from app.broadcasts.states import PHASE_LABELS
from app.broadcasts.texts import as_sent, in_languages
from app.callout import queries as callouts
from app.extensions import db
from app.incidents.documents import document_of
from app.lib.i18n import _
from app.lib.languages import LANGUAGE_LABELS
from app.messaging.models import Delivery
from app.messaging.states import DeliveryState
from app.reviews.timeline import CHANNELS, STATE_WORDS, Course

Told = dict[str, Any]
WAITING = (DeliveryState.QUEUED, DeliveryState.SENDING)


def deliveries(course: Course) -> list[Told]:
    """One line for each call-out or text × channel × how it went. Nothing of a part that ended before the incident."""
    return [*_of_calls(course), *_of_texts(course)]


def texts(course: Course) -> list[Told]:
    """What left, word for word, in each language."""
    places = {seen.incident.id: number for number, seen in enumerate(course.parts)}
    return [
        {
            "part": places[one.incident_id], "number": one.number, "phase": _(PHASE_LABELS[one.phase]),
            "audiences": _audiences(one), "from": one.made_as.name, "queued_at": one.queued_at.isoformat(),
            "texts": [
                {"language": language.value, "called": _(LANGUAGE_LABELS[language]),
                 "text": as_sent(one.incident, text, language)}
                for language, text in in_languages(one).items()
            ],
        }
        for one in _left(course)
        if one.queued_at is not None
    ]  # fmt: skip


def _of_calls(course: Course) -> Iterator[Told]:
    for number, seen in enumerate(course.parts):
        if seen not in course.open_parts:
            continue
        rounds = {callouts.about(one): one.actor.name for one in callouts.callouts_of(seen.incident)}
        for about, channel, state, count in _counted(Delivery.about, list(rounds)):
            yield _told(number, _("Tilkald til %(who)s", who=rounds[about]), channel, state, count)


def _of_texts(course: Course) -> Iterator[Told]:
    places = {seen.incident.id: number for number, seen in enumerate(course.parts)}
    known = {one.group: one for one in _left(course)}
    for group, channel, state, count in _counted(Delivery.group, list(known)):
        one = known[group]
        what = _("Besked %(n)s til %(who)s", n=one.number, who=", ".join(_audiences(one)))
        yield _told(places[one.incident_id], what, channel, state, count)


def _left(course: Course) -> list[Broadcast]:
    of = [seen.incident.id for seen in course.open_parts]
    query = sa.select(Broadcast).where(Broadcast.incident_id.in_(of), Broadcast.queued_at.is_not(None))
    return list(db.session.scalars(query.order_by(Broadcast.queued_at, Broadcast.id)))


def _counted(column: Any, keys: list[str]) -> list[Any]:
    query = sa.select(column, Delivery.channel, Delivery.state, sa.func.count()).where(column.in_(keys))
    grouped = query.group_by(column, Delivery.channel, Delivery.state)
    return list(db.session.execute(grouped.order_by(column, Delivery.channel, Delivery.state)))


def _told(part: int, what: str, channel: str, state: DeliveryState, count: int) -> Told:
    how = _("venter") if state in WAITING else _(STATE_WORDS.get(state, state))
    return {"part": part, "what": what, "channel": _(CHANNELS.get(channel, channel)), "state": how, "count": count}


def _audiences(text: Broadcast) -> list[str]:
    known = [a.label[:1].lower() + a.label[1:] for a in document_of(text.incident).audiences if a.key in text.audiences]
    return known or [_("dem, der fik den første")]
