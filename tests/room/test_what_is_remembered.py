"""What the room remembers between two pages is what the database says, whoever changed it and how."""

import ast
from collections.abc import Callable
from dataclasses import asdict

import pytest
import sqlalchemy as sa
from flask import Flask

from app.areas.models import Membership, OrganisationKind
from app.areas.operations import end
from app.areas.roles import Role
from app.broadcasts import operations as broadcasts
from app.broadcasts.states import How
from app.broadcasts.told import engagements_of, informed_of, registered_in
from app.contacts.models import Contact, PointKind
from app.contacts.operations import add_contact, edit_contact, end_contact
from app.direction.operations import agreed_plan
from app.direction.queries import latest_plan
from app.direction.rules import Line, Part
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.course import _beside
from app.incidents.documents import document_of
from app.incidents.models import Incident
from app.lib.database import reading
from app.live.operations import _raised_by
from app.live.remembered import forget
from app.logbook import erasure
from app.logbook import reading as written
from app.logbook.kinds import Kind
from app.logbook.models import LogEntry
from app.narrative.glance import Glance
from app.room.queries import measures_of
from app.tasks.models import Task, TaskState
from app.tasks.operations import settle
from app.tasks.standing import lines_of
from app.transitions import same_incident
from tests.architecture.source import here, python_files, tree
from tests.broadcasts.making import add_audiences, police_case
from tests.factories import make_membership
from tests.measures.conftest import make as make_measure
from tests.narrative.making import make_fact, make_message, make_report
from tests.scene import Scene


def known(incident: Incident, in_charge: Reader) -> dict[str, object]:
    """As a page would show it."""
    db.session.rollback()
    with reading():
        plan = latest_plan(incident)
        found = {
            "registered": registered_in(incident), "informed": [one.how for one in informed_of(incident)],
            "engaged": [one.task for one in engagements_of(incident)], "plan": plan.number if plan else None,
            "same": [one.id for one in same_incident.questions_of(incident)],
            "beside": [one.id for one in _beside(incident)], "tasks": [asdict(line) for line in lines_of(incident)],
            "narrative": Glance(incident)._known, "template": document_of(incident),
            "measures": [one.title for one in measures_of(in_charge, incident)],
            "log": [asdict(entry) for entry in written.page_of(incident.chain_id, None, 99)],
        }  # fmt: skip
        db.session.rollback()
    return found


@pytest.fixture
def incident(scene: Scene) -> Incident:
    add_audiences(scene)
    return scene.activate(scene.cast.ssp)


def contact(name: str) -> Contact:
    return db.session.scalars(sa.select(Contact).filter_by(name=name)).one()


def acts(scene: Scene, incident: Incident) -> list[tuple[str, Callable[[], object]]]:
    """What changes it, each by what it changes of the page."""
    cast, ssp = scene.cast, scene.reader(scene.cast.ssp)
    area, mobile = cast.lindevangen, PointKind.MOBILE

    cast.housing.phone = "+4530000009"
    db.session.commit()

    def held() -> Membership:
        return db.session.scalars(
            sa.select(Membership).filter_by(user_id=cast.housing.id, actor_id=cast.actors["police"].id, ended_at=None)
        ).one()

    def move(name: str, audience: str) -> None:
        one = contact(name)
        edit_contact(one, name=one.name, points={}, function="", actor=None, position=0, place=None, entrance="",
                     audiences=[audience], language=one.language, is_police=False, is_volunteer=False,
                     humans_only=False)  # fmt: skip

    def same_number() -> None:
        contact("Anna").points[0].address = "+4530000004"  # Dennis is of the police

    def task() -> Task:
        return db.session.scalars(sa.select(Task).filter_by(incident_id=incident.id).order_by(Task.id).limit(1)).one()

    def erase() -> None:
        entry = db.session.get_one(LogEntry, (incident.chain_id, incident.chain.seq))
        erasure.request_erasure(entry, log.author(ssp.by), "Et navn")
        erasure.erase(entry, log.author(scene.reader(cast.youth_club).by))

    return [
        ("registered", lambda: add_contact(area, name="Eva", points=[(mobile, "30000009")], audiences=["residents"])),
        ("registered", lambda: move("Skolen", "associations")),
        ("registered", same_number),
        ("registered", lambda: setattr(cast.police, "phone", "+4530000002")),
        ("registered", lambda: make_membership(cast.housing, cast.actors["police"], Role.RESPONDER)),
        ("registered", lambda: end(held(), by=cast.administrator)),
        ("registered", lambda: end_contact(contact("Eva"))),
        ("registered", lambda: db.session.delete(contact("Carla uden telefon"))),
        ("registered", lambda: setattr(cast.actors["police"].organisation, "kind", OrganisationKind.MUNICIPALITY)),
        ("registered", lambda: setattr(cast.actors["police"].organisation, "kind", OrganisationKind.POLICE)),
        ("informed", lambda: broadcasts.record_told(incident, ssp, "residents", How.DOOR, "")),
        ("engaged", lambda: broadcasts.engage(incident, ssp, "residents", contact("Bodil hos Bent"), "Går en runde")),
        ("plan", lambda: agreed_plan.save_line(incident, ssp, Line("ring", Part.COMMUNICATION, "Ring rundt"), base=0)),
        ("tasks", lambda: settle(task(), TaskState.DONE, by=ssp.by)),
        ("tasks", lambda: setattr(cast.ssp, "name", "Signe, nu med et andet navn")),
        ("tasks", lambda: db.session.delete(task())),
        ("narrative", lambda: make_fact(scene, incident, "Der er set unge ved torvet")),
        ("narrative", lambda: make_report(scene, incident, situation="Uro ved torvet")),
        ("narrative", lambda: make_message(scene, incident, what_happened="Der er uro ved torvet")),
        ("template", lambda: setattr(cast.actors["helhedsplan"], "name", "Et nyt navn")),
        ("measures", lambda: make_measure(scene, incident)),
        ("log", lambda: log.write(incident, Kind.NOTE, "Der er ro", by=ssp.by)),
        ("log", erase),
        ("same", lambda: police_case(scene)),
        ("beside", lambda: same_incident.answer_yes(
            same_incident.questions_of(incident)[0], ssp, same_incident.Along())),
    ]  # fmt: skip


def test_whatever_is_changed_the_next_page_knows_it(app: Flask, scene: Scene, incident: Incident) -> None:
    forget()
    ssp = scene.reader(scene.cast.ssp)
    for what, act in acts(scene, incident):
        before = known(incident, ssp)
        assert known(incident, ssp) == before
        act()
        db.session.commit()
        after = known(incident, ssp)
        assert after[what] != before[what], f"{what} was to change"
        forget()
        written.forget()
        assert after == known(incident, ssp), "what was remembered is not what is so"


# A list of thousands goes in by statements; the last of them, which lets the rows count, raises the topic itself.
RAISES_ITSELF = ("app/contacts/importing/saving.py", "app/contacts/importing/coming.py")


def test_rows_that_raise_a_topic_are_never_changed_in_bulk() -> None:
    """Such a statement goes past them: what is remembered would outlive it."""
    names = {model.__name__ for model in _raised_by}
    found = [
        f"{here(path)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.args[0]) in names
        and ast.unparse(node.func).split(".")[-1] in ("update", "insert", "delete", "insert_for")
        and ast.unparse(node.func) != "db.session.delete" and here(path) not in RAISES_ITSELF
    ]  # fmt: skip
    assert names and found == []
