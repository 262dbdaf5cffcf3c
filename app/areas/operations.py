"""Verbs of areas: areas, places, organisations, actors, roles. A change of role is told to the area's coordinators."""

import re
from collections.abc import Callable, Mapping

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.accounts.models import User
from app.accounts.operations import end_sessions, record
from app.areas import queries
from app.areas.models import Actor, Area, DataProtection, Membership, Organisation, OrganisationKind, Place, PlaceKind
from app.areas.roles import LABELS, Role
from app.errors import Refused
from app.extensions import db
from app.lib import clock
from app.lib.i18n import N_, Reason

ADMINISTRATOR_HAS_NO_ROLE = Reason(
    N_("En administrator har ingen rolle i hændelser. Brug et andet login til det, givet af en anden administrator.")
)
NOT_ONESELF = Reason(N_("Du kan ikke give dig selv en rolle. Bed en anden administrator om det."))
WRITTEN_MEANWHILE = Reason(N_("En anden har gemt siden imens. Åbn den igen, og skriv dit ind i den nye."))

# Filled in wiring.py: (area, text, key) is told to the area's coordinators on their front page, once per key.
tell_coordinators: Callable[[Area, str, str], None] = lambda area, text, key: None  # noqa: E731


def set_slots(tell_coordinators_: Callable[[Area, str, str], None]) -> None:
    """Called once, from wiring.py."""
    global tell_coordinators
    tell_coordinators = tell_coordinators_


def grant(user: User, actor: Actor, role: Role, *, by: User) -> Membership:
    """Give the person the role at the actor, in place of the one they had there. The person's sessions end."""
    if user.is_administrator:
        raise Refused(NOT_ONESELF if user is by else ADMINISTRATOR_HAS_NO_ROLE, queries.other_administrators(by))
    before = queries.membership_at(user, actor)
    if before:
        before.ended_at = clock.now()
        db.session.flush()  # one role in force per person and actor
    membership = Membership(user=user, actor=actor, role=role, granted_at=clock.now(), granted_by_id=by.id)
    db.session.add(membership)
    end_sessions(user)
    _tell("role_granted", f"{by.name} gav {user.name} rollen {LABELS[role]} hos {actor.name}.", actor.area, by, user)
    return membership


def end(membership: Membership, *, by: User) -> None:
    """The role ends now. Past acts keep it; the person's sessions end."""
    if membership.ended_at:
        return
    membership.ended_at = clock.now()
    user, actor = membership.user, membership.actor
    end_sessions(user)
    text = f"{by.name} afsluttede rollen {LABELS[membership.role]} hos {actor.name} for {user.name}."
    _tell("role_ended", text, actor.area, by, user)


def tell_areas_of(user: User, text: str, kind: str) -> None:
    """Tell the coordinators wherever the person has a role: their login was closed, opened or given a new password."""
    for area in queries.areas_of(user):
        tell_coordinators(area, text, f"{kind}:{user.public_id}:{clock.now().isoformat()}")


def appoint_administrator(user: User, *, by: User) -> None:
    """The person administers from now on; only somebody without any role can."""
    if user is by:
        raise Refused(NOT_ONESELF, queries.other_administrators(by))
    if queries.memberships_of(user):
        raise Refused(ADMINISTRATOR_HAS_NO_ROLE)
    user.is_administrator = True
    end_sessions(user)
    record("administrator_appointed", f"{by.name} gjorde {user.name} til administrator.", by=by, user=user.public_id)


def dismiss_administrator(user: User, *, by: User) -> None:
    """The person administers no longer. Nobody dismisses themselves, so one always remains."""
    if user is by:
        reason = Reason(N_("Du kan ikke fjerne dig selv som administrator. Bed en anden om det."))
        raise Refused(reason, queries.other_administrators(by))
    user.is_administrator = False
    end_sessions(user)
    record("administrator_dismissed", f"{by.name} fjernede {user.name} som administrator.", by=by, user=user.public_id)


def create_area(name: str, municipality: str, *, by: User) -> Area:
    """A new area, without places and actors."""
    area = Area(slug=_free_key(name, Area.slug), name=name, municipality=municipality, created_at=clock.now())
    _keep(area)
    record("area_created", f"{by.name} oprettede området {name}.", by=by, area_id=area.id)
    return area


def edit_area(area: Area, name: str, municipality: str, *, by: User) -> None:
    """Its address on the web stays, as links and papers carry it."""
    area.name, area.municipality = name, municipality
    record("area_edited", f"{by.name} rettede området {name}.", by=by, area_id=area.id)


def write_data_protection(area: Area, words: Mapping[str, str], *, over: int, by: User) -> DataProtection:
    """What the area says of its personal data from now on; it can be rewritten, never taken away.

    `over`: the number of the one that was shown, 0 for none. Raises Refused when another has been saved since.
    """
    newest = queries.data_protection_of(area)
    if over != (newest.number if newest else 0):
        raise Refused(WRITTEN_MEANWHILE)
    said = DataProtection(area_id=area.id, number=over + 1, written_at=clock.now(), written_by_id=by.id, **words)
    try:
        with db.session.begin_nested():
            db.session.add(said)
    except IntegrityError:  # by another administrator at the same moment
        raise Refused(WRITTEN_MEANWHILE) from None
    record("data_protection_written", f"{by.name} rettede databeskyttelse for {area.name}.", by=by, area_id=area.id)
    return said


def add_place(area: Area, name: str, kind: PlaceKind, *, by: User) -> Place:
    """A section or a place to tap."""
    place = Place(area=area, name=name, kind=kind)
    _keep(place)
    record("place_added", f"{by.name} tilføjede {name} i {area.name}.", by=by, area_id=area.id)
    return place


def edit_place(place: Place, name: str, kind: PlaceKind, *, by: User) -> None:
    """Rename, or say what it is; incidents that happened there keep pointing at it."""
    place.name, place.kind = name, kind
    record("place_edited", f"{by.name} rettede {name} i {place.area.name}.", by=by, area_id=place.area_id)


def create_organisation(name: str, kind: OrganisationKind, *, by: User) -> Organisation:
    """Its kind never changes: who is police decides what may be seen."""
    organisation = Organisation(key=_free_key(name, Organisation.key), name=name, kind=kind)
    _keep(organisation)
    record("organisation_created", f"{by.name} oprettede organisationen {name}.", by=by)
    return organisation


def edit_organisation(organisation: Organisation, name: str, *, by: User) -> None:
    """Rename."""
    text = f"{by.name} omdøbte organisationen {organisation.name} til {name}."
    organisation.name = name
    record("organisation_edited", text, by=by)


def create_actor(
    area: Area, organisation: Organisation, name: str, phone: str | None, *, key: str | None, by: User
) -> Actor:
    """`key` is the actor's place in the plan; without one it gets its own, for a plan to name later."""
    taken = {actor.key for actor in area.actors}
    if key in taken:
        raise Refused(Reason(N_("Den plads i planen har en anden aktør allerede.")))
    actor = Actor(area=area, organisation=organisation, key=key or _unlike(_key(name), taken), name=name, phone=phone)
    _keep(actor)
    record("actor_created", f"{by.name} oprettede {name} i {area.name}.", by=by, area_id=area.id)
    return actor


def edit_actor(actor: Actor, name: str, phone: str | None, *, by: User) -> None:
    """Name and the function's number. Organisation and place in the plan stay."""
    actor.name, actor.phone = name, phone
    record("actor_edited", f"{by.name} rettede {name} i {actor.area.name}.", by=by, area_id=actor.area_id)


def _tell(kind: str, text: str, area: Area, by: User, user: User) -> None:
    entry = record(kind, text, by=by, area_id=area.id, user=user.public_id)
    tell_coordinators(area, text, f"audit:{entry.id}")


def _keep(row: Area | Place | Organisation | Actor) -> None:
    db.session.add(row)
    db.session.flush()


def _key(name: str) -> str:
    plain = name.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50] or "navn"


def _free_key(name: str, column: sa.orm.InstrumentedAttribute[str]) -> str:
    key = _key(name)
    return _unlike(key, set(db.session.scalars(sa.select(column).where(column.startswith(key)))))


def _unlike(key: str, taken: set[str]) -> str:
    candidates = (key if n == 1 else f"{key}-{n}" for n in range(1, len(taken) + 2))
    return next(candidate for candidate in candidates if candidate not in taken)
