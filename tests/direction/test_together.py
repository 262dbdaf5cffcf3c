"""Two at once: each ends in a state that is allowed, and says so."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from app.accounts.models import User
from app.direction import operations, queries
from app.direction.models import AgreedHow
from app.direction.operations import MadeMeanwhile, Said, Typed
from app.direction.rules import Line, Part
from app.errors import Refused
from app.extensions import db
from app.incidents.access import Reader
from app.incidents.models import Incident
from app.logbook.verify import verify_chain
from app.notices.models import Notice
from tests.direction.conftest import said
from tests.scene import Scene

Act = Callable[[Incident, Reader], object]


@pytest.fixture
def together(app: Flask, scene: Scene) -> Callable[..., list[object]]:
    """`together(incident, (user, act), …)`: all at the same moment, each in a transaction of its own.

    Answers what each got: the act's answer, or the refusal.
    """

    def run(incident: Incident, *acts: tuple[User, Act]) -> list[object]:
        start, incident_id = Barrier(len(acts)), incident.id
        todo = [(user.id, act) for user, act in acts]
        db.session.commit()

        def one(user_id: int, act: Act) -> object:
            start.wait(timeout=30)
            with app.app_context():
                try:
                    reader = scene.reader(db.session.get_one(User, user_id))
                    answer = act(db.session.get_one(Incident, incident_id), reader)
                    db.session.commit()
                    return answer
                except Refused as refused:
                    db.session.rollback()
                    return refused
                finally:
                    db.session.remove()

        with ThreadPoolExecutor(len(todo)) as pool:
            return list(pool.map(lambda pair: one(*pair), todo))

    return run


def test_instructions_given_at_once_are_numbered_without_gaps(scene, politisag, together):
    people = [scene.cast.ssp, scene.cast.youth_club, scene.cast.families, scene.cast.police] * 2

    def give(incident: Incident, reader: Reader) -> int:
        heard = None if reader.actor.is_police else said()
        return operations.give(incident, reader, Typed(f"Fra {reader.user.name}", said=heard)).number

    numbers = together(politisag, *((user, give) for user in people))
    assert sorted(numbers) == list(range(1, len(people) + 1))
    assert [i.number for i in queries.instructions_of(politisag)] == list(range(len(people), 0, -1))
    assert verify_chain(politisag.chain_id).is_whole


def test_an_acknowledgement_and_a_replacement_at_once_leave_the_new_one_unanswered(scene, politisag, together):
    operations.give(politisag, scene.reader(scene.cast.helhedsplan), Typed("Bliv inde", said=said()))

    def replace(incident: Incident, reader: Reader) -> int:
        old = queries.instruction(incident, 1)
        assert old is not None
        return operations.replace(old, reader, Typed("Gå hjem", said=said())).number

    def acknowledge(incident: Incident, reader: Reader) -> bool:
        old = queries.instruction(incident, 1)
        assert old is not None
        return operations.acknowledge(old, reader)

    replaced, answered = together(politisag, (scene.cast.helhedsplan, replace), (scene.cast.ssp, acknowledge))
    old, new = queries.instruction(politisag, 1), queries.instruction(politisag, 2)
    ssp = scene.cast.actors["ssp"]
    assert replaced == 2 and not old.is_in_force and new.is_in_force
    assert not new.receipt_of(ssp).is_answered, "nobody has said yes to what they have not read"
    if isinstance(answered, Refused):
        assert "Erstattet af nr. 2" in str(answered) and not old.receipt_of(ssp).is_answered
    else:
        assert answered is True and old.receipt_of(ssp).is_answered


def test_two_replacements_at_once_are_one_and_the_other_is_told_of_it(scene, politisag, together):
    operations.give(politisag, scene.reader(scene.cast.helhedsplan), Typed("Bliv inde", said=said()))

    def replace(incident: Incident, reader: Reader) -> int:
        old = queries.instruction(incident, 1)
        assert old is not None
        return operations.replace(old, reader, Typed(f"Fra {reader.user.name}", said=said())).number

    answers = together(politisag, (scene.cast.helhedsplan, replace), (scene.cast.ssp, replace))
    assert [answer for answer in answers if answer == 2] == [2]
    assert "Erstattet af nr. 2" in str(next(answer for answer in answers if isinstance(answer, Refused)))
    assert [i.number for i in queries.instructions_of(politisag) if i.is_in_force] == [2]


def test_two_colleagues_who_deviate_at_once_tell_the_police_once(scene, politisag, together):
    operations.give(politisag, scene.reader(scene.cast.helhedsplan), Typed("Bliv inde", said=said()))

    def deviate(incident: Incident, reader: Reader) -> None:
        order = queries.instruction(incident, 1)
        assert order is not None
        operations.deviate(order, reader, f"Fra {reader.user.name}")

    answers = together(politisag, (scene.cast.ssp, deviate), (scene.cast.ssp_responder, deviate))
    assert sorted(isinstance(answer, Refused) for answer in answers) == [False, True]
    told = db.session.query(Notice).filter_by(actor_id=scene.cast.actors["police"].id).all()
    assert len([notice for notice in told if "afviger" in notice.text]) == 1


def test_lines_written_at_once_are_all_in_the_plan_in_the_end(scene, rumour, together):
    people = [scene.cast.ssp, scene.cast.youth_club, scene.cast.families, scene.cast.helhedsplan]

    def write(base: int) -> Act:
        def act(incident: Incident, reader: Reader) -> int:
            line = Line(reader.actor.key, Part.HANDLING, f"Fra {reader.actor.name}", reader.actor.key)
            return operations.save_line(incident, reader, line, base=base).number

        return act

    left = people
    for base in range(len(people)):
        answers = together(rumour, *((user, write(base)) for user in left))
        refused = [answer for answer in answers if isinstance(answer, MadeMeanwhile)]
        assert len(refused) == len(left) - 1, "one of them made the next version, the others were told whose it is"
        assert all(f"version {base + 1}" in str(answer) for answer in refused)
        left = [user for user, answer in zip(left, answers, strict=True) if isinstance(answer, MadeMeanwhile)]
        db.session.expire_all()
    assert len(queries.latest_plan(rumour).lines) == len(people)
    assert [version.number for version in queries.versions_of(rumour)] == [4, 3, 2, 1]
    assert verify_chain(rumour.chain_id).is_whole


def test_agreeing_while_the_plan_changes_is_agreement_with_what_was_read(scene, rumour, together):
    line = Line("walk", Part.HANDLING, "To voksne går rundt")
    operations.save_line(rumour, scene.reader(scene.cast.ssp), line, base=0)

    def change(incident: Incident, reader: Reader) -> int:
        return operations.save_line(incident, reader, Line("walk", Part.HANDLING, "Fire voksne"), base=1).number

    def agree(incident: Incident, reader: Reader) -> bool:
        plan = queries.version(incident, 1)
        assert plan is not None
        return operations.take_stance(plan, reader, Said(agrees=True)).agrees

    _changed, agreed = together(rumour, (scene.cast.ssp, change), (scene.cast.youth_club, agree))
    club = scene.cast.actors["youth_club"].id
    old, new = queries.version(rumour, 1), queries.version(rumour, 2)
    assert club not in {stance.actor_id for stance in new.stances}
    assert (club in {stance.actor_id for stance in old.stances}) is (agreed is True)
    assert agreed is True or "Den er nu version 2" in str(agreed)


def test_the_same_answer_given_and_recorded_at_once_is_one(scene, rumour, together):
    operations.save_line(rumour, scene.reader(scene.cast.ssp), Line("walk", Part.HANDLING, "Gå rundt"), base=0)
    club_id = scene.cast.actors["youth_club"].id

    def agree(incident: Incident, reader: Reader) -> None:
        operations.take_stance(queries.latest_plan(incident), reader, Said(agrees=True))

    def record(incident: Incident, reader: Reader) -> None:
        club = next(p.actor for p in incident.participations if p.actor_id == club_id)
        heard = Said(agrees=True, how=AgreedHow.PHONE, said_by="Vagten")
        operations.record_stance(queries.latest_plan(incident), reader, club, heard)

    assert together(rumour, (scene.cast.youth_club, agree), (scene.cast.ssp, record)) == [None, None]
    plan = queries.latest_plan(rumour)
    assert [stance.agrees for stance in plan.stances if stance.actor_id == club_id] == [True]
