"""*Hvad sker der, hvis …* says what then really happens, writes nothing, and shows nobody an incident."""

from datetime import timedelta

import pytest

from app.callout.models import Call
from app.direction.models import HeardBy
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock as time
from app.messaging.models import Delivery
from app.planning.what_if import Answer, Question, answer
from app.plans.queries import plan_for
from app.plans.vocabulary import Track
from app.roster.operations import add_single
from app.roster.rules import Rank
from app.tasks import queries as tasks
from app.transitions.activate import PoliceSaid
from tests.conftest import Clock
from tests.planning.conftest import CHAIN, entry, write
from tests.room.incident_forms import done, nobody_answers, plain
from tests.scene import Scene

ASK = "/plan/what-if?of={of}&activator={who}&track={track}&category=rumours&day=2026-11-22&time=23.40"
NOW = timedelta(0)


def asked(scene: Scene, track: Track, who: str = "ssp", after: timedelta = NOW) -> Answer:
    area = scene.cast.lindevangen
    return answer(area, plan_for(area).document, Question(who, track, "rumours", time.now() + after))


def calls(found: Answer) -> set[tuple[str, int, str, bool]]:
    return {
        (party.actor.key, round(step.after.total_seconds() / 60), one.contact.name, one.is_texted)
        for party in found.parties for step in party.steps for one in step.asked
    }  # fmt: skip


@pytest.mark.parametrize("track", Track)
def test_it_says_whom_the_real_one_calls_when_by_the_roster_and_what_opens(scene, clock: Clock, track: Track) -> None:
    club, people = scene.cast.actors["youth_club"], scene.contacts["youth_club"]
    soon = time.now() + timedelta(minutes=2)
    add_single(people[2], Rank.ON_DUTY, time.now() - timedelta(hours=1), soon, instead=True)
    add_single(people[0], Rank.ON_DUTY, soon, soon + timedelta(hours=8), instead=True)
    scene.contacts["helhedsplan"][0].humans_only = True
    db.session.commit()
    said = asked(scene, track)
    behalf = PoliceSaid("Vagtchefen", HeardBy.PHONE, time.now()) if track is Track.POLICE else None
    began = time.now()
    incident = scene.activate(scene.cast.ssp, track, police_said=behalf)
    nobody_answers(clock)
    real = {
        (call.callout.actor.key, round((call.at - began).total_seconds() / 60), call.contact.name, bool(call.address))
        for call in db.session.query(Call)
    }
    assert calls(said) == real
    assert ("youth_club", 0, "youth_club C", True) in real, "who has the duty at that minute"
    assert ("youth_club", 3, "youth_club B", True) in real, "A has it by then, so B is the deputy"
    assert ("helhedsplan", 0, "helhedsplan A", False) in real, "a person rings"
    levels = {p.actor.key: p.call_level for p in incident.participations}
    assert {party.actor.key: party.level for party in said.parties} == levels
    assert said.leader == incident.leader
    opened = {task.text for task in tasks.of_incident(incident) if task.key.startswith("card:")}
    assert {item.text for party in said.parties if party.card for item in party.card.items} == opened
    told = {party.told.name for party in said.parties if party.told}
    sent = {d.name for d in db.session.query(Delivery) if "ikke rykke ud" in d.text}
    assert told == sent
    assert said.first_report_at == incident.next_update_at
    assert club.key in levels


def test_another_hour_has_another_duty_and_who_may_not_is_told_who_can(scene, clock: Clock) -> None:
    people = scene.contacts["youth_club"]
    later = time.now() + timedelta(hours=10)
    add_single(people[2], Rank.ON_DUTY, later, later + timedelta(hours=1), instead=True)
    first = {name for key, after, name, _ in calls(asked(scene, Track.NON_POLICE)) if (key, after) == ("youth_club", 0)}
    then = asked(scene, Track.NON_POLICE, after=timedelta(hours=10, minutes=5))
    assert first == {"youth_club A"}
    assert {name for key, after, name, _ in calls(then) if (key, after) == ("youth_club", 0)} == {"youth_club C"}
    refused = asked(scene, Track.NON_POLICE, "youth_club")
    assert not refused.ruling
    assert [actor.key for actor in refused.asks] == ["municipality", "ssp", "housing", "helhedsplan"]
    others = {"ssp", "youth_club", "family_centre", "helhedsplan"}
    assert {actor.key for actor in asked(scene, Track.NON_POLICE).releasers} == others
    assert [a.key for a in asked(scene, Track.POLICE).releasers] == ["police"]


def test_the_page_answers_by_the_plan_or_the_draft_and_does_nothing(scene, at, draft) -> None:
    cast, helle = scene.cast, at(scene.cast.helhedsplan)
    done(write(helle, entry("chain"), **CHAIN))
    now = plain(helle.text(ASK.format(of="plan", who="ssp", track="non_police")))
    then = plain(helle.text(ASK.format(of="draft", who="ssp", track="non_police")))
    assert "Kl. 23.43 (efter 3 min)" in now and "Kl. 23.42 (efter 2 min)" not in now
    assert "Kl. 23.42 (efter 2 min)" in then and "Svaret er efter udkastet" in then
    assert "Første besked" in now and "Politiet er ikke part." in now
    assert db.session.query(Incident).count() == db.session.query(Delivery).count() == 0
    secret = scene.activate(cast.ssp, what="Hemmelig hændelse")
    for user in (cast.police, cast.ssp_responder, cast.ssp_observer, cast.housing):
        page = at(user).get(ASK.format(of="draft", who="ssp", track="police"))
        assert page.status_code == 200
        assert secret.what not in page.text
    assert "Svaret er efter udkastet" not in at(cast.housing).text(ASK.format(of="draft", who="ssp", track="police"))
    assert at(cast.board).get("/plan/what-if").status_code == 403
    assert at(cast.administrator).get("/plan/what-if").status_code == 403
    wrong = helle.get(ASK.format(of="plan", who="police", track="non_police"))
    assert wrong.status_code == 422 and "Politiet er ikke part" in wrong.text
    assert helle.get("/plan/what-if?activator=ssp").status_code == 422
