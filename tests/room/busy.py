"""An incident in full swing: many entries, tasks and call-outs, as a long night leaves it."""

from datetime import timedelta

from app.areas.by import By
from app.areas.models import OrganisationKind
from app.areas.roles import Role
from app.callout.models import Answered
from app.callout.operations import acknowledge, start_again
from app.callout.queries import latest_of
from app.contacts.models import PointKind
from app.contacts.operations import add_contact
from app.extensions import db
from app.incidents import log
from app.incidents.documents import document_of
from app.incidents.models import Incident
from app.lib import clock
from app.logbook.kinds import Kind
from app.plans.vocabulary import CallLevel, SharingLevel
from app.tasks import operations as tasks
from app.tasks import queries as task_queries
from app.tasks.models import TaskSource, TaskState
from app.transitions import take_part
from tests.factories import make_actor, make_membership, make_user
from tests.room.told import tell
from tests.scene import Scene


def busy(
    scene: Scene,
    *,
    entries: int,
    open_tasks: int,
    callouts: int,
    reports: int = 0,
    broadcasts: int = 0,
    residents: int = 0,
) -> Incident:
    """An incident that is no politisag, with at least so much of everything; SSP is tovholder."""
    incident = scene.activate(scene.cast.ssp)
    _more_parties(scene, incident, callouts // 3)
    _more_callouts(scene, incident, callouts)
    _more_tasks(incident, open_tasks)
    if broadcasts:
        tell(scene, incident, reports=reports, broadcasts=broadcasts, residents=residents)
    _more_entries(scene, incident, entries)
    db.session.commit()
    return incident


def _more_parties(scene: Scene, incident: Incident, wanted: int) -> None:
    reader = scene.reader(scene.cast.ssp)
    for number in range(max(0, wanted - len(incident.participations))):
        actor = make_actor(scene.cast.lindevangen, f"more{number}", f"Netværk {number}", kind=OrganisationKind.CIVIL)
        make_membership(make_user(f"Nete {number}"), actor, Role.RESPONDER)
        points = [(PointKind.MOBILE, f"2077{number:04}")]
        add_contact(scene.cast.lindevangen, name=f"Vagt {number}", actor=actor, points=points)
        take_part.add_actor(incident, actor, CallLevel.CALL_NOW, reader=reader)


def _more_callouts(scene: Scene, incident: Incident, wanted: int) -> None:
    by, chain = scene.reader(scene.cast.ssp).by, document_of(incident).chain
    made = len(incident.participations)
    while made < wanted:
        for round_ in latest_of(incident):
            start_again(round_, chain, by=by)
            made += 1
    for round_ in latest_of(incident)[::2]:
        acknowledge(round_, Answered.MANUAL, "Vagten", by=by)


def _more_tasks(incident: Incident, wanted: int) -> None:
    parties, there = incident.participations, len(task_queries.of_incident(incident))
    for number in range(max(0, wanted - there)):
        actor = parties[number % len(parties)].actor
        due = clock.now() + timedelta(minutes=number - 20)
        text = f"Opgave {number}: ring rundt, og hør, hvordan det går."
        new = tasks.add(incident, actor, key=f"busy:{number}", source=TaskSource.ADDED, text=text, due_at=due)
        if new is not None and number % 3 == 0:
            tasks.settle(new, TaskState.DONE, by=By(make_user(f"Nina {number}"), actor))


def _more_entries(scene: Scene, incident: Incident, wanted: int) -> None:
    people = [scene.reader(user).by for user in (scene.cast.ssp, scene.cast.youth_club, scene.cast.helhedsplan)]
    levels = [*SharingLevel, SharingLevel.PARTIES]
    for number in range(max(0, wanted - incident.chain.seq)):
        text = f"Notat {number}: flere unge samles ved torvet. Opsøgende team er på vej og ringer igen om lidt."
        kind = (Kind.NOTE, Kind.FACT, Kind.DECISION)[number % 3]
        wrote = log.write(incident, kind, text, by=people[number % len(people)], sharing=levels[number % len(levels)])
        if number % 20 == 19:
            log.write(incident, Kind.CORRECTION, "Ved butikkerne, ikke torvet.", by=people[0], corrects=wrote)
