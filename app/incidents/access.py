"""What a person can reach. An incident is fetched through here alone; what is out of reach does not exist."""

from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from flask import abort, g, request
from flask_login import current_user
from sqlalchemy.orm import lazyload

from app.accounts.models import User
from app.accounts.permissions import Permission
from app.areas import acting
from app.areas.by import By
from app.areas.grants import role_grants
from app.areas.models import Actor, Area
from app.areas.roles import Role
from app.contacts.queries import police_addresses
from app.errors import Refused
from app.extensions import db
from app.incidents import counters
from app.incidents.facts import facts_of, who
from app.incidents.log import TOPICS
from app.incidents.models import ColleaguePass, Incident, Participation
from app.lib import clock
from app.live.remembered import read_along
from app.messaging.providers import OUTAGES, known_since
from app.messaging.queries import LAST_SIGN
from app.plans.tracks import IncidentFacts, Who, may_enter_room, may_see_incident
from app.plans.tracks.facts import ROOM_ROLES
from app.plans.vocabulary import Track

# Who leads and who activated take part, and come with the participations. Whether anything is sent, each page says;
# and what it remembers is known by the counters.
_COUNTED = (*TOPICS, *counters.UNTOLD)
_INCIDENT = (
    sa.select(Incident, LAST_SIGN.label("last_sign"), OUTAGES.label("outages"), *counters.columns(_COUNTED))
    .where(Incident.public_id == sa.bindparam("public_id"))
    .options(lazyload(Incident.leader), lazyload(Incident.activator))
)


@dataclass(frozen=True)
class Reader:
    """A person as one actor, with what the rules need to know of them."""

    user: User
    actor: Actor
    area: Area
    role: Role
    who: Who

    @property
    def by(self) -> By:
        return By(self.user, self.actor)


@dataclass(frozen=True)
class Seen:
    """An incident that this reader may see, with the facts it was judged by."""

    incident: Incident
    reader: Reader
    facts: IncidentFacts


def reader() -> Reader:
    """The signed-in person as the actor they act as now. 404 for people without any place in an area."""
    return reader_or_none() or abort(404)


def reader_or_none() -> Reader | None:
    """The same, None for people without a place."""
    current = acting.current()
    return _reader_of(current) if current else None


def reader_in(area: Area) -> Reader | None:
    """The person as one of their actors in this area, the chosen one first. None for people without a place in it."""
    current = acting.acting_in(area)
    return _reader_of(current) if current else None


def seen_or_404(public_id: str) -> Seen:
    """The incident, as the first of the person's actors that may see it. 403 when that role lacks the permission."""
    found = db.session.execute(_INCIDENT, {"public_id": public_id, **known_since()}).first()
    if found is None:
        abort(404)
    incident: Incident = found[0]
    g.how_it_goes = (found.last_sign, found.outages)
    read_along(counters.by_topic(incident.id, found._mapping, _COUNTED))
    facts = facts_of(incident)
    # The actor in the room before one whose part ended; the chosen one before the others.
    for may in (may_enter_room, may_see_incident):
        for candidate in _readers_in(incident):
            if may(candidate.who, facts):
                _check_permission(candidate)
                return Seen(incident, candidate, facts)
    return abort(404)


def seen_inside_or_404(public_id: str) -> Seen:
    """The incident, for those who take part in it now.

    Whoever took part until a moment ago, and sends a form, is told so; who only reads finds nothing here.
    """
    seen = seen_or_404(public_id)
    entering = may_enter_room(seen.reader.who, seen.facts)
    if entering:
        return seen
    if request.method == "POST" and entering.reason is not None:
        raise Refused(entering.reason)
    return abort(404)


def reachable(reader: Reader) -> sa.Select[Incident]:
    """Every incident of the area that this reader may see, newest first: the rule `may_see_incident` as one query."""
    query = sa.select(Incident).where(Incident.area_id == reader.area.id)
    if reader.who.is_administrator or reader.role not in ROOM_ROLES:
        query = query.where(sa.false())
    if reader.who.police_in_area:
        query = query.where(Incident.track == Track.POLICE)
    takes_part = sa.exists().where(Participation.incident_id == Incident.id, Participation.actor_id == reader.actor.id)
    if reader.who.guest_of is not None:
        query = query.where(Incident.id == reader.who.guest_of)
        takes_part = takes_part.where(Participation.ended_at.is_(None))  # a guest leaves with the actor
    return query.where(takes_part).order_by(Incident.activated_at.desc(), Incident.id.desc())


def may_hear(_user: User, topic: str) -> bool:
    """Nobody of the police hears that the front page of B incidents changes. Pages check the rest."""
    kind, __, rest = topic.partition(":")
    area_id, __, track = rest.partition(":")
    if kind not in ("front", "glimpse") or track != Track.NON_POLICE:
        return True
    return not any(m.actor.is_police and str(m.actor.area_id) == area_id for m in acting.mine())


def guest_grants(user: User, permission: Permission) -> bool:
    """A colleague let in acts as a responder: in the one incident, which `seen_or_404` sees to."""
    return user.expires_at is not None and role_grants(Role.RESPONDER, permission) and pass_of(user) is not None


def pass_of(user: User) -> ColleaguePass | None:
    """The person's pass while it is good: never in a B for a phone that has become the police's."""
    held = db.session.scalar(
        sa.select(ColleaguePass).where(
            ColleaguePass.user_id == user.id,
            ColleaguePass.used_at.is_not(None),
            ColleaguePass.ended_at.is_(None),
            ColleaguePass.expires_at > clock.now(),
        )
    )
    return None if held is None or is_outside(held) else held


def is_outside(held: ColleaguePass) -> bool:
    """Whether the phone that the code went to is the police's now, in what is not a politisag."""
    incident = held.incident
    return incident.track is Track.NON_POLICE and held.user.phone in police_addresses(incident.area)


def _reader_of(current: acting.Acting) -> Reader:
    known = who(current.user, current.actor, current.role, police_in_area=current.police_in_area)
    return Reader(current.user, current.actor, current.area, current.role, known)


def _readers_in(incident: Incident) -> list[Reader]:
    return [Reader(k.user, k.actor, incident.area, k.role, k.who) for k in known_in(incident.area_id)]


class Known(NamedTuple):
    """The signed-in person as one actor."""

    user: User
    actor: Actor
    role: Role
    who: Who


def known_in(area_id: int) -> list[Known]:
    """The signed-in person as each of their actors in the area, the chosen one first; a guest as the one let in for."""
    return [known for known in known_anywhere() if known.actor.area_id == area_id]


def known_anywhere() -> list[Known]:
    """The same in every area."""
    if current_user.expires_at is not None:
        return _guest(pass_of(current_user))
    mine, chosen = acting.mine(), acting.unchecked()
    police = {m.actor.area_id for m in mine if m.actor.is_police}
    mine.sort(key=lambda m: m is not chosen)
    return [
        Known(m.user, m.actor, m.role, who(m.user, m.actor, m.role, police_in_area=m.actor.area_id in police))
        for m in mine
    ]


def _guest(held: ColleaguePass | None) -> list[Known]:
    if held is None:
        return []
    known = who(held.user, held.actor, Role.RESPONDER, police_in_area=False, guest_of=held.incident_id)
    return [Known(held.user, held.actor, Role.RESPONDER, known)]


def _check_permission(candidate: Reader) -> None:
    permission = g.get("permission")
    if permission and not role_grants(candidate.role, permission):
        abort(403)
