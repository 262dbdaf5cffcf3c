"""Areas, organisations, actors and memberships."""

from itertools import count
from typing import Any, TypeVar

from app.accounts.models import User
from app.areas.models import Actor, Area, DataProtection, Membership, Organisation, OrganisationKind, Place, PlaceKind
from app.areas.roles import Role
from app.extensions import db
from app.lib import clock

Row = TypeVar("Row")
_number = count(1)


def make_area(name: str = "Lindevangen", **fields: Any) -> Area:
    """A housing area without places or actors."""
    fields.setdefault("slug", f"{name.lower()}-{next(_number)}")
    return _kept(
        Area(name=name, created_at=clock.now(), municipality=fields.pop("municipality", "Linde Kommune"), **fields)
    )


def make_place(area: Area, name: str = "Afdeling 1", kind: PlaceKind = PlaceKind.SECTION) -> Place:
    """A section, or a place to tap."""
    return _kept(Place(area=area, name=name, kind=kind))


def make_data_protection(area: Area, writer: User) -> DataProtection:
    """The page that residents may read, so that they may be written to."""
    words = dict.fromkeys(DataProtection.WORDS, f"Skrevet for {area.name}.")
    return _kept(DataProtection(area_id=area.id, number=1, written_at=clock.now(), written_by_id=writer.id, **words))


def make_organisation(
    name: str = "Linde Kommune", kind: OrganisationKind = OrganisationKind.MUNICIPALITY
) -> Organisation:
    """A legal body."""
    return _kept(Organisation(key=f"organisation-{next(_number)}", name=name, kind=kind))


def make_actor(
    area: Area,
    key: str = "ssp",
    name: str | None = None,
    *,
    kind: OrganisationKind = OrganisationKind.MUNICIPALITY,
    organisation: Organisation | None = None,
    phone: str | None = None,
) -> Actor:
    """What an organisation (made here, of `kind`, unless given) is in the area."""
    name = name or key
    organisation = organisation or make_organisation(name, kind)
    return _kept(Actor(area=area, organisation=organisation, key=key, name=name, phone=phone))


def make_membership(user: User, actor: Actor, role: Role = Role.COORDINATOR, **fields: Any) -> Membership:
    """The person's role at the actor, in force."""
    fields.setdefault("granted_at", clock.now())
    return _kept(Membership(user=user, actor=actor, role=role, **fields))


def _kept(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row
