"""No text about what is not a politisag goes to an address that is the police's, whichever way it became theirs."""

import re

import pytest
import sqlalchemy as sa
from flask import current_app

from app.accounts.models import DECLARATION_VERSION, User
from app.areas.roles import Role
from app.callout import jobs as callout
from app.contacts.models import Contact, PointKind
from app.contacts.operations import add_contact, edit_contact
from app.errors import Refused
from app.extensions import db
from app.lib import clock as time
from app.messaging import inbox
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Delivery
from app.plans.vocabulary import IncidentStatus
from app.tasks import jobs as tasks
from app.transitions import annul, colleague, lead
from app.transitions.stand_down import StandDown, stand_down
from tests.factories import make_membership
from tests.fakes.provider import Provider
from tests.leaks.course import GUEST_PHONE, make_course
from tests.scene import Scene


def addresses(contact: Contact) -> set[str]:
    return {point.address for point in contact.points}


def numbered(contact: Contact) -> dict[PointKind, str]:
    return {point.kind: point.address for point in contact.points}


def become_police(contact: Contact) -> None:
    """Somebody ticks *politi* for a contact."""
    edit_contact(
        contact, name=contact.name, points=numbered(contact), function="", actor=contact.actor,
        position=contact.position, place=contact.place,
        entrance=contact.entrance, audiences=(), is_police=True, is_volunteer=False, humans_only=False,
        language=contact.language,
    )  # fmt: skip
    db.session.commit()


def by_mark(scene: Scene, contact: Contact) -> None:
    become_police(contact)


def by_the_number_of_a_police_contact(scene: Scene, contact: Contact) -> None:
    points = [(PointKind.MOBILE, contact.point(PointKind.MOBILE).address)]
    add_contact(scene.cast.lindevangen, name="Vagthavende", actor=scene.cast.actors["police"], points=points)


def by_the_mail_of_a_police_user(scene: Scene, contact: Contact) -> None:
    scene.cast.police.email = contact.point(PointKind.EMAIL).address


def by_the_phone_of_a_police_user(scene: Scene, contact: Contact) -> None:
    scene.cast.police_and_ssp.phone = contact.point(PointKind.MOBILE).address


def by_being_a_police_user(scene: Scene, contact: Contact) -> None:
    contact.user_id = scene.cast.police_and_ssp.id


def by_a_contact_that_has_ended(scene: Scene, contact: Contact) -> None:
    by_the_number_of_a_police_contact(scene, contact)
    db.session.query(Contact).filter_by(name="Vagthavende").one().ended_at = time.now()


WAYS = (
    by_mark, by_the_number_of_a_police_contact, by_the_mail_of_a_police_user, by_the_phone_of_a_police_user,
    by_being_a_police_user, by_a_contact_that_has_ended,
)  # fmt: skip


def everything_that_sends(scene: Scene, clock) -> None:
    """Calls in all their steps, tellings, notices, requests, reminders, takeovers, the end in both ways."""
    over = make_course(scene)
    for _ in range(5):
        clock.advance(minutes=3)
        callout.take_due_steps()
    lead.take_over_lead(over.incident, scene.reader(scene.cast.helhedsplan), "Sidder nærmest")
    lead.take_over_lead(over.incident, scene.reader(scene.cast.ssp), "Igen")
    db.session.commit()
    clock.advance(hours=1)
    tasks.remind_overdue()
    send(scene)
    stand_down(over.incident, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
    false = make_course(scene)
    send(scene)
    annul.annul(false.incident, scene.reader(scene.cast.ssp), "Forkert knap")
    db.session.commit()


def send(scene: Scene) -> list:
    db.session.commit()
    provider = Provider()
    Dispatcher(current_app._get_current_object(), {"log": provider}).drain()
    db.session.expire_all()
    return provider.accepted


@pytest.mark.parametrize("way", WAYS)
def test_an_address_of_the_police_gets_nothing_by_any_way_of_sending(scene: Scene, clock, way) -> None:
    police = [scene.contacts[key][place] for key in ("ssp", "youth_club", "helhedsplan") for place in (0, 2)]
    theirs = set()
    for contact in police if way in (by_mark, by_being_a_police_user) else police[:1]:
        way(scene, contact)
        theirs |= addresses(contact)
    db.session.commit()
    everything_that_sends(scene, clock)
    # Whoever writes to us is told that nobody reads it: the same words whatever goes on.
    sent = set(db.session.scalars(sa.select(Delivery.address).where(Delivery.group != "inbox")))
    assert not sent & theirs
    assert len(sent) > 3


def called(scene: Scene, clock):
    """A B whose parties' first contacts have been called for certain."""
    incident = scene.activate(scene.cast.ssp)
    club = scene.contacts["youth_club"][0]
    call = db.session.scalars(sa.select(Delivery).where(Delivery.address.in_(addresses(club)))).first()
    assert call is not None
    send(scene)
    return incident, club, call.text


@pytest.mark.parametrize("end", ["stand down", "annul"])
def test_whoever_becomes_police_after_the_call_hears_no_end_of_it(scene: Scene, clock, end) -> None:
    incident, club, _ = called(scene, clock)
    become_police(club)
    if end == "annul":
        annul.annul(incident, scene.reader(scene.cast.ssp), "Forkert knap")
    else:
        stand_down(incident, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
    db.session.commit()
    ending = db.session.scalars(sa.select(Delivery).where(Delivery.group == f"ending:{incident.id}")).all()
    assert ending
    assert not {d.address for d in ending} & addresses(club)


def test_the_link_in_a_call_ends_for_whoever_becomes_police(scene: Scene, clock, at) -> None:
    incident, club, text = called(scene, clock)
    path = re.search(r"/k/[\w-]+", text)[0]
    assert at().get(path).status_code == 200
    become_police(club)
    gone, now = at().get("/k/never-was"), at().get(path)
    assert now.status_code == gone.status_code == 404
    assert "Rygte" not in now.text
    head = incident.chain.seq
    assert at().post(path).status_code == 404
    db.session.refresh(incident.chain)
    assert incident.chain.seq == head


def test_a_code_from_the_polices_phone_answers_nothing(scene: Scene, clock) -> None:
    incident, club, text = called(scene, clock)
    become_police(club)
    head = incident.chain.seq
    code = re.search(r"Svar (\d{4})", text)[1]
    inbox.receive("log", "x1", club.point(PointKind.MOBILE).address, "", code)
    db.session.commit()
    db.session.refresh(incident.chain)
    assert incident.chain.seq == head


def test_a_guest_whose_phone_becomes_the_polices_is_outside(scene: Scene, at, clock) -> None:
    course = make_course(scene)
    text = db.session.scalars(sa.select(Delivery.text).where(Delivery.address == GUEST_PHONE)).one()
    path, code = f"/colleague/{course.ids['colleague_pass']}", re.search(r"Kode: (\d{6})", text)[1]
    guest = at()
    assert guest.post(path, {"code": code}).status_code == 303
    person = db.session.query(User).filter_by(phone=GUEST_PHONE).one()
    person.declaration_version, person.declaration_at = DECLARATION_VERSION, time.now()
    room = f"/incidents/{course.incident.public_id}"
    assert guest.get(room).status_code == 200
    add_contact(
        scene.cast.lindevangen, name="V", actor=scene.cast.actors["police"], points=[(PointKind.MOBILE, GUEST_PHONE)]
    )
    db.session.commit()
    assert guest.get(room).status_code in (403, 404)
    assert guest.get(f"{room}/live").status_code in (403, 404)


def test_a_pass_cannot_be_used_from_a_phone_that_became_the_polices(scene: Scene, at, clock) -> None:
    course = make_course(scene)
    text = db.session.scalars(sa.select(Delivery.text).where(Delivery.address == GUEST_PHONE)).one()
    path, code = f"/colleague/{course.ids['colleague_pass']}", re.search(r"Kode: (\d{6})", text)[1]
    scene.cast.police.phone = GUEST_PHONE
    db.session.commit()
    assert at().post(path, {"code": code}).status_code == 422


def test_whoever_becomes_police_while_in_the_room_is_outside_at_once(scene: Scene, at, clock) -> None:
    course = make_course(scene)
    visitor = at(scene.cast.youth_club)
    room = f"/incidents/{course.incident.public_id}"
    tag = visitor.get(f"{room}/live").headers["ETag"]
    make_membership(scene.cast.youth_club, scene.cast.actors["police"], Role.OBSERVER)
    db.session.commit()
    assert visitor.get(f"{room}/live", headers={"If-None-Match": tag}).status_code == 404
    assert visitor.post(f"{room}/log/new", {"text": "Jeg er her"}).status_code == 404
    assert course.incident.status is IncidentStatus.ACTIVE


@pytest.mark.parametrize("phone", ["contact", "police user"])
def test_no_colleague_is_let_in_on_a_phone_of_the_police(scene: Scene, clock, phone) -> None:
    scene.cast.police.phone = "+4520777777"
    db.session.commit()
    number = scene.contacts["police"][0].point(PointKind.MOBILE).address if phone != "police user" else "+4520777777"
    incident = scene.activate(scene.cast.ssp)
    with pytest.raises(Refused):
        colleague.let_in(incident, scene.reader(scene.cast.ssp), "Vibe", number, "/colleague/{pass}")
