"""From one track to the other: what ends, what opens, what goes along, and what nobody of the police ever learns."""

import pytest
import sqlalchemy as sa

from app.callout import queries as callouts
from app.callout.models import Answered, CalloutState
from app.callout.operations import acknowledge
from app.direction.models import ActState, HeardBy, PoliceActKind
from app.direction.queries import acts_of
from app.errors import Refused
from app.extensions import db
from app.incidents import course, log
from app.incidents.models import ColleaguePass, Incident, SameAnswer, SameIncidentQuestion, Succession
from app.lib import clock as time
from app.logbook.kinds import Kind
from app.logbook.models import LogEntry
from app.logbook.verify import verify_chain
from app.messaging.models import Delivery
from app.messaging.states import DeliveryState
from app.notices.models import Notice
from app.plans.vocabulary import IncidentStatus, Track
from app.tasks import operations as tasks
from app.tasks import queries as task_queries
from app.tasks.models import TaskSource, TaskState
from app.transitions import colleague, police_acts, same_incident
from app.transitions.activate import PoliceSaid
from app.transitions.lead import take_over_lead
from app.transitions.release_case import Release, release_case
from app.transitions.same_incident import Along
from tests.scene import Scene

SECRET = "hemmelig om klubben"


def brawl(scene: Scene, **more) -> Incident:
    """A brawl in the club: no politisag, SSP is tovholder."""
    return scene.activate(scene.cast.ssp, what=f"Slagsmål, {SECRET}", category="youth_gathering", **more)


def police_case(scene: Scene, **more) -> Incident:
    return scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="Vold", **more)


def phoned() -> PoliceSaid:
    return PoliceSaid("Vagtchefen", HeardBy.PHONE, time.now())


def question(incident: Incident) -> SameIncidentQuestion:
    return db.session.scalars(sa.select(SameIncidentQuestion).filter_by(incident_id=incident.id)).one()


def texts(incident: Incident) -> str:
    found = db.session.scalars(sa.select(LogEntry).filter_by(chain_id=incident.chain_id).order_by(LogEntry.seq))
    return "\n".join(entry.text or "" for entry in found)


def yes(scene: Scene, incident: Incident, **along) -> None:
    same_incident.answer_yes(question(incident), scene.reader(scene.cast.ssp), Along(**along))
    db.session.commit()


def release(scene: Scene, case: Incident, user=None, **more) -> Incident:
    accepting = scene.cast.actors[more.pop("accepting", "helhedsplan")]
    opened = release_case(case, scene.reader(user or scene.cast.police), Release(accepting, **more))
    db.session.commit()
    return opened


# ---- B → A: asked ----------------------------------------------------------------------------------------------------


def test_the_tovholder_is_asked_once_when_the_police_activate(scene: Scene) -> None:
    b = brawl(scene)
    police_case(scene)
    assert question(b).answer is None
    [notice] = db.session.scalars(sa.select(Notice).filter(Notice.key.like("same:%")))
    assert notice.actor_id == scene.cast.actors["ssp"].id
    assert notice.without_police
    [text] = db.session.scalars(sa.select(Delivery).filter(Delivery.unique_key.like("notice:same:%")))
    assert "Er det samme hændelse" in text.text and text.address == scene.contacts["ssp"][0].points[0].address


def test_the_polices_call_recorded_by_somebody_asks_as_well(scene: Scene) -> None:
    b = brawl(scene)
    scene.activate(scene.cast.helhedsplan, Track.POLICE, category="shooting", police_said=phoned())
    assert question(b)


def test_nothing_is_asked_of_what_is_over_or_of_an_exercise(scene: Scene) -> None:
    over, exercise = brawl(scene), brawl(scene, is_exercise=True)
    over.status = IncidentStatus.STOOD_DOWN
    db.session.commit()
    police_case(scene)
    assert db.session.query(SameIncidentQuestion).count() == 0
    played = scene.activate(scene.cast.helhedsplan, Track.POLICE, category="shooting", is_exercise=True)
    assert question(exercise).police_case_id == played.id


def test_of_two_police_cases_each_is_asked_about_and_the_first_yes_ends_it(scene: Scene) -> None:
    b = brawl(scene)
    police_case(scene)
    police_case(scene)
    first, second = db.session.query(SameIncidentQuestion).order_by(SameIncidentQuestion.id)
    reader = scene.reader(scene.cast.ssp)
    same_incident.answer_yes(first, reader, Along())
    with pytest.raises(Refused, match="ikke længere aktiv"):
        same_incident.answer_yes(second, reader, Along())
    assert b.status is IncidentStatus.TO_POLICE


# ---- B → A: yes ------------------------------------------------------------------------------------------------------


def test_yes_ends_it_and_only_what_was_ticked_and_typed_goes_along(scene: Scene) -> None:
    b, cast = brawl(scene), scene.cast
    log.write(b, Kind.FACT, f"En note, {SECRET}", by=scene.reader(cast.ssp).by)
    tasks.add(b, cast.actors["youth_club"], key="t1", source=TaskSource.ADDED, text="Luk klubben", due_at=None)
    tasks.add(b, cast.actors["youth_club"], key="t2", source=TaskSource.ADDED, text=f"Ring, {SECRET}", due_at=None)
    case = police_case(scene)
    before = {task.id for task in task_queries.of_incident(case)}
    ticked = task_queries.by_key(b, "t1")
    yes(scene, b, tasks=(ticked,), summary="Slagsmål mellem unge, en medarbejder er ramt.")
    assert (b.status, case.status) == (IncidentStatus.TO_POLICE, IncidentStatus.ACTIVE)
    [new] = [task for task in task_queries.of_incident(case) if task.id not in before]
    assert (new.text, new.actor.key, new.is_open) == ("Luk klubben", "youth_club", True)
    assert ticked.state is TaskState.NOT_RELEVANT and ticked.note == "Gået med til politisagen."
    assert task_queries.by_key(b, "t2").state is TaskState.FOLLOW_UP
    notes = db.session.scalars(sa.select(LogEntry).filter_by(chain_id=case.chain_id, kind=Kind.NOTE))
    [said] = [note for note in notes if note.author_user_id]
    assert said.text == "Slagsmål mellem unge, en medarbejder er ramt."
    assert said.author_label == "Sanne Spang, SSP og opsøgende team"
    assert SECRET not in texts(case) and b.public_id not in texts(case) and "samme" not in texts(case)
    assert verify_chain(b.chain_id).is_whole and verify_chain(case.chain_id).is_whole
    assert course.successor_of(b) is case


def test_nothing_goes_along_by_itself(scene: Scene) -> None:
    b = brawl(scene)
    case = police_case(scene)
    was = (texts(case), len(task_queries.of_incident(case)))
    yes(scene, b)
    assert (texts(case), len(task_queries.of_incident(case))) == was


def test_the_callouts_stop_and_those_called_are_told_but_no_police(scene: Scene) -> None:
    b = brawl(scene)
    sent = db.session.scalars(sa.select(Delivery).filter(Delivery.group == f"incident:{b.id}")).first()
    sent.state, sent.sent_at = DeliveryState.SENT, time.now()
    db.session.commit()
    police_case(scene)
    yes(scene, b)
    queued = db.session.scalars(sa.select(Delivery).filter_by(group=f"incident:{b.id}", state=DeliveryState.QUEUED))
    assert list(queued) == []
    assert {c.state for c in callouts.latest_of(b)} <= {CalloutState.ACKNOWLEDGED, CalloutState.STOPPED}
    told = db.session.scalars(sa.select(Delivery).filter(Delivery.unique_key.like("to-police:%"))).all()
    assert [d.address for d in told] == [sent.address]


def test_a_task_of_somebody_outside_the_police_case_stays(scene: Scene) -> None:
    b = scene.activate(scene.cast.housing, category="youth_gathering")
    tasks.add(b, scene.cast.actors["housing"], key="t1", source=TaskSource.ADDED, text="Lås porten", due_at=None)
    case = police_case(scene)
    mine = task_queries.by_key(b, "t1")
    assert mine not in same_incident.may_go_along(question(b))
    same_incident.answer_yes(question(b), scene.reader(scene.cast.housing), Along((mine,)))
    assert "Lås porten" not in [task.text for task in task_queries.of_incident(case)]


def test_the_summary_may_follow_while_the_police_log_is_open(scene: Scene) -> None:
    b = brawl(scene)
    case = police_case(scene)
    reader = scene.reader(scene.cast.ssp)
    with pytest.raises(Refused, match="ikke overgået"):
        same_incident.give_summary(b, reader, "For tidligt")
    yes(scene, b)
    with pytest.raises(Refused, match="Det afgør tovholderen"):
        same_incident.give_summary(b, scene.reader(scene.cast.helhedsplan), "Ikke min")
    same_incident.give_summary(b, reader, "Her er resuméet")
    assert "Her er resuméet" in texts(case)
    case.status = IncidentStatus.CLOSED
    db.session.commit()
    with pytest.raises(Refused, match="lukket"):
        same_incident.give_summary(b, reader, "For sent")


def test_only_the_tovholder_answers_and_taking_over_is_one_tap(scene: Scene) -> None:
    b, cast = brawl(scene), scene.cast
    police_case(scene)
    with pytest.raises(Refused, match="Det afgør tovholderen"):
        same_incident.answer_yes(question(b), scene.reader(cast.helhedsplan), Along())
    with pytest.raises(Refused, match="Politiet er ikke part"):
        same_incident.answer_yes(question(b), scene.reader(cast.police_and_ssp), Along())
    db.session.rollback()
    take_over_lead(b, scene.reader(cast.helhedsplan), "SSP svarer ikke")
    same_incident.answer_yes(question(b), scene.reader(cast.helhedsplan), Along())
    assert b.status is IncidentStatus.TO_POLICE


def test_a_police_case_that_is_over_takes_nothing_in(scene: Scene) -> None:
    b = brawl(scene)
    case = police_case(scene)
    case.status = IncidentStatus.STOOD_DOWN
    db.session.commit()
    assert same_incident.questions_of(b) == []
    with pytest.raises(Refused, match="Politiets sag er slut"):
        yes(scene, b)
    db.session.rollback()
    assert b.status is IncidentStatus.ACTIVE and question(b).answer is None


def test_when_the_police_deny_their_activation_what_went_over_runs_on(scene: Scene) -> None:
    b, cast = brawl(scene), scene.cast
    tasks.add(b, cast.actors["youth_club"], key="t1", source=TaskSource.ADDED, text="Luk klubben", due_at=None)
    case = scene.activate(cast.helhedsplan, Track.POLICE, category="shooting", police_said=phoned())
    other = brawl(scene)
    yes(scene, b, tasks=(task_queries.by_key(b, "t1"),))
    police_acts.deny(acts_of(case)[0], scene.reader(cast.police), "Nej")
    db.session.commit()
    assert (case.status, b.status, b.ended_at) == (IncidentStatus.ANNULLED, IncidentStatus.ACTIVE, None)
    assert other.status is IncidentStatus.ACTIVE and task_queries.by_key(b, "t1").is_open
    assert "Hændelsen er aktiv igen uden politiet" in texts(b) and "aktiv igen" not in texts(case)
    told = db.session.scalars(sa.select(Delivery).filter(Delivery.unique_key.like("notice:not-police:%"))).all()
    assert told and not {d.address for d in told} & {p.address for c in scene.contacts["police"] for p in c.points}
    assert verify_chain(b.chain_id).is_whole


# ---- B → A: no -------------------------------------------------------------------------------------------------------


def test_no_lets_both_run_and_is_written_in_b_alone(scene: Scene) -> None:
    b = brawl(scene)
    case = police_case(scene)
    was = texts(case)
    same_incident.answer_no(question(b), scene.reader(scene.cast.ssp))
    db.session.commit()
    assert (b.status, case.status, texts(case)) == (IncidentStatus.ACTIVE, IncidentStatus.ACTIVE, was)
    assert "Ikke samme hændelse" in texts(b)
    assert question(b).answer is SameAnswer.NO
    assert db.session.query(Notice).filter(Notice.key.like("same:%"), Notice.seen_at.is_(None)).count() == 0
    yes(scene, b)  # a no may become a yes while both run
    assert b.status is IncidentStatus.TO_POLICE


# ---- A → B -----------------------------------------------------------------------------------------------------------


def test_a_released_case_ends_for_all_and_the_others_go_on(scene: Scene) -> None:
    case = police_case(scene)
    answered = callouts.latest(case, scene.cast.actors["ssp"])
    acknowledge(answered, Answered.APP, "Sanne", by=None)
    due = case.next_update_at
    b = release(scene, case)
    assert case.status is IncidentStatus.RELEASED
    assert all(p.ended_at == case.ended_at for p in case.participations)
    assert {p.actor.key for p in b.participations} == {"ssp", "youth_club", "family_centre", "helhedsplan"}
    assert (b.track, b.leader.key, b.what, b.category_key) == (Track.NON_POLICE, "helhedsplan", "Vold", "shooting")
    assert (b.plan_id, b.place_id, b.next_update_at) == (case.plan_id, case.place_id, due)
    states = {c.actor.key: c.state for c in callouts.latest_of(b)}
    assert states["ssp"] is CalloutState.ACKNOWLEDGED
    assert {c.state for c in callouts.latest_of(case) if c.actor.key != "ssp"} <= {
        CalloutState.STOPPED, CalloutState.ACKNOWLEDGED,
    }  # fmt: skip
    assert course.successor_of(case) is b
    [told] = db.session.scalars(sa.select(Delivery).filter(Delivery.unique_key.like(f"notice:released:{b.id}:%")))
    assert told.address == scene.contacts["helhedsplan"][0].points[0].address
    assert "I er tovholder nu" in told.text
    assert verify_chain(b.chain_id).is_whole and verify_chain(case.chain_id).is_whole
    assert acts_of(case) == []


def test_open_tasks_go_along_and_what_was_done_is_not_asked_again(scene: Scene) -> None:
    case, cast = police_case(scene), scene.cast
    police_task = [t for t in task_queries.of_incident(case) if t.actor.is_police]
    own = [t for t in task_queries.of_incident(case) if t.actor.key == "helhedsplan"]
    tasks.add(case, cast.actors["ssp"], key="added:1", source=TaskSource.ADDED, text="Tal med skolen", due_at=None)
    tasks.settle(own[0], TaskState.DONE, by=scene.reader(cast.helhedsplan).by)
    b = release(scene, case)
    there = {t.key: t for t in task_queries.of_incident(b)}
    assert there["added:1"].is_open
    assert own[0].key not in there or there[own[0].key].state is TaskState.DONE
    assert all(t.key not in there for t in police_task)
    assert not [t for t in there.values() if t.source in (TaskSource.CALL, TaskSource.CHAIN) and t.actor.is_police]
    assert task_queries.open_of(case) == []


@pytest.mark.parametrize("accepting", ["police", "housing", "municipality"])
def test_whoever_goes_on_takes_part_and_is_no_police(scene: Scene, accepting: str) -> None:
    case = police_case(scene)
    with pytest.raises(Refused, match="Vælg en tovholder"):
        release(scene, case, accepting=accepting)


def test_only_the_police_release_or_who_heard_it(scene: Scene) -> None:
    case = police_case(scene)
    with pytest.raises(Refused, match="Det afgør politiet"):
        release(scene, case, scene.cast.ssp)
    b = brawl(scene)
    with pytest.raises(Refused, match="ikke en politisag"):
        release(scene, b, scene.cast.ssp)
    db.session.rollback()
    release(scene, case, scene.cast.ssp, police_said=phoned())
    [act] = acts_of(case)
    assert (act.kind, act.state) == (PoliceActKind.CASE_RELEASE, ActState.UNCONFIRMED)
    assert case.status is IncidentStatus.RELEASED


def test_a_confirmed_release_is_told_in_the_log_of_those_who_went_on(scene: Scene) -> None:
    case = police_case(scene)
    b = release(scene, case, scene.cast.ssp, police_said=phoned())
    police_acts.confirm(acts_of(case)[0], scene.reader(scene.cast.police), "Set i appen", by_call_back=False)
    assert "frigivelse af sagen er bekræftet: Set i appen" in texts(b)
    assert case.status is IncidentStatus.RELEASED


def test_a_denied_release_annuls_b_and_the_case_runs_on(scene: Scene) -> None:
    case = police_case(scene)
    b = release(scene, case, scene.cast.ssp, police_said=phoned())
    police_acts.deny(acts_of(case)[0], scene.reader(scene.cast.police), "Nej")
    db.session.commit()
    assert (case.status, case.ended_at, b.status) == (IncidentStatus.ACTIVE, None, IncidentStatus.ANNULLED)
    assert all(p.ended_at is None for p in case.participations)
    assert "er afkræftet: Nej" in texts(case) and "Politisagen fortsætter" in texts(b)
    told = db.session.scalars(sa.select(Delivery).filter(Delivery.unique_key.like("notice:not-released:%"))).all()
    assert len(told) == 4
    again = release(scene, case)
    assert course.successor_of(case) is again
    assert verify_chain(b.chain_id).is_whole and verify_chain(case.chain_id).is_whole


def test_a_denial_looks_the_same_to_the_police_when_b_is_over(scene: Scene) -> None:
    case = police_case(scene)
    b = release(scene, case, scene.cast.ssp, police_said=phoned())
    b.status = IncidentStatus.STOOD_DOWN
    db.session.commit()
    police_acts.deny(acts_of(case)[0], scene.reader(scene.cast.police), "Nej")
    assert (case.status, b.status) == (IncidentStatus.ACTIVE, IncidentStatus.STOOD_DOWN)


def test_in_an_exercise_any_coordinator_plays_the_police_and_it_stays_an_exercise(scene: Scene) -> None:
    case = scene.activate(scene.cast.helhedsplan, Track.POLICE, category="shooting", is_exercise=True)
    b = release(scene, case, scene.cast.helhedsplan)
    assert b.is_exercise
    queued = db.session.scalars(sa.select(Delivery).filter(Delivery.group == f"incident:{b.id}")).all()
    assert queued and all(d.is_exercise and d.text.startswith("ØVELSE") for d in queued)


# ---- guests ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["to police", "released"])
def test_guests_were_let_in_to_the_one_that_ended(scene: Scene, way: str) -> None:
    incident = brawl(scene) if way == "to police" else police_case(scene)
    held = colleague.let_in(incident, scene.reader(scene.cast.ssp), "Karl", "+4520999999", "/{pass}")
    epoch = held.user.session_epoch
    if way == "to police":
        police_case(scene)
        yes(scene, incident)
    else:
        release(scene, incident)
    held = db.session.get_one(ColleaguePass, held.id, populate_existing=True)
    assert held.ended_at is not None and held.user.session_epoch == epoch + 1


def test_a_course_back_and_forth_is_one_chain_of_links(scene: Scene) -> None:
    b = brawl(scene)
    case = police_case(scene)
    yes(scene, b)
    after = release(scene, case)
    assert [(s.predecessor_id, s.successor_id) for s in db.session.query(Succession).order_by(Succession.id)] == [
        (b.id, case.id), (case.id, after.id),
    ]  # fmt: skip
