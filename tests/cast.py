"""The fixed cast: one login per role and per actor, all made up, in the fictional Lindevangen and its neighbour."""

from dataclasses import dataclass

from app.accounts.models import User
from app.areas.models import Actor, Area, OrganisationKind, PlaceKind
from app.areas.roles import Role
from tests.factories import (
    make_actor,
    make_area,
    make_data_protection,
    make_membership,
    make_organisation,
    make_place,
    make_user,
)
from tests.kept import kept

KIND = OrganisationKind


@dataclass
class Cast:
    """Everybody by what they are; `actors["ssp"]` by the key that the plan uses."""

    lindevangen: Area
    skovkanten: Area
    actors: dict[str, Actor]
    ssp: User
    ssp_responder: User
    ssp_observer: User
    youth_club: User
    families: User
    helhedsplan: User
    housing: User  # may activate, is no party
    municipality: User  # may activate, is no party
    police: User
    police_and_ssp: User  # a police officer who is also an SSP member
    board: User
    board_and_police: User  # a board member who is police
    neighbour: User  # coordinator of another area: must see nothing
    administrator: User

    def everybody(self) -> dict[str, User]:
        """All logins by name."""
        return {name: value for name, value in vars(self).items() if isinstance(value, User)}


def make_cast() -> Cast:
    """The whole cast in an empty database."""
    return kept("cast", _everybody)


def _everybody() -> Cast:
    area, other = make_area("Lindevangen", slug="lindevangen"), make_area("Skovkanten", slug="skovkanten")
    for name in ("Lindehuse", "Vangeparken", "Søndertoften"):
        make_place(area, name)
    make_place(area, "Butikstorvet", PlaceKind.PLACE)
    actors = _actors_of(area)
    cast = Cast(
        lindevangen=area,
        skovkanten=other,
        actors=actors,
        ssp=_person("Sanne Spang", (actors["ssp"], Role.COORDINATOR)),
        ssp_responder=_person("Rasmus Rask", (actors["ssp"], Role.RESPONDER)),
        ssp_observer=_person("Olga Observa", (actors["ssp"], Role.OBSERVER)),
        youth_club=_person("Klaus Klubbe", (actors["youth_club"], Role.COORDINATOR)),
        families=_person("Fatma Familien", (actors["family_centre"], Role.COORDINATOR)),
        helhedsplan=_person("Helle Plan", (actors["helhedsplan"], Role.COORDINATOR)),
        housing=_person("Bo Lejer", (actors["housing"], Role.COORDINATOR)),
        municipality=_person("Mona Kommun", (actors["municipality"], Role.COORDINATOR)),
        police=_person("Poul Betjent", (actors["police"], Role.COORDINATOR)),
        police_and_ssp=_person("Pia Toskjold", (actors["ssp"], Role.COORDINATOR), (actors["police"], Role.RESPONDER)),
        board=_person("Bente Bestyr", (actors["board"], Role.BOARD_MEMBER)),
        board_and_police=_person(
            "Birger Blå", (actors["board"], Role.BOARD_MEMBER), (actors["police"], Role.RESPONDER)
        ),
        neighbour=_person(
            "Niels Nabo",
            (make_actor(other, "helhedsplan", "Skovkanten Sammen", kind=KIND.HELHEDSPLAN), Role.COORDINATOR),
        ),
        administrator=make_user("Adam Administrator", email="adam@beredskab.example", is_administrator=True),
    )
    for one in (area, other):
        make_data_protection(one, cast.administrator)
    return cast


def _actors_of(area: Area) -> dict[str, Actor]:
    municipality = make_organisation("Linde Kommune", KIND.MUNICIPALITY)
    units = {
        "ssp": "SSP og opsøgende team",
        "youth_club": "Ungdomsklubben",
        "family_centre": "Center for Børn og Familier",
        "municipality": "Linde Kommune",
    }
    actors = [
        make_actor(area, key, name, organisation=municipality, phone=f"+452000000{n}")
        for n, (key, name) in enumerate(units.items(), 1)
    ]
    actors += [
        make_actor(area, "police", "Østkystens Politi", kind=KIND.POLICE, phone="+4520000005"),
        make_actor(area, "helhedsplan", "Lindevangen på Vej", kind=KIND.HELHEDSPLAN, phone="+4520000006"),
        make_actor(area, "housing", "Boligselskabet Linden", kind=KIND.HOUSING, phone="+4520000007"),
        make_actor(area, "board", "Afdelingsbestyrelsen Lindehuse", kind=KIND.CIVIL),
    ]
    return {actor.key: actor for actor in actors}


def _person(name: str, *places: tuple[Actor, Role]) -> User:
    user = make_user(name, email=f"{name.split()[0].lower()}@lindevangen.example")
    for actor, role in places:
        make_membership(user, actor, role)
    return user
