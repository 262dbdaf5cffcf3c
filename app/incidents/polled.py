"""Who polls, known again without asking: a page asks every two seconds, and its reader is seldom another than before.

The person and what they are where (plain data, no rows) is kept in this process with the number of the topic that every
change of a person, a membership, an actor or an organisation raises. The poll's one question reads that number beside
what it asks of the incident, in one snapshot: another number, and the person is asked for as on every page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, cast

from flask import current_app, g, request
from flask_login import UserMixin

from app.accounts.models import User
from app.areas import acting
from app.areas.models import Membership
from app.areas.roles import Role
from app.contacts.changes import CONTACTS
from app.incidents.hearing import ASKED, ask
from app.lib.database import is_read_only
from app.live.remembered import already_read, keep, recall

View = Callable[..., Any]
POLLED = "beredskab.polled_incident"  # kept with the request and not in `g`, as is what was read along


@dataclass(frozen=True)
class KnownOrganisation:
    """The names are those of the rows, here and below."""

    key: str


@dataclass(frozen=True)
class KnownActor:
    """What deciding needs of an actor."""

    id: int
    key: str
    area_id: int
    is_police: bool
    organisation: KnownOrganisation


@dataclass(frozen=True, eq=False)
class KnownUser(UserMixin):
    """A person without a last day: a colleague let in for 24 hours is asked for each time."""

    id: int
    session_epoch: int
    is_administrator: bool
    is_deactivated: bool
    has_declared: bool
    expires_at: None = None

    def may_sign_in(self, _now: datetime) -> bool:
        return not self.is_deactivated


@dataclass(frozen=True)
class KnownMembership:
    """What deciding needs of a membership in force."""

    public_id: str
    user: KnownUser
    actor: KnownActor
    role: Role


@dataclass(frozen=True)
class Person:
    """A person and their memberships in force, strongest role first."""

    user: KnownUser
    memberships: tuple[KnownMembership, ...]


def polls_incident(view: View) -> View:
    """Mark the poll of an incident's page; stands above @requires, which asks who it is."""

    @wraps(view)
    def marked(public_id: str) -> Any:
        request.environ[POLLED] = public_id
        try:
            return view(public_id)
        except Exception:  # what says why is a whole page, and shows its reader
            del request.environ[POLLED]
            for name in ("_login_user", "memberships_of"):
                g.pop(name, None)
            raise

    return marked


def find_user(user_id: int) -> User | None:
    """The person of the session: in a poll as this process knows them, while nothing about people has changed."""
    public_id: str | None = request.environ.get(POLLED)
    if public_id is None or not is_read_only():
        return acting.find_user(user_id)
    key = f"person:{user_id}@{current_app.config['SQLALCHEMY_DATABASE_URI']}"
    if (known := recall(key)) is not None and _is_so(public_id, *known):
        return _as_rows(known[1])
    user = acting.find_user(user_id)
    if user is not None and user.expires_at is None:
        keep(key, tuple(already_read([CONTACTS]).values()), _person(user, g.memberships))
    return user


def _is_so(public_id: str, number: tuple[int, ...], person: Person) -> bool:
    asked = ask(public_id, [held.actor.id for held in person.memberships])
    if not asked.rows or (asked.contacts,) != number:
        return False
    request.environ[ASKED] = asked
    return True


def _as_rows(person: Person) -> User:
    # They have the names that deciding asks for; showing a page asks for more, and finds the rows.
    acting.keep(person.user.id, cast(list[Membership], list(person.memberships)))
    return cast(User, person.user)


def _person(user: User, memberships: list[Membership]) -> Person:
    known = KnownUser(user.id, user.session_epoch, user.is_administrator, user.is_deactivated, user.has_declared)
    return Person(known, tuple(_membership(held, known) for held in memberships))


def _membership(held: Membership, user: KnownUser) -> KnownMembership:
    actor = held.actor
    known = KnownActor(actor.id, actor.key, actor.area_id, actor.is_police, KnownOrganisation(actor.organisation.key))
    return KnownMembership(held.public_id, user, known, held.role)
