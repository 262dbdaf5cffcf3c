"""Volunteers' names: not to other volunteers on any page, and not in any text that is kept."""

import pytest
import sqlalchemy as sa
from flask import current_app

from app.areas.models import Actor, OrganisationKind
from app.areas.roles import Role
from app.broadcasts import operations as broadcasts
from app.callout import jobs as callout
from app.callout import operations as calls
from app.callout import queries as callouts
from app.callout.models import Answered
from app.contacts.models import Contact, PointKind
from app.contacts.operations import add_contact
from app.direction import operations as direction
from app.direction import queries as directed
from app.direction.models import AgreedHow
from app.extensions import db
from app.incidents import log
from app.incidents.documents import document_of
from app.logbook import erasure
from app.logbook.kinds import Kind
from app.logbook.models import LogEntry
from app.messaging import inbox
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Delivery
from app.narrative import operations as narrative
from app.narrative.models import FactStatus
from app.notices.models import Notice
from app.plans.vocabulary import CallLevel
from app.reviews import operations as reviews
from app.tasks import operations as tasks
from app.tasks import queries as task_queries
from app.tasks.models import Task, TaskSource, TaskState
from app.transitions import colleague, lead, take_part
from app.transitions.stand_down import StandDown, stand_down
from tests.factories import make_actor, make_membership, make_user
from tests.fakes.provider import Provider
from tests.leaks.addresses import of_a_course, without_ids
from tests.leaks.course import Course, make_course
from tests.narrative.making import make_message
from tests.reviews.taking import faults_of, take, unpacked, words_of
from tests.room.incident_forms import done, submit
from tests.scene import Scene

FUNCTIONS = {"Viggo Ravnkilde": "natteravn", "Hanne Håndkraft": "kasserer", "Frida Frivillig": "cykelhjælper"}
CONTACTS = ("Viggo Ravnkilde", "Hanne Håndkraft", "Frida Frivillig", "Nanna Nabohjælp")
USERS = ("Vera Volontør", "Gerda Gæstesen", "Karl Kontaktløs")
NAMES = (*CONTACTS, *USERS)


class Town:
    """Two civil actors beside the parties: the night owls, whose names are sought, and the reader's club."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.owls, self.club = self._actor("owls", "Natteravnene"), self._actor("club", "Boldklubben")
        self.vera, self.reader = make_user("Vera Volontør"), make_user("Bolette Bold")
        make_membership(self.vera, self.owls, Role.COORDINATOR)
        make_membership(self.reader, self.club, Role.COORDINATOR)
        self.viggo = self._contact("Viggo Ravnkilde", "20770001", self.owls)
        self.hanne = self._contact("Hanne Håndkraft", "20770002", self.owls, position=1, humans_only=True)
        self.frida = self._contact("Frida Frivillig", "20770003", scene.cast.actors["helhedsplan"], position=-1)
        self.nanna = self._contact("Nanna Nabohjælp", "20770004", None, audiences=["civil_networks", "residents"])
        db.session.commit()

    def _actor(self, key: str, name: str) -> Actor:
        return make_actor(self.scene.cast.lindevangen, key, name, kind=OrganisationKind.CIVIL)

    def _contact(self, name: str, number: str, actor: Actor | None, **more) -> Contact:
        points = [(PointKind.MOBILE, number)]
        function = FUNCTIONS.get(name, "")
        return add_contact(
            self.scene.cast.lindevangen, name=name, function=function, actor=actor, points=points, is_volunteer=True,
            **more,
        )  # fmt: skip


@pytest.fixture
def town(scene: Scene) -> Town:
    return Town(scene)


def play(town: Town, at, clock, *, is_over: bool) -> Course:
    """Whatever volunteers do, or is done to them, with everything committed."""
    scene = town.scene
    course = make_course(scene)
    incident, ssp, vera = course.incident, scene.reader(scene.cast.ssp), scene.reader(town.vera)
    for actor in (town.owls, town.club):
        take_part.add_actor(incident, actor, CallLevel.CALL_NOW, reader=ssp)
    db.session.commit()
    for minutes in (3, 3, 4):
        clock.advance(minutes=minutes)
        callout.take_due_steps()
    Dispatcher(current_app._get_current_object(), {"log": Provider()}).drain()
    _calls(town, course, at)
    _by_vera(town, course, vera)
    _written(town, course, at)
    if is_over:
        _over(town, course, at)
    db.session.commit()
    return course


def _calls(town: Town, course: Course, at) -> None:
    """Missed, reached by hand, answered by code and by link; a reply that fits nothing; the audience rung to."""
    incident, scene = course.incident, town.scene
    ssp = scene.reader(scene.cast.ssp)
    owls, plan = callouts.latest(incident, town.owls), callouts.latest(incident, scene.cast.actors["helhedsplan"])
    calls.record_attempt(owls, town.hanne, by=ssp.by, note="prøver igen")
    code = next(c.code for c in callouts.calls_of(plan) if c.contact_id == town.frida.id)
    inbox.receive("log", "v-1", town.frida.points[0].address, "", f"Svar {code}")
    inbox.receive("log", "v-2", town.viggo.points[0].address, "", "Jeg kommer måske")
    db.session.commit()
    assert callouts.latest(incident, scene.cast.actors["helhedsplan"]).answered_how is Answered.CODE
    page = f"/incidents/{incident.public_id}/parties/{town.owls.public_id}/calls"
    done(submit(at(scene.cast.ssp), page, contact=town.viggo.public_id, outcome="reached", note="kommer kl. 23"))
    again = calls.start_again(callouts.latest(incident, town.owls), document_of(incident).chain, by=ssp.by)
    db.session.commit()
    text = next(d.text for d in db.session.query(Delivery).filter_by(about=f"callout:{again.id}"))
    link = "/k/" + text.split("/k/")[1].split()[0]
    assert at().client.post(link).status_code == 200
    broadcasts.record_call(incident, ssp, "residents", town.nanna)
    broadcasts.engage(incident, ssp, "civil_networks", town.nanna, "gå runde kl. 20-23")


def _by_vera(town: Town, course: Course, vera) -> None:
    """What a volunteer with a login does."""
    incident = course.incident
    again = calls.start_again(callouts.latest(incident, town.owls), document_of(incident).chain, by=vera.by)
    calls.acknowledge(again, Answered.APP, town.vera.name, by=vera.by)
    entry = log.write(incident, Kind.NOTE, "Vi går en runde", by=vera.by)
    erasure.request_erasure(entry, log.author(vera.by), "Skrevet ved en fejl")
    task = tasks.add(incident, town.owls, key="v", source=TaskSource.ADDED, text="Gå en runde", due_at=None)
    tasks.settle(task, TaskState.DONE, by=vera.by, note="Roligt")
    held = colleague.let_in(incident, vera, "Gerda Gæstesen", "+4520770009", "/colleague/{pass}")
    held.used_at = held.expires_at
    narrative.add_fact(incident, "Roligt", FactStatus.CONFIRMED, "Set på stedet", may_publish=True, by=vera.by)
    make_message(town.scene, incident, town.vera, what_happened="Roligt")
    plan = directed.latest_plan(incident)
    direction.take_stance(plan, vera, direction.Said(agrees=False, reason="For sent"))
    ssp = town.scene.reader(town.scene.cast.ssp)
    said = direction.Said(agrees=True, how=AgreedHow.PHONE, said_by="Karl Kontaktløs")
    direction.record_stance(plan, ssp, town.owls, said)


def _written(town: Town, course: Course, at) -> None:
    """Taken over by a volunteer, and back again: the former is told by whom."""
    incident, scene = course.incident, town.scene
    lead.take_over_lead(incident, scene.reader(town.vera), "Nærmest")
    lead.take_over_lead(incident, scene.reader(scene.cast.ssp), "Tilbage igen")


def _over(town: Town, course: Course, at) -> None:
    stand_down(course.incident, town.scene.reader(town.scene.cast.ssp), StandDown((), move_tasks=True))
    review = reviews.open_review(course.incident)
    reviews.answer(review, town.owls, {"q0": "Godt"}, by=town.scene.reader(town.vera).by)


def kept() -> list[str]:
    """Every text that stays. Who wrote an entry stands beside it in the log, where it can be hidden."""
    said = [text for entry in db.session.query(LogEntry) for text in (entry.text, entry.on_behalf_of)]
    columns = (Task.text, Task.note, Notice.text, Delivery.text, Delivery.about)
    return [text for text in said if text] + [t for c in columns for t in db.session.scalars(sa.select(c)) if t]


@pytest.mark.parametrize("is_over", [False, True], ids=["running", "over"])
def test_no_page_shows_a_volunteer_the_name_of_another(app, scene, town, at, clock, is_over) -> None:
    course, visitor = play(town, at, clock, is_over=is_over), at(town.reader)
    addresses = [a for a in of_a_course(app, course) if "GET" in a.methods]
    paths = [a.path for a in addresses if not a.rule.rule.startswith(("/k/", "/colleague/"))]
    paths += [path for path in without_ids(app) if not path.startswith(("/static", "/sign-out", "/demo"))]
    last = db.session.scalar(sa.select(sa.func.max(LogEntry.seq)).where(LogEntry.chain_id == course.incident.chain_id))
    under = f"/incidents/{course.incident.public_id}"
    paths += [f"{under}/log/{seq}{end}" for seq in range(1, last + 1) for end in ("", "/erasure", "/correction")]
    paths += [f"{under}/parties/{actor.public_id}" for actor in (town.owls, scene.cast.actors["helhedsplan"])]
    paths += [f"{under}/tasks/{task.public_id}" for task in task_queries.of_incident(course.incident)]
    paths += [f"{under}/informed/{key}" for key in ("residents", "civil_networks")]
    read = {path: answer.text for path in paths if (answer := visitor.get(path)).status_code == 200}
    assert len(read) > 40
    assert "natteravn" in "".join(read.values())
    assert {path: name for path, text in read.items() for name in NAMES if name in text} == {}


def test_those_who_call_them_do_read_their_names(scene, town, at, clock) -> None:
    """Else the test above would prove nothing."""
    course, visitor = play(town, at, clock, is_over=False), at(scene.cast.ssp)
    under = f"/incidents/{course.incident.public_id}"
    assert "Viggo Ravnkilde" in visitor.text(f"{under}/parties/{town.owls.public_id}")
    assert "Vera Volontør" in visitor.text(under)


@pytest.mark.parametrize("is_over", [False, True], ids=["running", "over"])
def test_no_text_that_is_kept_names_a_volunteer(scene, town, at, clock, is_over) -> None:
    play(town, at, clock, is_over=is_over)
    texts = kept()
    assert any("natteravn" in text for text in texts) and any("kasserer" in text for text in texts)
    assert [text for text in texts if any(name in text for name in NAMES)] == []


def test_no_file_that_leaves_the_house_names_a_volunteer(scene, town, at, clock) -> None:
    """Not even for those who read their names on the screen, nor for the volunteers themselves."""
    incident = play(town, at, clock, is_over=True).incident
    ssp = scene.cast.ssp
    for user, kind in ((ssp, "package"), (ssp, "json"), (town.vera, "package"), (town.vera, "csv")):
        data = take(at(user), incident, kind)
        files = unpacked(data) if kind == "package" else {kind: data}
        read = {name: words_of(name, content) for name, content in files.items()}
        assert "Vi går en runde" in "".join(read.values()) and "Natteravnene" in "".join(read.values())
        assert {name: one for name, text in read.items() for one in NAMES if one in text} == {}
        if kind == "package":
            assert faults_of(data) == []
