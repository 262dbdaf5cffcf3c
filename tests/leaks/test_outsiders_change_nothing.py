"""Whoever is not in it, not any more or not in that role changes nothing, with a right CSRF token and a filled form."""

import hashlib

import pytest
import sqlalchemy as sa

from app.accounts.models import User
from app.accounts.permissions import Permission
from app.areas.models import Membership
from app.extensions import db
from app.incidents.models import ColleaguePass
from app.lib import clock as time
from app.lib.types import new_public_id
from app.plans.vocabulary import Track
from tests.leaks.addresses import Address, of_a_course
from tests.leaks.course import GUEST_PHONE, Course, make_course
from tests.leaks.filling import big_form
from tests.scene import Scene

PUBLIC = ("/k/", "/colleague/")  # known by a secret, answered without a name


def everything() -> dict[str, str]:
    """Each table's content, in one word."""
    db.session.rollback()
    found = {}
    for table in db.metadata.sorted_tables:
        rows = db.session.execute(sa.select(table).order_by(*table.primary_key.columns)).all()
        found[table.name] = hashlib.sha256(repr(rows).encode()).hexdigest()
    db.session.rollback()
    return found


def posts(app, *courses: Course) -> list[Address]:
    return [
        a for course in courses for a in of_a_course(app, course)
        if "POST" in a.methods and not a.rule.rule.startswith(PUBLIC)
    ]  # fmt: skip


def filled(insider, address: Address) -> dict[str, str]:
    """What somebody inside would send, as far as they have a form for it."""
    form = None
    if "GET" in address.methods:
        page = insider.get(address.path)
        form = big_form(page.text) if page.status_code == 200 else None
    data = form.data if form else {}
    data.pop("csrf_token", None)
    return data | {"once": new_public_id()}


@pytest.fixture
def both(scene: Scene) -> list[Course]:
    """A B and a politisag, open, with everything."""
    a = make_course(scene, Track.POLICE)
    a.ids |= {"key": "none", "line": "none"}
    a.others |= {"/requests": {"public_id": "none"}, "/inbox": {"public_id": "none"}}
    return [make_course(scene), a]


def neighbour(scene: Scene, courses: list[Course]) -> User:
    return scene.cast.neighbour


def administrator(scene: Scene, courses: list[Course]) -> User:
    return scene.cast.administrator


def board(scene: Scene, courses: list[Course]) -> User:
    return scene.cast.board


def observer(scene: Scene, courses: list[Course]) -> User:
    return scene.cast.ssp_observer


def former_coordinator(scene: Scene, courses: list[Course]) -> User:
    db.session.query(Membership).filter_by(user_id=scene.cast.youth_club.id).one().ended_at = time.now()
    return scene.cast.youth_club


def deactivated(scene: Scene, courses: list[Course]) -> User:
    scene.cast.families.is_deactivated = True
    return scene.cast.families


def guest_of_yesterday(scene: Scene, courses: list[Course]) -> User:
    guest = _guest(courses[0])
    guest.expires_at = time.now()
    return guest


def guest_without_pass(scene: Scene, courses: list[Course]) -> User:
    guest = _guest(courses[0])
    db.session.query(ColleaguePass).filter_by(user_id=guest.id).one().ended_at = time.now()
    return guest


def _guest(course: Course) -> User:
    held = db.session.query(ColleaguePass).filter_by(incident_id=course.incident.id).one()
    held.used_at = time.now()
    assert held.user.phone == GUEST_PHONE
    return held.user


@pytest.mark.parametrize(
    "outsider",
    [neighbour, administrator, board, observer, former_coordinator, deactivated, guest_of_yesterday,
     guest_without_pass],
)  # fmt: skip
def test_no_address_takes_anything_from(app, scene, at, both, outsider) -> None:
    insider, user = at(scene.cast.ssp), outsider(scene, both)
    db.session.commit()
    visitor = at(user)
    addresses = posts(app, *both)
    if outsider is observer:  # a paper of what one may read is read, not changed
        addresses = [address for address in addresses if not address.rule.rule.endswith("/pdf")]
    forms = [filled(insider, address) for address in addresses]
    before, done = everything(), []
    for address, data in zip(addresses, forms, strict=True):
        answer = visitor.post(address.path, data)
        if answer.status_code not in (401, 403, 404):
            done.append((address.rule.rule, answer.status_code))
    after = everything()
    assert not [name for name in before if before[name] != after[name]], done
    assert len(addresses) > 50


def test_a_responder_does_nothing_that_asks_for_a_coordinator(app, scene, at, both) -> None:
    insider, visitor = at(scene.cast.ssp), at(scene.cast.ssp_responder)
    addresses = [a for a in posts(app, *both) if app.view_functions[a.rule.endpoint]._guard is Permission.COORDINATE]
    forms = [filled(insider, address) for address in addresses]
    before = everything()
    statuses = {a.rule.rule: visitor.post(a.path, data).status_code for a, data in zip(addresses, forms, strict=True)}
    assert everything() == before
    assert set(statuses.values()) <= {403, 404}, statuses
    assert len(statuses) > 15


@pytest.mark.parametrize("name", ["police", "police_and_ssp", "board_and_police"])
def test_nobody_of_the_police_changes_anything_in_b(app, scene, at, name) -> None:
    course, insider = make_course(scene), at(scene.cast.ssp)
    visitor, addresses = at(getattr(scene.cast, name)), posts(app, course)
    forms = [filled(insider, address) for address in addresses]
    before = everything()
    for address, data in zip(addresses, forms, strict=True):
        assert visitor.post(address.path, data).status_code in (403, 404), address.rule.rule
    assert everything() == before


@pytest.mark.parametrize("name", ["ssp_observer", "board"])
def test_reading_roles_put_nothing_away_for_the_others(scene, at, name) -> None:
    """*Set* says that the party has read it: an observer cannot say that."""
    make_course(scene)
    make_course(scene, is_over=True)
    before = everything()
    at(getattr(scene.cast, name)).post("/notices/seen", {"until": time.now().isoformat()})
    assert everything() == before
