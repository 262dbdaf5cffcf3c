"""While a long list is being saved everybody else works on, and nobody sees or uses one contact of it."""

import pytest
import sqlalchemy as sa

from app.areas.models import Area, Membership
from app.broadcasts.narrowing import Narrowing
from app.broadcasts.recipients import gather
from app.contacts import exporting
from app.contacts.importing import coming, jobs, operations
from app.contacts.models import COMING, AudienceMember, Contact, ContactPoint, PointKind
from app.contacts.operations import add_contact
from app.contacts.queries import addresses_outside, contact_in, contacts_of, duty_line, entrances_in, police_addresses
from app.extensions import db
from app.importing import worker
from app.importing.states import ImportState
from app.incidents.models import Incident
from app.lib import clock as clocks
from app.plans.queries import plan_for
from app.retention import people, planning
from tests.contacts.lists import list_file, named, read, row, said
from tests.room.test_activation import start

AASE = row(navn="Åse Rettet", mobil="20123450", mail="aase@linde.example")
COMES = [
    row(navn=f"Kommer {n}", mobil=f"2044550{n}", mail=f"k{n}@linde.example", afdeling="Lindehuse", opgang=f"{n} Ny",
        part="Ungdomsklubben" if n == 1 else "", politi="ja" if n == 2 else "")
    for n in range(5)
]  # fmt: skip


class DiedError(BaseException):
    """The worker is gone between two batches."""


@pytest.fixture
def imported(scene, monkeypatch):
    """Three batches of new ones and one contact that changes; somebody has said yes."""
    monkeypatch.setattr(coming, "BATCH", 2)
    add_contact(scene.cast.lindevangen, name="Åse Bjørn", points=[(PointKind.MOBILE, "20123450")])
    db.session.commit()
    found = read(scene, list_file([*COMES, AASE]))
    assert found.state is ImportState.CHECKED, said(found)
    operations.say_yes(found, by=scene.reader(scene.cast.helhedsplan).by)
    db.session.commit()
    return found


def count(where=None) -> int:
    query = sa.select(sa.func.count()).select_from(Contact)
    found = db.session.scalar(query.where(Contact.ended_at == COMING) if where == "coming" else query)
    db.session.rollback()
    return found


def seen(scene, at, incident) -> list[object]:
    """Whatever shows, counts, reaches or forgets contacts."""
    db.session.expire_all()
    area, person = scene.cast.lindevangen, scene.cast.helhedsplan
    membership = db.session.scalars(sa.select(Membership).where(Membership.user_id == person.id)).first()
    told = gather(incident, plan_for(area).document, ["press", "residents"], Narrowing())
    pages = [at(person).text(address) for address in ("/contacts", "/contacts?q=kommer", "/contacts?audience=press")]
    public_ids = db.session.scalars(sa.select(Contact.public_id).where(Contact.name.like("Kommer %"))).all()
    found = [
        *("Kommer" in page or "Åse Rettet" in page for page in pages),
        [contact.name for contact in contacts_of(area)], sorted(target.contact.name for target in told.all),
        [contact.name for actor in area.actors for contact in duty_line(actor)], entrances_in(area.id),
        sorted(police_addresses(area)), sorted(addresses_outside(area.id)),
        list(exporting.rows({"membership": membership.id, "sought": {}})),
        [one for one in public_ids if contact_in(area, one)], people.find("+4520445500").contacts,
        people.find("k2@linde.example").is_nobody, planning.plan().beside, people.forget_ended(clocks.now()),
    ]  # fmt: skip
    db.session.rollback()
    return found


def everything() -> list[tuple[object, ...]]:
    """What came of the list, row by row."""
    new = sa.select(Contact.name, Contact.ended_at, Contact.actor_id.is_(None)).where(Contact.name.like("Kommer %"))
    points = sa.select(Contact.name, ContactPoint.address).join(ContactPoint).where(Contact.name.like("Kommer %"))
    members = sa.select(Contact.name, AudienceMember.audience_key).join(AudienceMember)
    queries = (new, points, members.where(Contact.name.like("Kommer %")))
    found = [tuple(one) for query in queries for one in db.session.execute(query)]
    db.session.rollback()
    return found


def test_others_write_between_the_batches_and_nobody_meets_the_unfinished_list(scene, at, imported, monkeypatch):
    first = scene.activate(scene.cast.ssp)
    before, met, area_id = seen(scene, at, first), [], scene.cast.lindevangen.id

    def meanwhile(_seconds):
        # First over a connection of its own, while the worker still holds what it holds: a request lets go of that.
        with db.engine.begin() as other:
            other.execute(sa.update(Area).where(Area.id == area_id).values(name=Area.name))
        answer = start(at(scene.cast.ssp), way="non_police", what=f"Imens {len(met)}")
        assert answer.status_code == 303
        met.append((count("coming"), seen(scene, at, first) == before))

    monkeypatch.setattr(jobs, "sleep", meanwhile)
    jobs.save_lists()
    assert met == [(2, True), (4, True)]
    db.session.expire_all()
    assert imported.state is ImportState.SAVED and count("coming") == 0
    assert Incident.query.count() == 3
    assert named("Åse Rettet").point(PointKind.EMAIL).address == "aase@linde.example"
    assert len(everything()) == 5 + 10 + 5 and named("Kommer 1").actor.name == "Ungdomsklubben"
    assert "+4520445502" in police_addresses(scene.cast.lindevangen)
    assert "Kommer 3" in at(scene.cast.helhedsplan).text("/contacts?q=kommer")


def test_a_worker_that_dies_half_way_shows_nothing_and_the_next_one_doubles_nothing(scene, at, imported, monkeypatch):
    first = scene.activate(scene.cast.ssp)
    before = seen(scene, at, first)

    def dies(_seconds):
        raise DiedError

    monkeypatch.setattr(jobs, "sleep", dies)
    with pytest.raises(DiedError):
        jobs.save_lists()
    db.session.rollback()
    assert count("coming") == 2
    assert seen(scene, at, first) == before
    monkeypatch.setattr(worker, "A_WHILE", 0.0)
    monkeypatch.setattr(jobs, "sleep", lambda _seconds: pytest.fail("a call that has had its while rests no more"))
    for there in (4, 5):
        jobs.save_lists()
        assert count("coming") == there and seen(scene, at, first) == before
    jobs.save_lists()
    kept = everything()
    assert len(kept) == len(set(kept)) == 5 + 10 + 5 and count("coming") == 0
    jobs.save_lists()
    jobs.clear_away()
    assert everything() == kept, "it is over"


@pytest.mark.parametrize("how", ["called off", "changed meanwhile", "breaks"])
def test_what_does_not_come_in_goes_without_a_trace(scene, imported, monkeypatch, how):
    before = count()

    def meanwhile(_seconds):
        if count("coming") != 2:
            return
        if how == "called off":
            operations.call_off(imported, by=scene.reader(scene.cast.helhedsplan).by)
        elif how == "changed meanwhile":
            add_contact(scene.cast.lindevangen, name="Kom imens", points=[(PointKind.MOBILE, "20445504")])
        db.session.commit()

    def broken(*_):
        raise ValueError

    monkeypatch.setattr(jobs, "sleep", meanwhile)
    if how == "breaks":
        monkeypatch.setattr("app.contacts.importing.saving._audiences", broken)
    jobs.save_lists()
    db.session.expire_all()
    assert imported.state is (ImportState.WITHDRAWN if how == "called off" else ImportState.REFUSED)
    assert count("coming") == (2 if how == "called off" else 0)
    jobs.clear_away()
    assert count() == before + (how == "changed meanwhile") and everything() == []
    assert named("Åse Bjørn") is not None
