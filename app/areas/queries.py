"""Nouns of areas: who is what where."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, defer

from app.accounts.models import User
from app.accounts.queries import administrators
from app.areas.models import Actor, Area, DataProtection, Membership, Organisation, OrganisationKind
from app.areas.roles import Role
from app.extensions import db
from app.lib import clock

RANK = {role: rank for rank, role in enumerate(Role)}

# What few pages show of them is read when one does.
_SELDOM = [defer(column) for column in (User.password_hash, User.declaration_at, User.created_at)]
_SELDOM += [defer(column) for column in (Membership.granted_at, Membership.granted_by_id)]
_SELDOM_OF_AREA = [defer(column) for column in (Area.slug, Area.municipality, Area.tags, Area.created_at)]

# Every request of a signed-in person begins with it: one question, made once.
_USER_WITH_MEMBERSHIPS = (
    sa.select(User, Membership)
    .outerjoin(Membership, sa.and_(Membership.user_id == User.id, Membership.ended_at.is_(None)))
    .outerjoin(Membership.actor)
    .outerjoin(Actor.area)
    .options(contains_eager(Membership.actor).contains_eager(Actor.area).options(*_SELDOM_OF_AREA), *_SELDOM)
    .where(User.id == sa.bindparam("user_id"))
    .order_by(Area.name, Actor.name, Membership.id)
)


def user_with_memberships(user_id: int) -> tuple[User | None, list[Membership]]:
    """The person and their memberships in force, strongest role first, in one question."""
    rows = db.session.execute(_USER_WITH_MEMBERSHIPS, {"user_id": user_id}).all()
    return (rows[0][0] if rows else None), _ranked(membership for _, membership in rows if membership is not None)


def memberships_of(user: User) -> list[Membership]:
    """The person's memberships in force, strongest role first."""
    rows = db.session.scalars(
        sa.select(Membership)
        .join(Membership.actor)
        .join(Actor.area)
        .options(contains_eager(Membership.actor).contains_eager(Actor.area))
        .where(Membership.user_id == user.id, Membership.ended_at.is_(None))
        .order_by(Area.name, Actor.name, Membership.id)
    )
    return _ranked(rows)


def _ranked(memberships: Iterable[Membership]) -> list[Membership]:
    return sorted(memberships, key=lambda membership: RANK[membership.role])


def members_of(area: Area) -> list[Membership]:
    """Everybody with a role in force in the area, by actor and name."""
    return list(
        db.session.scalars(
            sa.select(Membership)
            .join(Membership.actor)
            .join(Membership.user)
            .options(contains_eager(Membership.actor), contains_eager(Membership.user))
            .where(Actor.area_id == area.id, Membership.ended_at.is_(None))
            .order_by(Actor.name, User.name)
        )
    )


def coordinators_of(area: Area) -> list[User]:
    """The area's coordinators who can sign in."""
    people = {m.user for m in members_of(area) if m.role is Role.COORDINATOR and m.user.may_sign_in(clock.now())}
    return sorted(people, key=lambda user: user.name)


def police_in_area(user: User, area: Area) -> bool:
    """True with any police membership in force in the area, whoever the person acts as: outside every B."""
    return bool(
        db.session.scalar(
            sa.select(
                sa.exists().where(
                    Membership.user_id == user.id,
                    Membership.ended_at.is_(None),
                    Membership.actor_id == Actor.id,
                    Actor.area_id == area.id,
                    Actor.organisation_id == Organisation.id,
                    Organisation.kind == OrganisationKind.POLICE,
                )
            )
        )
    )


def areas_of(user: User) -> list[Area]:
    """The areas where the person has a role, by name."""
    return sorted({m.actor.area for m in memberships_of(user)}, key=lambda area: area.name)


def membership_at(user: User, actor: Actor) -> Membership | None:
    """The person's role in force at the actor."""
    return db.session.scalar(
        sa.select(Membership).where(
            Membership.user_id == user.id, Membership.actor_id == actor.id, Membership.ended_at.is_(None)
        )
    )


def other_administrators(user: User) -> tuple[str, ...]:
    """Names of those who can administer what this person may not."""
    return tuple(other.name for other in administrators() if other is not user)


def all_areas() -> list[Area]:
    """Every area by name: for the administrator."""
    return list(db.session.scalars(sa.select(Area).order_by(Area.name)))


def all_organisations() -> list[Organisation]:
    """Every organisation by name: for the administrator."""
    return list(db.session.scalars(sa.select(Organisation).order_by(Organisation.name)))


def all_actors() -> list[Actor]:
    """Every actor by area and name: for the administrator."""
    query = sa.select(Actor).join(Actor.area).options(contains_eager(Actor.area)).order_by(Area.name, Actor.name)
    return list(db.session.scalars(query))


def area_by_slug(slug: str) -> Area | None:
    """By the name that stands in public addresses."""
    return db.session.scalar(sa.select(Area).where(Area.slug == slug))


def data_protection_of(area: Area) -> DataProtection | None:
    """What the area says of its personal data now; None: nobody has written it."""
    said = sa.select(DataProtection).where(DataProtection.area_id == area.id)
    return db.session.scalar(said.order_by(DataProtection.number.desc()).limit(1))


def areas_without_data_protection() -> list[Area]:
    """Those that may not write to residents yet, by name."""
    written = sa.exists().where(DataProtection.area_id == Area.id)
    return list(db.session.scalars(sa.select(Area).where(~written).order_by(Area.name)))
