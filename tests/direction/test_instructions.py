"""Police instructions: numbered, told, acknowledged, replaced, withdrawn, deviated from, denied."""

from datetime import timedelta

import pytest

from app.areas.models import Actor
from app.direction import operations, queries
from app.direction.models import Instruction, InstructionState
from app.direction.operations import Typed
from app.errors import Refused
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock as time
from app.logbook.kinds import Kind
from app.logbook.models import LogEntry
from app.logbook.operations import LooksLikeCpr
from app.logbook.verify import verify_chain
from app.messaging.models import Delivery
from app.notices.models import Notice
from app.plans.vocabulary import CallLevel, Track
from app.transitions import police_acts
from app.transitions.annul import annul
from app.transitions.stand_down import StandDown, stand_down
from app.transitions.take_part import add_actor
from tests.direction.conftest import said
from tests.scene import Scene

STAY = "Hold de unge inde i klubben"


def give(scene: Scene, incident: Incident, text: str = STAY, *keys: str, by: str = "helhedsplan") -> Instruction:
    """Recorded for the police by a party, unless `by` is the police."""
    actors = tuple(scene.cast.actors[key] for key in keys) or None
    heard = None if by == "police" else said()
    new = operations.give(incident, scene.reader(getattr(scene.cast, by)), Typed(text, actors, heard))
    db.session.commit()
    return new


def entries(incident: Incident, kind: Kind) -> list[LogEntry]:
    query = db.session.query(LogEntry).filter_by(chain_id=incident.chain_id, kind=kind)
    return query.order_by(LogEntry.seq).all()


def told(actor: Actor) -> list[str]:
    return [n.text for n in db.session.query(Notice).filter_by(actor_id=actor.id).order_by(Notice.id)]


def test_a_police_coordinator_gives_one_in_the_app_and_nothing_waits_for_confirmation(scene, politisag):
    new = give(scene, politisag, by="police")
    assert (new.number, new.police_act, new.is_in_force) == (1, None, True)
    assert {actor.key for actor in queries.addressees(new)} == {"ssp", "youth_club", "family_centre", "helhedsplan"}


def test_one_recorded_for_them_holds_at_once_and_waits_for_confirmation(scene, politisag):
    new = give(scene, politisag)
    assert new.is_in_force
    assert [act.said_by for act in queries.unconfirmed(politisag)][-1] == "Vagtchefen"
    entry = entries(politisag, Kind.INSTRUCTION)[-1]
    assert STAY in entry.text and "Nr. 1" not in entry.text and "nr. 1 til alle parter" in entry.text
    assert entry.on_behalf_of == "politiet v/ Vagtchefen, telefon"
    assert verify_chain(politisag.chain_id).is_whole


def test_a_responder_may_record_it_but_not_give_it_as_his_own(scene, politisag):
    with pytest.raises(Refused, match="registrér det for dem"):
        operations.give(politisag, scene.reader(scene.cast.ssp_responder), Typed(STAY))
    db.session.rollback()
    assert give(scene, politisag, by="ssp_responder").number == 1


def test_the_parties_that_it_is_for_are_told_by_text_and_nobody_else(scene, politisag):
    give(scene, politisag, STAY, "youth_club")
    assert told(scene.cast.actors["youth_club"])[-1] == f"Ny anvisning fra politiet: {STAY}"
    assert not any(STAY in text for key in ("ssp", "police", "helhedsplan") for text in told(scene.cast.actors[key]))
    texts = db.session.query(Delivery).filter(Delivery.text.contains(STAY)).all()
    assert [text.name for text in texts] == ["youth_club A"]


def test_in_an_exercise_any_coordinator_plays_the_police_and_every_text_says_so(scene):
    incident = scene.activate(scene.cast.ssp, Track.POLICE, is_exercise=True, category="shooting")
    operations.give(incident, scene.reader(scene.cast.ssp), Typed(STAY))
    db.session.commit()
    texts = db.session.query(Delivery).filter(Delivery.text.contains(STAY)).all()
    assert texts and all(text.text.startswith("ØVELSE. Ny anvisning") and text.is_exercise for text in texts)


def test_whoever_wrote_it_down_has_seen_it_and_the_others_acknowledge_by_themselves(scene, politisag):
    new = give(scene, politisag)
    assert new.receipt_of(scene.cast.actors["helhedsplan"]).acknowledged_at
    assert operations.acknowledge(new, scene.reader(scene.cast.ssp))
    assert not operations.acknowledge(new, scene.reader(scene.cast.ssp_responder)), "the party had said so"
    db.session.commit()
    answered = {receipt.actor.key for receipt in new.receipts if receipt.is_answered}
    assert answered == {"helhedsplan", "ssp"}
    assert entries(politisag, Kind.CONTACT)[-1].text == "SSP og opsøgende team har set og forstået anvisning nr. 1"


def test_a_party_that_joins_later_is_asked_too_when_it_was_for_all(scene, politisag):
    for_all, for_ssp = give(scene, politisag), give(scene, politisag, "Kun SSP", "ssp")
    housing = scene.cast.actors["housing"]
    add_actor(politisag, housing, CallLevel.NOTIFY, reader=scene.reader(scene.cast.police))
    db.session.commit()
    assert housing in queries.addressees(for_all) and housing not in queries.addressees(for_ssp)
    assert operations.acknowledge(for_all, scene.reader(scene.cast.housing))
    with pytest.raises(Refused, match="ikke til jer"):
        operations.acknowledge(for_ssp, scene.reader(scene.cast.housing))


def test_a_new_one_takes_the_old_ones_place_and_is_acknowledged_anew(scene, politisag):
    old = give(scene, politisag)
    operations.acknowledge(old, scene.reader(scene.cast.ssp))
    new = operations.replace(old, scene.reader(scene.cast.helhedsplan), Typed("Luk klubben", said=said()))
    db.session.commit()
    assert (new.number, old.state, old.ended_why) == (2, InstructionState.REPLACED, "Erstattet af nr. 2.")
    assert not new.receipt_of(scene.cast.actors["ssp"]).is_answered
    assert told(scene.cast.actors["ssp"])[-1] == "Ny anvisning fra politiet (i stedet for nr. 1): Luk klubben"
    with pytest.raises(Refused, match=r"gælder ikke længere\. Den er erstattet\. Erstattet af nr\. 2"):
        operations.acknowledge(old, scene.reader(scene.cast.youth_club))


def test_one_taken_back_is_told_to_whom_it_was_for(scene, politisag):
    old = give(scene, politisag, STAY, "youth_club")
    operations.withdraw(old, scene.reader(scene.cast.police), "Vi har selv folk der")
    db.session.commit()
    assert told(scene.cast.actors["youth_club"])[-1] == "Politiet har trukket anvisning nr. 1 tilbage."
    assert entries(politisag, Kind.INSTRUCTION)[-1].text.endswith("Vi har selv folk der")
    for again in (operations.withdraw, operations.deviate):
        with pytest.raises(Refused, match="trukket tilbage"):
            again(old, scene.reader(scene.cast.police if again is operations.withdraw else scene.cast.youth_club), "x")
        db.session.rollback()


def test_a_deviation_is_in_the_log_with_its_reason_and_told_to_the_police_once(scene, politisag):
    order = give(scene, politisag)
    operations.deviate(order, scene.reader(scene.cast.youth_club), "Klubben er lukket")
    db.session.commit()
    with pytest.raises(Refused, match="allerede meldt"):
        operations.deviate(order, scene.reader(scene.cast.youth_club), "Klubben er stadig lukket")
    db.session.rollback()
    text = "Ungdomsklubben afviger fra anvisning nr. 1: Klubben er lukket"
    assert [t for t in told(scene.cast.actors["police"]) if "afviger" in t] == [text]
    assert entries(politisag, Kind.DECISION)[-1].text == text


def test_a_party_that_follows_after_all_says_so_by_the_same_tap(scene, politisag):
    order = give(scene, politisag)
    operations.deviate(order, scene.reader(scene.cast.youth_club), "Klubben er lukket")
    assert operations.acknowledge(order, scene.reader(scene.cast.youth_club))
    receipt = order.receipt_of(scene.cast.actors["youth_club"])
    assert receipt.acknowledged_at and not receipt.deviates
    assert "følger nu anvisning nr. 1" in entries(politisag, Kind.CONTACT)[-1].text


def test_what_the_police_never_said_is_withdrawn_and_what_it_replaced_holds_again(scene, politisag):
    first = give(scene, politisag)
    wrong = operations.replace(first, scene.reader(scene.cast.helhedsplan), Typed("Luk klubben", said=said()))
    db.session.commit()
    police_acts.deny(wrong.police_act, scene.reader(scene.cast.police), "Vagtchefen, telefon")
    db.session.commit()
    assert (wrong.state, first.state) == (InstructionState.WITHDRAWN, InstructionState.IN_FORCE)
    says = "Anvisning nr. 2 gælder ikke: politiet har afkræftet den. Nr. 1 gælder igen."
    assert entries(politisag, Kind.INSTRUCTION)[-1].text == says
    assert told(scene.cast.actors["ssp"])[-1] == says
    assert politisag.is_open


def test_one_denied_after_another_took_its_place_never_comes_back(scene, politisag):
    recorder = scene.reader(scene.cast.helhedsplan)
    first = give(scene, politisag)
    second = operations.replace(first, recorder, Typed("Luk klubben", said=said()))
    third = operations.replace(second, recorder, Typed("Åbn klubben", said=said()))
    police_acts.deny(second.police_act, scene.reader(scene.cast.police), "Vagtchefen")
    assert (first.is_in_force, second.is_in_force, third.is_in_force) == (False, False, True)
    police_acts.deny(third.police_act, scene.reader(scene.cast.police), "Vagtchefen")
    assert (first.is_in_force, second.is_in_force, third.is_in_force) == (True, False, False)


def test_one_that_they_never_took_back_holds_again(scene, politisag):
    order = give(scene, politisag)
    operations.withdraw(order, scene.reader(scene.cast.ssp), "Det er slut", said=said())
    db.session.commit()
    act = order.ended_act
    police_acts.deny(act, scene.reader(scene.cast.police), "Vagtchefen")
    db.session.commit()
    assert order.is_in_force and order.ended_at is None
    assert "gælder igen" in entries(politisag, Kind.INSTRUCTION)[-1].text


def test_a_confirmed_one_stays_and_an_unconfirmed_one_lets_nobody_annul(scene, politisag):
    activation = queries.acts_of(politisag)[0]
    police_acts.confirm(activation, scene.reader(scene.cast.police), "Selv", by_call_back=False)
    order = give(scene, politisag)
    with pytest.raises(Refused):
        annul(politisag, scene.reader(scene.cast.helhedsplan), "Forkert")
    db.session.rollback()
    police_acts.confirm(order.police_act, scene.reader(scene.cast.ssp), "Vagtchefen", by_call_back=False)
    assert order.is_in_force and not queries.unconfirmed(politisag)


def test_what_was_said_earlier_stands_at_its_own_time(scene, politisag, clock):
    clock.advance(minutes=30)
    heard = said()
    earlier = type(heard)(heard.said_by, heard.heard_by, time.now() - timedelta(minutes=20))
    operations.give(politisag, scene.reader(scene.cast.ssp), Typed(STAY, said=earlier))
    entry = entries(politisag, Kind.INSTRUCTION)[-1]
    assert entry.is_late and entry.at == earlier.said_at


def test_a_cpr_number_is_refused_and_nothing_is_kept(scene, politisag):
    with pytest.raises(LooksLikeCpr):
        give(scene, politisag, "Find 010190-1234")
    db.session.rollback()
    assert queries.instructions_of(politisag) == []


def test_there_are_none_where_the_police_are_no_party(scene, rumour):
    with pytest.raises(Refused, match="Her aftaler parterne selv en plan"):
        give(scene, rumour, by="ssp")


def test_none_is_given_or_answered_once_it_is_over(scene, politisag):
    order = give(scene, politisag)
    stand_down(politisag, scene.reader(scene.cast.police), StandDown((), move_tasks=True))
    db.session.commit()
    with pytest.raises(Refused, match="ikke længere aktiv"):
        give(scene, politisag)
    db.session.rollback()
    with pytest.raises(Refused, match="ikke længere aktiv"):
        operations.acknowledge(order, scene.reader(scene.cast.ssp))
