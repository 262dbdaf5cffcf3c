"""What is searched, each through the one query that knows what the reader reaches, newest first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import url_for

from app.areas.models import Place
from app.broadcasts.models import Broadcast
from app.broadcasts.states import STATE_LABELS
from app.extensions import db
from app.incidents.access import Reader, reachable
from app.incidents.facts import facts_of
from app.incidents.models import Incident, Participation
from app.incidents.names import author_of
from app.lib.i18n import N_, _
from app.logbook.models import LogEntry
from app.measures.access import visible
from app.measures.models import Measure
from app.measures.vocabulary import STATUS_LABELS as MEASURE_STATUS
from app.plans.queries import plan_for
from app.plans.tracks import may_enter_room, may_see_entry
from app.plans.vocabulary import STATUS_LABELS, SharingLevel
from app.room.running import category_label
from app.room.search.words import Words, plain

PAGE = 20
CHUNK = 100  # rows asked for at a time: what does not fit after all is left out
MOST_CHUNKS = 20


@dataclass(frozen=True)
class Hit:
    """One thing that was found. `place` says where the next page begins."""

    title: str
    note: str
    url: str
    place: str
    is_exercise: bool = False
    at: datetime | None = None


@dataclass(frozen=True)
class Found:
    """A page of hits; `after` is empty on the last one."""

    hits: list[Hit]
    after: str


def incidents(reader: Reader, words: Words, after: str) -> Found:
    """By what the list of earlier incidents shows of them."""
    named = words.each(Incident.what, Incident.where_note, _place_name())
    query = reachable(reader).where(
        sa.and_(*(sa.or_(text, Incident.category_key.in_(_categories(reader, part))) for part, text in named))
    )
    if last := _in(reachable(reader), Incident, after):
        query = query.where(_before((Incident.activated_at, Incident.id), (last.activated_at, last.id)))

    def hit(one: Incident) -> Hit | None:
        if not words.fit(one.what, one.where, sort := category_label(one)):
            return None
        note = f"{sort} · {one.where} · {_(STATUS_LABELS[one.status])}"
        url = url_for("incident.show", public_id=one.public_id)
        return Hit(one.what, note, url, one.public_id, one.is_exercise, one.activated_at)

    return _page(query.order_by(None).order_by(Incident.activated_at.desc(), Incident.id.desc()), hit)


def entries(reader: Reader, words: Words, after: str) -> Found:
    """Texts of the log: the rule `may_see_entry` as a query, and asked again for each that was found."""
    mine = reachable(reader).order_by(None)
    shared = LogEntry.sharing != SharingLevel.OWN_ORGANISATION
    if reader.who.organisation is not None and not reader.who.only_reads:
        shared = sa.or_(shared, LogEntry.author_organisation_key == reader.who.organisation)
    took_part = sa.exists().where(
        Participation.incident_id == Incident.id, Participation.actor_id == reader.actor.id,
        sa.or_(Participation.ended_at.is_(None), LogEntry.recorded_at <= Participation.ended_at),
    )  # fmt: skip
    query = sa.select(LogEntry, Incident).join(Incident, Incident.chain_id == LogEntry.chain_id)
    query = query.where(Incident.id.in_(mine.with_only_columns(Incident.id)), shared, took_part)
    query = query.where(words.within(LogEntry.content))
    place, _dash, seq = after.rpartition(".")
    if (last := _in(reachable(reader), Incident, place)) and seq.isdecimal():
        entry = db.session.get(LogEntry, (last.chain_id, int(seq[:9])))
        if entry is not None:
            there = (entry.recorded_at, entry.chain_id, entry.seq)
            query = query.where(_before((LogEntry.recorded_at, LogEntry.chain_id, LogEntry.seq), there))

    def hit(entry: LogEntry, incident: Incident) -> Hit | None:
        seeing = may_see_entry(
            entry.sharing, entry.author_organisation_key, reader.who, facts_of(incident), entry.recorded_at
        )
        if not seeing or not words.fit(entry.text or ""):
            return None
        note = f"{incident.what} · {author_of(entry, incident, reader.actor)}"
        url = url_for("incident.entry", public_id=incident.public_id, seq=entry.seq)
        return Hit(
            entry.text or "", note, url, f"{incident.public_id}.{entry.seq}", incident.is_exercise, entry.recorded_at
        )

    newest = (LogEntry.recorded_at.desc(), LogEntry.chain_id.desc(), LogEntry.seq.desc())
    return _page(query.order_by(*newest), hit)


def messages(reader: Reader, words: Words, after: str) -> Found:
    """Texts to audiences, of incidents that the reader takes part in now: their pages are in the room."""
    inside = sa.exists().where(
        Participation.incident_id == Incident.id, Participation.actor_id == reader.actor.id,
        Participation.ended_at.is_(None),
    )  # fmt: skip
    mine = reachable(reader).order_by(None).where(inside).with_only_columns(Incident.id)
    reached = sa.select(Broadcast).where(Broadcast.incident_id.in_(mine))
    query = reached.join(Incident, Incident.id == Broadcast.incident_id).add_columns(Incident)
    query = query.where(words.within(Broadcast.text))
    if last := _in(reached, Broadcast, after):
        query = query.where(Broadcast.id < last.id)

    def hit(text: Broadcast, incident: Incident) -> Hit | None:
        if not may_enter_room(reader.who, facts_of(incident)) or not words.fit(text.text):
            return None
        note = f"{incident.what} · {_('Besked')} {text.number} · {_(STATE_LABELS[text.state])}"
        url = url_for("broadcasts.broadcast", public_id=incident.public_id, broadcast_id=text.public_id)
        return Hit(text.text, note, url, text.public_id, incident.is_exercise, text.queued_at)

    return _page(query.order_by(Broadcast.id.desc()), hit)


def measures(reader: Reader, words: Words, after: str) -> Found:
    """By their title and what is done."""
    query = visible(reader).where(words.within(Measure.title, Measure.what))
    if last := _in(visible(reader), Measure, after):
        query = query.where(Measure.id < last.id)

    def hit(one: Measure) -> Hit | None:
        if not words.fit(one.title, one.what):
            return None
        note = f"{one.owner.name} · {_(MEASURE_STATUS[one.status])}"
        return Hit(one.title, note, url_for("measures.show", measure_id=one.public_id), one.public_id)

    return _page(query.order_by(Measure.id.desc()), hit)


SOURCES = {
    "incidents": (N_("Hændelser"), incidents),
    "log": (N_("Loggen"), entries),
    "messages": (N_("Beskeder"), messages),
    "measures": (N_("Tiltag"), measures),
}


def _page(query: sa.Select[*tuple[Any, ...]], hit: Callable[..., Hit | None]) -> Found:
    hits: list[Hit] = []
    for one in _hits(query, hit):
        if len(hits) == PAGE:
            return Found(hits, hits[-1].place)
        hits.append(one)
    return Found(hits, "")


def _hits(query: sa.Select[*tuple[Any, ...]], hit: Callable[..., Hit | None]) -> Iterator[Hit]:
    for chunk in range(MOST_CHUNKS):
        rows = db.session.execute(query.limit(CHUNK).offset(chunk * CHUNK)).all()
        yield from (one for row in rows if (one := hit(*row)) is not None)
        if len(rows) < CHUNK:
            return


def _in(reached: sa.Select[Any], of: Any, public_id: str) -> Any:
    """Through what the reader reaches, so that a foreign id says nothing."""
    return db.session.scalar(reached.where(of.public_id == public_id)) if public_id else None


def _before(columns: tuple[Any, ...], there: tuple[Any, ...]) -> sa.ColumnElement[bool]:
    values = [sa.literal(value, column.type) for column, value in zip(columns, there, strict=True)]
    return sa.tuple_(*columns) < sa.tuple_(*values)


def _categories(reader: Reader, part: str) -> list[str]:
    """Whose names the area's plan spells with it."""
    return [one.key for one in plan_for(reader.area).document.categories if part in plain(one.label)]


def _place_name() -> sa.ScalarSelect[str]:
    return sa.select(Place.name).where(Place.id == Incident.place_id).correlate(Incident).scalar_subquery()
