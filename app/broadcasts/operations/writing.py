"""Compose, edit, send to release, cancel."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.areas.by import By
from app.broadcasts import queries
from app.broadcasts.models import Broadcast, BroadcastAuthor, Recipient
from app.broadcasts.narrowed import narrowed_to
from app.broadcasts.narrowing import Entrance
from app.broadcasts.operations.holding import called, hold, note, take
from app.broadcasts.operations.telling import ask_to_release
from app.broadcasts.operations.translating import void_outdated
from app.broadcasts.publishing import operations as publishing
from app.broadcasts.publishing.queries import goes_public
from app.broadcasts.recipients import gather
from app.broadcasts.states import CANCELLABLE, SENDABLE, WRITABLE, BroadcastState, Phase
from app.broadcasts.texts import demand_filled
from app.errors import Refused
from app.extensions import db
from app.incidents.access import Reader
from app.incidents.documents import document_of
from app.incidents.models import Incident
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.lib.text import plain
from app.narrative.models import SharedMessage
from app.narrative.queries import latest_message
from app.plans.tracks import may_write_broadcast


@dataclass(frozen=True)
class Typed:
    """What was chosen and written."""

    phase: Phase
    audiences: tuple[str, ...]
    text: str
    place_ids: tuple[int, ...] = ()
    not_cpr: bool = False
    entrances: tuple[Entrance, ...] = ()
    named: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    is_enough: bool = False
    is_public: bool = False  # on the area's public page and its info screens too


def compose(incident: Incident, reader: Reader, typed: Typed) -> Broadcast:
    """A draft made from the newest shared message. Raises Refused when there is none."""
    incident = hold(incident, reader, may_write_broadcast)
    broadcast = begin(incident, reader, typed)
    note(broadcast, f"skrevet til {_audiences(broadcast)}: {broadcast.text}", reader.by)
    return broadcast


def begin(incident: Incident, reader: Reader, typed: Typed, corrects: Broadcast | None = None) -> Broadcast:
    """A draft of the newest message, signed by its author."""
    broadcast = Broadcast(
        incident=incident, number=queries.next_number(incident), made_at=clock.now(), made_as=reader.actor,
        message=_newest(incident), state=BroadcastState.DRAFT, corrects=corrects,
    )  # fmt: skip
    _fill(broadcast, typed)
    db.session.add(broadcast)
    _sign(broadcast, reader.by)
    publishing.want(broadcast, is_public=typed.is_public)
    return broadcast


def edit(broadcast: Broadcast, reader: Reader, typed: Typed, *, version: int | None = None) -> None:
    """Another text or other receivers. One that waited for release must be sent there anew."""
    incident = take(broadcast, WRITABLE, version)
    hold(incident, reader, may_write_broadcast, after=broadcast.is_after)
    _fill(broadcast, typed)
    broadcast.message = latest_message(incident) if broadcast.is_carried else _newest(incident)
    broadcast.version += 1
    broadcast.state, broadcast.reason, broadcast.asked_at = BroadcastState.DRAFT, "", None
    thaw(broadcast)
    _sign(broadcast, reader.by)
    publishing.want(broadcast, is_public=typed.is_public)
    void_outdated(broadcast)
    note(broadcast, f"rettet. Til {_audiences(broadcast)}: {broadcast.text}", reader.by)


def reword(broadcast: Broadcast, reader: Reader, text: str, *, version: int, not_cpr: bool = False) -> int:
    """Other words to the same, made from the same message. Answers the version that it is now."""
    hold(take(broadcast, WRITABLE, version), reader, may_write_broadcast, after=broadcast.is_after)
    broadcast.text, broadcast.not_cpr = plain(text), broadcast.not_cpr or not_cpr
    broadcast.version += 1
    broadcast.state, broadcast.asked_at = BroadcastState.DRAFT, None
    thaw(broadcast)
    _sign(broadcast, reader.by)
    void_outdated(broadcast)
    note(broadcast, f"udfyldt: {broadcast.text}", reader.by)
    return broadcast.version


def send_to_release(
    broadcast: Broadcast, reader: Reader, *, planned_at: datetime | None = None, version: int | None = None
) -> None:
    """From here on the receivers are frozen. Raises Refused when nobody would get it."""
    incident = take(broadcast, SENDABLE, version)
    hold(incident, reader, may_write_broadcast, after=broadcast.is_after)
    demand_filled(broadcast.text)
    count = freeze(broadcast)
    broadcast.state, broadcast.reason = BroadcastState.AWAITING, ""
    broadcast.asked_at, broadcast.planned_at = clock.now(), planned_at
    when = f" Sendes tidligst {clock.local(planned_at):%d.%m. kl. %H.%M}." if planned_at else ""
    note(broadcast, f"sendt til frigivelse. {count} modtagere.{when}", reader.by, receivers=count)
    ask_to_release(broadcast, reader.actor)


def cancel(broadcast: Broadcast, reader: Reader, reason: str, *, not_cpr: bool = False) -> None:
    """It will not be sent; it stays to be read."""
    incident = take(broadcast, CANCELLABLE)
    hold(incident, reader, may_write_broadcast, after=broadcast.is_after)
    broadcast.state, broadcast.reason = BroadcastState.CANCELLED, reason
    broadcast.not_cpr = broadcast.not_cpr or not_cpr
    note(broadcast, f"annulleret: {reason}", reader.by)


def freeze(broadcast: Broadcast) -> int:
    """Write down who gets it. Answers to how many addresses."""
    rows = list(_inherited(broadcast) if broadcast.inherits else _gathered(broadcast))
    addresses = {(row["address"], row["kind"]) for row in rows if row["address"]}
    if not addresses and not goes_public(broadcast):
        raise Refused(Reason(N_("Ingen modtager har et nummer eller en mailadresse. Tilføj kontakter, eller ring.")))
    thaw(broadcast)
    if rows:
        db.session.execute(sa.insert(Recipient), rows)
    return len(addresses)


def _gathered(broadcast: Broadcast) -> Iterator[dict[str, Any]]:
    incident = broadcast.incident
    had = queries.had_before(broadcast)
    found = gather(incident, document_of(incident), broadcast.audiences, broadcast.narrowing, had)
    broadcast.police_left_out = len(found.police)
    return (target.as_row(broadcast.id) for target in found.all)


def _inherited(broadcast: Broadcast) -> Iterator[dict[str, Any]]:
    names = ("audience_key", "contact_id", "name", "address", "kind", "language")
    for one in queries.inherited(broadcast):
        yield {"broadcast_id": broadcast.id} | {name: getattr(one, name) for name in names}


def thaw(broadcast: Broadcast) -> None:
    """Nobody is written down; whoever belongs to the audiences then is written down the next time."""
    db.session.flush()
    db.session.execute(sa.delete(Recipient).where(Recipient.broadcast_id == broadcast.id))


def _newest(incident: Incident) -> SharedMessage:
    newest = latest_message(incident)
    if newest is None:
        raise Refused(Reason(N_("Skriv det fælles budskab først. Beskeder laves af det.")))
    return newest


def _fill(broadcast: Broadcast, typed: Typed) -> None:
    broadcast.phase, broadcast.text, broadcast.not_cpr = typed.phase, plain(typed.text), typed.not_cpr
    broadcast.audiences, broadcast.place_ids = list(typed.audiences), list(typed.place_ids)
    broadcast.entrances = [[place, name] for place, name in typed.entrances]
    broadcast.named = {key: list(ids) for key, ids in typed.named.items() if key in typed.audiences and ids}
    broadcast.is_enough = typed.is_enough


def _sign(broadcast: Broadcast, by: By) -> None:
    if by.user.id not in broadcast.author_ids:
        broadcast.authors.append(BroadcastAuthor(user_id=by.user.id, actor_id=by.actor.id))
    db.session.flush()


def _audiences(broadcast: Broadcast) -> str:
    """As the log says it: volunteers by what they are."""
    names = called(document_of(broadcast.incident), broadcast.audiences)
    only = narrowed_to(broadcast.incident, broadcast, None, lambda contact: contact.called)
    return f"{names} (kun {only})" if only else names
