"""Areas made up at random: people with any mix of roles, and incidents of both tracks that do whatever they may do.

Every incident and every entry carries a mark of its own, so that wherever it shows it can be told from all others.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

import sqlalchemy as sa

from app.accounts.models import User
from app.areas.models import Actor, Area, Membership, OrganisationKind
from app.areas.roles import Role
from app.contacts.models import PointKind
from app.contacts.operations import add_contact
from app.errors import Refused
from app.extensions import db
from app.incidents.access import Reader
from app.incidents.models import ColleaguePass, Incident
from app.lib.i18n import N_, Reason
from tests.factories import (
    make_actor,
    make_area,
    make_data_protection,
    make_membership,
    make_organisation,
    make_place,
    make_user,
)
from tests.property.oracle import known_as

KIND = OrganisationKind
_ACTORS = {
    "ssp": KIND.MUNICIPALITY, "youth_club": KIND.MUNICIPALITY, "family_centre": KIND.MUNICIPALITY,
    "municipality": KIND.MUNICIPALITY, "police": KIND.POLICE, "helhedsplan": KIND.HELHEDSPLAN,
    "housing": KIND.HOUSING, "board": KIND.CIVIL,
}  # fmt: skip
_FIRST = ("ssp", "helhedsplan", "youth_club", "housing", "police")  # each has one coordinator, so that things happen
_number = count(1)


@dataclass
class World:
    """One area. `marks` says where each mark may show."""

    seed: int
    dice: random.Random
    area: Area
    actors: dict[str, Actor]
    people: list[User]
    incidents: list[Incident] = field(default_factory=list)
    marks: dict[str, set[int]] = field(default_factory=dict)  # ids of the incidents where it stands
    request_marks: set[str] = field(default_factory=set)  # what somebody typed who asked for activation
    public_marks: set[str] = field(default_factory=set)  # of measures that are everybody's in the area
    entry_marks: dict[str, tuple[int, int]] = field(default_factory=dict)  # (chain id, seq)
    done: list[str] = field(default_factory=list)

    def mark(self) -> str:
        """A word that stands nowhere else."""
        return f"zq{self.seed}n{next(_number)}qz"

    def some_reader(self) -> Reader:
        """Somebody as one of their actors."""
        held = self.dice.choice([m for m in memberships(self.area) if not m.user.is_administrator])
        return reader_of(held)

    def some_incident(self) -> Incident:
        """One of them; Refused when there is none."""
        if not self.incidents:
            raise Refused(Reason(N_("Der er ingen hændelse.")))
        return self.dice.choice(self.incidents)

    def named(self, incident: Incident, mark: str) -> Incident:
        """Remember what it is called."""
        if incident not in self.incidents:
            self.incidents.append(incident)
        self.marks.setdefault(mark, set()).add(incident.id)
        return incident

    def marks_in(self, incident: Incident) -> list[str]:
        """What stands there, apart from the log's own entries."""
        return [mark for mark, ids in self.marks.items() if incident.id in ids]

    def say_what(self) -> str:
        """What happened so far, for a test that fails."""
        return f"seed {self.seed}: " + ", ".join(self.done)


def memberships(area: Area) -> list[Membership]:
    """Those in force, in one order."""
    query = sa.select(Membership).join(Membership.actor).where(Actor.area_id == area.id, Membership.ended_at.is_(None))
    return list(db.session.scalars(query.order_by(Membership.id)))


def reader_of(held: Membership) -> Reader:
    """The person as this actor."""
    return Reader(held.user, held.actor, held.actor.area, held.role, known_as(held))


def guests(area: Area) -> list[User]:
    """Colleagues let in for 24 hours."""
    query = sa.select(ColleaguePass).join(ColleaguePass.incident).where(Incident.area_id == area.id)
    return [held.user for held in db.session.scalars(query.order_by(ColleaguePass.id))]


def make_world(seed: int, neighbour: bool = True) -> World:
    """People and actors, nothing has happened. Committed."""
    dice = random.Random(seed)
    area = make_area(f"Område {seed}", slug=f"world-{seed}")
    make_place(area, "Lindehuse")
    municipality = make_organisation("Linde Kommune", KIND.MUNICIPALITY)
    actors = {
        key: make_actor(
            area, key, f"{key} {seed}", kind=kind, phone=f"+4520{seed:03d}0{n:02d}",
            organisation=municipality if kind is KIND.MUNICIPALITY else None,
        )
        for n, (key, kind) in enumerate(_ACTORS.items())
    }  # fmt: skip
    for n, actor in enumerate(actors.values()):
        points = [(PointKind.MOBILE, f"30{seed:03d}0{n:02d}")]
        add_contact(area, name=f"Vagt {actor.key}", actor=actor, position=0, points=points)
    people = _people(dice, area, actors)
    if neighbour:
        people.append(make_user("Niels Nabo"))
        make_membership(people[-1], make_actor(make_area(f"Nabo {seed}"), "ssp"), Role.COORDINATOR)
    people.append(make_user("Adam Admin", is_administrator=True))
    make_data_protection(area, people[-1])
    db.session.commit()
    return World(seed, dice, area, actors, people)


def _people(dice: random.Random, area: Area, actors: dict[str, Actor]) -> list[User]:
    people = []
    for key in _FIRST:
        people.append(make_user(f"Koord {key}"))
        make_membership(people[-1], actors[key], Role.COORDINATOR)
    for n in range(5):
        people.append(make_user(f"Person {n}", is_administrator=dice.random() < 0.05))
        for key in dice.sample(sorted(_ACTORS), dice.choice([1, 1, 2, 3])):
            role = Role.BOARD_MEMBER if key == "board" else dice.choice([r for r in Role if r is not Role.BOARD_MEMBER])
            make_membership(people[-1], actors[key], role)
    badge = make_user("Både Og")  # of the police and of a party
    make_membership(badge, actors["police"], dice.choice([Role.COORDINATOR, Role.RESPONDER, Role.OBSERVER]))
    make_membership(badge, actors[dice.choice(["ssp", "helhedsplan", "board"])], Role.COORDINATOR)
    return [*people, badge]


Move = Callable[[World], None]


def let_happen(world: World, moves: list[Move], how_many: int, first: list[Move] | None = None) -> None:
    """`first` in their order, then so many of the moves; one that is refused changes nothing. Each is committed."""
    for move in [*(first or ()), *world.dice.choices(moves, k=how_many)]:
        try:
            move(world)
            db.session.commit()
            world.done.append(move.__name__)
        except Refused:
            db.session.rollback()
