"""The course from the first tap to the last, over a switch too: the log and what was sent, as one reader may see it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.broadcasts.models import Broadcast
from app.broadcasts.states import PHASE_LABELS
from app.callout import queries as callouts
from app.callout.models import Callout
from app.extensions import db
from app.incidents.access import Seen
from app.incidents.documents import document_of
from app.incidents.names import author_of
from app.lib.i18n import N_, _
from app.logbook.kinds import LABELS, Kind
from app.logbook.models import LogEntry
from app.messaging.models import Delivery
from app.messaging.states import DeliveryState
from app.plans.tracks import may_see_entry
from app.plans.vocabulary import SHARING_LEVEL_LABELS, SharingLevel, Track
from app.reviews.moments import Key
from app.templating import clock_time

PAGE = 100


class Sort(StrEnum):
    """What to look at alone."""

    DECISIONS = "decisions"
    ANSWERS = "answers"
    TASKS = "tasks"
    KNOWN = "known"
    MESSAGES = "messages"
    SENT = "sent"


SORT_LABELS = {
    Sort.DECISIONS: N_("Beslutninger"),
    Sort.ANSWERS: N_("Svar og kvitteringer"),
    Sort.TASKS: N_("Opgaver"),
    Sort.KNOWN: N_("Oplysninger og situationsbilleder"),
    Sort.MESSAGES: N_("Beskeder"),
    Sort.SENT: N_("Afsendelser"),
}

KINDS: Mapping[Sort, frozenset[Kind]] = {
    Sort.DECISIONS: frozenset(
        {Kind.ACTIVATION, Kind.DECISION, Kind.OMISSION, Kind.INSTRUCTION, Kind.AGREEMENT, Kind.SUCCESSION,
         Kind.STAND_DOWN}
    ),
    Sort.ANSWERS: frozenset({Kind.CONTACT, Kind.REPLY}),
    Sort.TASKS: frozenset({Kind.TASK}),
    Sort.KNOWN: frozenset({Kind.FACT, Kind.CORRECTION}),
    Sort.MESSAGES: frozenset({Kind.MESSAGE, Kind.PRESS}),
    Sort.SENT: frozenset(),
}  # fmt: skip

STATE_WORDS = {
    DeliveryState.SENT: N_("sendt"),
    DeliveryState.DELIVERED: N_("leveret"),
    DeliveryState.FAILED: N_("slog fejl"),
    DeliveryState.UNCERTAIN: N_("uvist"),
    DeliveryState.EXPIRED: N_("udløbet"),
    DeliveryState.CANCELLED: N_("stoppet"),
}


CHANNELS = {"twilio_sms": N_("sms"), "twilio_voice": N_("telefon"), "smtp": N_("mail")}


class Filter(NamedTuple):
    """What is looked at: one sort, one party, or everything."""

    sort: Sort | None = None
    party: str = ""

    @property
    def narrows(self) -> bool:
        return self.sort is not None or bool(self.party)


@dataclass(frozen=True)
class Line:
    """An entry or something sent; or why an entry is withheld: then only its number and hash are shown."""

    key: Key
    seen: Seen
    author: str
    entry: LogEntry | None = None
    text: str = ""
    withheld: str | None = None

    @property
    def id(self) -> str:
        return self.key.name

    @property
    def at(self) -> datetime:
        return self.key.at

    @property
    def kind(self) -> str:
        return LABELS[self.entry.kind] if self.entry is not None else N_("Afsendt")

    @property
    def sharing(self) -> str | None:
        if self.entry is None or self.entry.sharing is SharingLevel.PARTIES:
            return None
        return SHARING_LEVEL_LABELS[self.entry.sharing]

    @property
    def track(self) -> Track:
        return self.seen.incident.track


@dataclass(frozen=True)
class Timeline:
    """One page, oldest first. `later` is the place to go on from, None on the last page."""

    lines: list[Line]
    later: str | None


class Course:
    """The incidents of a course that the reader may see, and what lies in them. A fixed number of questions a page."""

    def __init__(self, parts: list[Seen]) -> None:
        self.parts = parts
        self.by_chain = {one.incident.chain_id: one for one in parts}
        self.chains = sorted(self.by_chain)

    def key(self, token: str) -> Key | None:
        """The place that stands in an address."""
        return Key.from_token(token, self._id_of_call)

    def place(self, ref: str) -> Key | None:
        """Where a figure's line is, when it lies in the course that the reader may see."""
        if ref.startswith("c-"):
            sent = db.session.scalar(sa.select(Delivery).where(Delivery.public_id == ref[2:]))
            if sent is None or sent.sent_at is None or sent.about not in self._rounds:
                return None
            return Key(sent.sent_at, "s", 0, sent.id, sent.public_id)
        public, _dash, seq = ref[2:].rpartition("-")
        chain = next((c for c, seen in self.by_chain.items() if seen.incident.chain.public_id == public), None)
        if chain is None or not seq.isdecimal() or len(seq) > 9:
            return None
        entry = db.session.get(LogEntry, (chain, int(seq)))
        return self._key(entry) if entry else None

    def _key(self, entry: LogEntry) -> Key:
        return Key(entry.at, "e", self.chains.index(entry.chain_id), entry.seq)

    def _id_of_call(self, public_id: str) -> int | None:
        return db.session.scalar(sa.select(Delivery.id).where(Delivery.public_id == public_id))

    def page(self, after: Key | None, only: Filter, size: int = PAGE) -> Timeline:
        """So many items from this place on."""
        found = [*self._entries(after, only, size + 1), *self._calls(after, only, size + 1), *self._texts(after, only)]
        found.sort(key=lambda line: line.key)
        shown = found[:size]
        return Timeline(shown, shown[-1].key.token if len(found) > size else None)

    # ---- the log -----------------------------------------------------------------------------------------------

    def _entries(self, after: Key | None, only: Filter, limit: int) -> list[Line]:
        if only.sort is Sort.SENT:
            return []
        query = sa.select(LogEntry).where(LogEntry.chain_id.in_(self.by_chain))
        if after is not None:
            chain = self.chains[min(after.part, len(self.chains) - 1)]
            further = sa.and_(LogEntry.chain_id == chain, LogEntry.seq > after.id)
            query = query.where(after.beyond("e", LogEntry.at, LogEntry.chain_id > chain, further))
        if only.sort is not None:
            query = query.where(LogEntry.kind.in_(KINDS[only.sort]))
        if only.party:
            query = query.where(LogEntry.author_actor_key == only.party)
        if only.narrows:
            query = query.where(self.readable)
        entries = db.session.scalars(query.order_by(LogEntry.at, LogEntry.chain_id, LogEntry.seq).limit(limit))
        return [self._line(entry) for entry in entries]

    @property
    def readable(self) -> sa.ColumnElement[bool]:
        """`may_see_entry` as a condition: whose a withheld entry is must not show by what it is found under."""
        return sa.or_(*(_readable(seen) for seen in self.parts))

    def _line(self, entry: LogEntry) -> Line:
        # Judged by the facts the incident was reached with, so a part that ended stays ended.
        seen = self.by_chain[entry.chain_id]
        ruling = may_see_entry(
            entry.sharing, entry.author_organisation_key, seen.reader.who, seen.facts, entry.recorded_at
        )
        key = self._key(entry)
        author = author_of(entry, seen.incident, seen.reader.actor)
        return Line(key, seen, author, entry) if ruling else Line(key, seen, "", entry, withheld=str(ruling.reason))

    # ---- what was sent -----------------------------------------------------------------------------------------

    @property
    def open_parts(self) -> list[Seen]:
        """Those that the reader is not cut off from: of a part that ended, nothing sent is listed."""
        return [seen for seen in self.parts if not is_cut(seen)]

    @cached_property
    def _rounds(self) -> dict[str, tuple[Seen, Callout]]:
        found = {}
        for seen in self.open_parts:
            for one in callouts.callouts_of(seen.incident):
                found[callouts.about(one)] = (seen, one)
        return found

    def _calls(self, after: Key | None, only: Filter, limit: int) -> Iterator[Line]:
        if only.sort not in (None, Sort.SENT):
            return
        rounds = {about: one for about, one in self._rounds.items() if only.party in ("", one[1].actor.key)}
        row = (Delivery.id, Delivery.public_id, Delivery.about, Delivery.sent_at, Delivery.channel, Delivery.state)
        query = sa.select(*row)
        query = query.where(Delivery.about.in_(rounds), Delivery.sent_at.is_not(None))
        if after is not None:
            query = query.where(after.beyond("s", Delivery.sent_at, Delivery.id > after.id))
        for id_, public_id, about, sent_at, channel, state in db.session.execute(
            query.order_by(Delivery.sent_at, Delivery.id).limit(limit)
        ):
            if sent_at is None:  # the query asks for none of them
                continue
            seen, round_ = rounds[about]
            whom = f"{round_.actor.name} ({_(CHANNELS[channel])})" if channel in CHANNELS else round_.actor.name
            words = _("Tilkald til %(who)s: %(state)s", who=whom, state=_(STATE_WORDS.get(state, state)))
            yield Line(Key(sent_at, "s", 0, id_, public_id), seen, _("Systemet"), text=words)

    @cached_property
    def _left(self) -> list[tuple[Seen, Broadcast, Any]]:
        """Each text that left, with how many went out, and from when to when."""
        of = {seen.incident.id: seen for seen in self.open_parts}
        query = sa.select(Broadcast).where(Broadcast.incident_id.in_(of), Broadcast.queued_at.is_not(None))
        texts = {one.group: one for one in db.session.scalars(query)}
        lost = sa.func.sum(sa.case((Delivery.state == DeliveryState.FAILED, 1), else_=0))
        counted = (
            sa.select(
                Delivery.group, sa.func.count(), sa.func.min(Delivery.sent_at), sa.func.max(Delivery.sent_at), lost
            )
            .where(Delivery.group.in_(texts), Delivery.sent_at.is_not(None))
            .group_by(Delivery.group)
        )
        rows = db.session.execute(counted)
        return [(of[texts[row[0]].incident_id], texts[row[0]], row) for row in rows]

    def _texts(self, after: Key | None, only: Filter) -> Iterator[Line]:
        if only.sort not in (None, Sort.SENT):
            return
        for seen, text, (_group, count, first, last, lost) in self._left:
            key = Key(first, "t", self.chains.index(seen.incident.chain_id), text.number)
            if (after is not None and key <= after) or only.party not in ("", text.made_as.key):
                continue
            words = _(
                "Besked %(number)s (%(phase)s) til %(who)s: %(n)s sendt, den sidste kl. %(last)s",
                number=text.number, phase=_(PHASE_LABELS[text.phase]), who=_audiences(seen, text), n=count,
                last=clock_time(last),
            )  # fmt: skip
            if lost:
                words += ". " + _("%(n)s slog fejl", n=lost)
            yield Line(key, seen, text.made_as.name, text=words)


def _readable(seen: Seen) -> sa.ColumnElement[bool]:
    who, facts = seen.reader.who, seen.facts
    mine = LogEntry.chain_id == seen.incident.chain_id
    if not who.only_reads and who.organisation is not None:
        shared: sa.ColumnElement[bool] = sa.or_(
            LogEntry.sharing != SharingLevel.OWN_ORGANISATION, LogEntry.author_organisation_key == who.organisation
        )
    else:
        shared = LogEntry.sharing != SharingLevel.OWN_ORGANISATION
    ended = facts.ended_participants.get(who.actor_key or "")
    if who.actor_key not in facts.participants and ended is not None:
        return sa.and_(mine, shared, LogEntry.recorded_at <= ended)
    return sa.and_(mine, shared)


def is_cut(seen: Seen) -> bool:
    """The reader's part ended before the incident did: what came after is not theirs."""
    key, facts = seen.reader.who.actor_key or "", seen.facts
    ended = facts.ended_participants.get(key)
    if key in facts.participants or ended is None:
        return False
    return seen.incident.ended_at is None or ended < seen.incident.ended_at


def _audiences(seen: Seen, text: Broadcast) -> str:
    document = document_of(seen.incident)
    known = [a.label[:1].lower() + a.label[1:] for a in document.audiences if a.key in text.audiences]
    return ", ".join(known) or _("dem, der fik den første")
