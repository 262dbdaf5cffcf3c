"""As whom a person acts: one membership at a time, chosen in the session, shown on every page, stored with each act."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import abort, g, session
from flask_login import current_user

from app.accounts.models import User
from app.accounts.permissions import Permission
from app.areas import queries
from app.areas.grants import role_grants
from app.areas.models import Actor, Area, Membership
from app.areas.roles import Role

CHOSEN = "acting"  # the session's key; holds the membership's public id


@dataclass(frozen=True)
class Acting:
    """A person as one actor. `police_in_area` is about the person: true with any police membership in that area."""

    user: User
    membership: Membership
    actor: Actor
    area: Area
    role: Role
    police_in_area: bool

    def may(self, permission: Permission) -> bool:
        """Does the role grant it?"""
        return role_grants(self.role, permission)


def current() -> Acting | None:
    """As whom the person acts. None without any role; 403 when the role does not grant what the view requires."""
    return _permitted(_as(unchecked()))


def acting_in(area: Area) -> Acting | None:
    """The same in one area: the chosen membership if it lies there, else the strongest there. None for outsiders."""
    return _permitted(_as(_chosen_or_first(m for m in mine() if m.actor.area_id == area.id)))


def unchecked() -> Membership | None:
    """The membership acted as, whatever the view requires: for showing it, never for deciding."""
    return _chosen_or_first(mine())


def mine() -> list[Membership]:
    """The signed-in person's memberships, read once in a request."""
    if not current_user.is_authenticated:
        return []
    if g.get("memberships_of") != current_user.id:
        keep(current_user.id, queries.memberships_of(current_user))
    return list(g.memberships)


def find_user(user_id: int) -> User | None:
    """The person of the session, and in the same question what `mine` will ask."""
    user, memberships = queries.user_with_memberships(user_id)
    keep(user_id, memberships)
    return user


def keep(user_id: int, memberships: list[Membership]) -> None:
    """These are the person's memberships in force, for the rest of the request."""
    g.memberships_of, g.memberships = user_id, memberships


def look_anew() -> None:
    """What was kept of the person's memberships is asked for again: a request that goes on is judged by what stands."""
    g.pop("memberships_of", None)


def choose(membership: Membership) -> None:
    """Act as this from now on."""
    session[CHOSEN] = membership.public_id


def memberships_of(user: User) -> list[Membership]:
    """The person's memberships in force, strongest role first; read once in the person's own request."""
    return mine() if current_user == user else queries.memberships_of(user)


def police_in_area(user: User, area: Area) -> bool:
    """True with any police membership in force in the area."""
    return queries.police_in_area(user, area)


def _chosen_or_first(memberships: Iterable[Membership]) -> Membership | None:
    found = list(memberships)
    chosen = next((m for m in found if m.public_id == session.get(CHOSEN)), None)
    return chosen or next(iter(found), None)


def _as(membership: Membership | None) -> Acting | None:
    if membership is None:
        return None
    actor = membership.actor
    police = any(m.actor.is_police and m.actor.area_id == actor.area_id for m in mine())
    return Acting(membership.user, membership, actor, actor.area, membership.role, police)


def _permitted(acting: Acting | None) -> Acting | None:
    permission = g.get("permission")
    if acting and permission and not acting.may(permission):
        abort(403)
    return acting
