"""Puts the demo areas into an empty database; a database that holds an area is left as it is."""

from datetime import time, timedelta

import sqlalchemy as sa

from app.accounts.models import DECLARATION_VERSION, User
from app.accounts.passwords import hash_password
from app.areas.by import By
from app.areas.models import Actor, Area, Membership, Organisation, Place
from app.areas.operations import write_data_protection
from app.contacts.models import PointKind
from app.contacts.operations import add_contact
from app.contacts.queries import duty_line
from app.demo.cast import AREAS, LINDEVANGEN, PASSWORD, DemoArea, DemoContact, DemoPerson, email_of
from app.demo.walks import load_walk
from app.extensions import db
from app.lib import clock, phone
from app.lib.languages import Language
from app.plans import operations as plans
from app.roster.operations import Hours, add_weekly
from app.roster.rules import Rank

DATA_PROTECTION = {
    "ask": "Databeskyttelsesrådgiveren, tlf. 20 00 01 90, databeskyttelse@linde.example",
    "sources": "Beboere har selv tilmeldt sig. Parterne har selv skrevet deres numre.",
    "processors": "Ingen: i demoen forlader intet denne maskine.",
    "transfers": "Nej.",
}


def load() -> bool:
    """Everything or nothing, committed. Answers whether there was anything to do."""
    if db.session.scalar(sa.select(sa.exists().select_from(Area))):
        db.session.rollback()
        return False
    password_hash = hash_password(PASSWORD)
    organisations: dict[str, Organisation] = {}
    for demo in AREAS:
        _load_area(demo, organisations, password_hash)
    db.session.commit()
    return True


def _load_area(demo: DemoArea, organisations: dict[str, Organisation], password_hash: str) -> None:
    area = Area(slug=demo.slug, name=demo.name, municipality=demo.municipality, created_at=clock.now())
    db.session.add(area)
    db.session.flush()
    db.session.add_all(Place(area_id=area.id, name=name, kind=kind) for name, kind in demo.places)
    actors = _load_actors(demo, area, organisations)
    people = {person.login: _load_person(person, demo, actors, password_hash) for person in demo.people}
    positions: dict[str, int] = {}
    for contact in demo.contacts:
        _load_contact(contact, area, actors, people, positions)
    _load_roster(actors)
    author = next(iter(people.values()))
    words = {"controller": demo.municipality, **DATA_PROTECTION}
    write_data_protection(area, words, over=0, by=author)
    db.session.refresh(area)
    plans.approve(
        plans.create_from_template(area, By(author, actors["helhedsplan"])), By(author, actors["helhedsplan"])
    )
    if demo is LINDEVANGEN:
        plan = By(people["helhedsplan"], actors["helhedsplan"])
        load_walk(area, plan, By(people["bolig"], actors["housing"]))


def _load_actors(demo: DemoArea, area: Area, organisations: dict[str, Organisation]) -> dict[str, Actor]:
    actors = {}
    for one in demo.actors:
        organisation = organisations.get(one.organisation)
        if organisation is None:
            organisation = Organisation(key=f"org-{len(organisations) + 1}", name=one.organisation, kind=one.kind)
            organisations[one.organisation] = organisation
        number = phone.normalise(one.phone) if one.phone else None
        actors[one.key] = Actor(area=area, organisation=organisation, key=one.key, name=one.name, phone=number)
    db.session.add_all(actors.values())
    db.session.flush()
    return actors


def _load_person(person: DemoPerson, demo: DemoArea, actors: dict[str, Actor], password_hash: str) -> User:
    user = User(
        name=person.name, email=email_of(person, demo), password_hash=password_hash, created_at=clock.now(),
        phone=phone.normalise(person.phone) if person.phone else None, is_administrator=person.is_administrator,
        declaration_version=DECLARATION_VERSION, declaration_at=clock.now(),
    )  # fmt: skip
    db.session.add(user)
    db.session.flush()
    for key, role in person.places:
        db.session.add(Membership(user=user, actor=actors[key], role=role, granted_at=clock.now()))
    db.session.flush()
    return user


def _load_contact(
    contact: DemoContact, area: Area, actors: dict[str, Actor], people: dict[str, User], positions: dict[str, int]
) -> None:
    position = positions.get(contact.actor or "", 0)
    positions[contact.actor or ""] = position + 1
    user = next((user for user in people.values() if user.name == contact.name), None)
    place = next((place for place in area.places if place.name == contact.place), None)
    add_contact(
        area, name=contact.name, function=contact.function, actor=actors[contact.actor] if contact.actor else None,
        user_id=user.id if user else None, position=position, is_police=contact.is_police,
        is_volunteer=contact.is_volunteer, place=place, entrance=contact.entrance,
        language=Language(contact.language), audiences=contact.audiences,
        points=[(_kind(point), point) for point in contact.points],
    )  # fmt: skip


def _load_roster(actors: dict[str, Actor]) -> None:
    """SSP has the duty laid out day and night; the others go by the contact list's order."""
    line = duty_line(actors["ssp"]) if "ssp" in actors else []
    today = clock.local(clock.now()).date()
    round_the_clock = Hours(time(8), time(8), 1, today - timedelta(days=7))
    for contact, rank in zip(line, (Rank.ON_DUTY, Rank.DEPUTY), strict=False):
        add_weekly(contact, rank, range(7), round_the_clock)


def _kind(point: str) -> PointKind:
    if "@" in point:
        return PointKind.EMAIL
    return PointKind.LANDLINE if point.startswith("3") else PointKind.MOBILE
