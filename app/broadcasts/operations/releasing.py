"""The second pair of eyes: release, give back; and one alone when nobody else is there."""

from datetime import datetime

from app.broadcasts import queries
from app.broadcasts.models import Broadcast
from app.broadcasts.operations.holding import hold, note, take
from app.broadcasts.operations.sending import let_go
from app.broadcasts.operations.telling import others, tell
from app.broadcasts.operations.writing import freeze
from app.broadcasts.residents import demand_data_protection
from app.broadcasts.states import AWAITING, WRITABLE, BroadcastState, ReleaseKind
from app.broadcasts.texts import demand_filled, in_advance
from app.direction.models import PoliceActKind
from app.direction.police_word import PoliceSaid, record
from app.incidents.access import Reader
from app.incidents.models import Incident
from app.lib import clock
from app.lib.languages import LANGUAGE_LABELS
from app.plans.tracks import may_break_glass, may_release, may_return_broadcast
from app.plans.vocabulary import POLICE, Track


def release(
    broadcast: Broadcast, reader: Reader, *, version: int, said: PoliceSaid | None = None,
    planned_at: datetime | None = None,
) -> None:  # fmt: skip
    """Off it goes, now or at its planned time. `said`: it was read aloud to the police, who said yes.

    `planned_at`: whoever releases it lets it wait until then; None: as its author wanted.
    Raises Refused when the text was edited after `version`, or when it is not theirs to say.
    """
    incident = take(broadcast, AWAITING, version)
    free, exact = queries.is_free(broadcast), in_advance(broadcast) is not None
    hold(
        incident, reader, may_release, broadcast.author_ids, on_behalf=said is not None, standing_release=free,
        released_in_advance=exact, after=broadcast.is_after,
    )  # fmt: skip
    demand_data_protection(broadcast)
    kind = _kind(incident, reader, free=free, exact=exact, said=said)
    if kind is ReleaseKind.PHONED and said is not None:
        broadcast.police_act = record(incident, PoliceActKind.RELEASE, said, by=reader.by)
    _stamp(broadcast, reader, kind)
    broadcast.planned_at = planned_at or broadcast.planned_at
    let_go(broadcast)
    behalf = said.in_the_log if kind is ReleaseKind.PHONED and said else None
    said_so = f"frigivet{_when(broadcast)}: {_all_texts(broadcast)}"
    note(broadcast, said_so, reader.by, on_behalf_of=behalf, release=kind.value)


def _when(broadcast: Broadcast) -> str:
    waits = broadcast.planned_at if broadcast.state is BroadcastState.RELEASED else None
    return f", sendes {clock.local(waits):%d.%m. kl. %H.%M}" if waits else ""


def _all_texts(broadcast: Broadcast) -> str:
    ready = [one for one in broadcast.texts if one.goes]
    others = [f"På {LANGUAGE_LABELS[one.language]}, godkendt af {one.approver}: {one.text}" for one in ready]
    return "\n".join([broadcast.text, *others])


def _kind(
    incident: Incident, reader: Reader, *, free: bool, exact: bool, said: PoliceSaid | None
) -> ReleaseKind:
    if incident.track is not Track.POLICE or reader.actor.key == POLICE:
        return ReleaseKind.OWN
    if free:
        return ReleaseKind.STANDING
    if exact:
        return ReleaseKind.IN_ADVANCE
    return ReleaseKind.PHONED if said else ReleaseKind.OWN


def _stamp(broadcast: Broadcast, reader: Reader, kind: ReleaseKind) -> None:
    broadcast.released_at, broadcast.release_kind = clock.now(), kind
    broadcast.released_by_id, broadcast.released_as = reader.user.id, reader.actor


def give_back(
    broadcast: Broadcast, reader: Reader, reason: str, *, version: int | None = None, not_cpr: bool = False
) -> None:
    """Its authors are told what to mend."""
    incident = take(broadcast, AWAITING, version)
    hold(incident, reader, may_return_broadcast, after=broadcast.is_after)
    broadcast.state, broadcast.reason = BroadcastState.RETURNED, reason
    broadcast.not_cpr = broadcast.not_cpr or not_cpr
    note(broadcast, f"returneret: {reason}", reader.by)
    for actor in {author.actor for author in broadcast.authors}:
        tell(broadcast, actor, f"Besked {broadcast.number} er returneret: {reason}", f"returned:{broadcast.version}")


def break_glass(
    broadcast: Broadcast, reader: Reader, reason: str, *, version: int | None = None, not_cpr: bool = False
) -> None:
    """Sent at once by one person, who says why. The leader, or whoever else is there, is asked to look."""
    incident = take(broadcast, WRITABLE, version)
    hold(incident, reader, may_break_glass, after=broadcast.is_after)
    demand_filled(broadcast.text)
    demand_data_protection(broadcast)
    if broadcast.state is not BroadcastState.AWAITING:
        freeze(broadcast)
        broadcast.asked_at = clock.now()
    broadcast.reason, broadcast.planned_at = reason, None
    broadcast.not_cpr = broadcast.not_cpr or not_cpr
    _stamp(broadcast, reader, ReleaseKind.BREAK_GLASS)
    let_go(broadcast)
    note(broadcast, f"sendt af én alene: {reason}. {_all_texts(broadcast)}", reader.by, release="break_glass")
    for n, actor in enumerate(others(incident, reader.actor)):
        text = f"Besked {broadcast.number} er sendt uden frigivelse af {reader.actor.name}. Læs den nu."
        tell(broadcast, actor, text, "alone", send=n == 0)
