"""Texts to audiences, and who has been told, over a switch of track: what is read again, and what nobody learns."""

import pytest
import sqlalchemy as sa

from app.broadcasts import operations as broadcasts
from app.broadcasts import queries
from app.broadcasts.models import Broadcast, Informed
from app.broadcasts.standing import Grid
from app.broadcasts.states import BroadcastState, How, Phase
from app.errors import Refused
from app.extensions import db
from app.incidents.models import Incident, SameIncidentQuestion
from app.logbook.models import LogEntry
from app.logbook.verify import verify_chain
from app.messaging.models import Delivery
from app.messaging.states import DeliveryState
from app.plans.vocabulary import IncidentStatus, Track
from app.transitions import same_incident
from app.transitions.release_case import Release, release_case
from app.transitions.same_incident import Along
from tests.broadcasts.making import add_audiences, addresses, awaiting, compose, deliveries, police_case, said, sent
from tests.narrative.making import make_message
from tests.scene import Scene

SECRET = "hemmelig om klubben"


@pytest.fixture
def b(scene: Scene) -> Incident:
    """A brawl, not a matter for the police, with audiences and a shared message."""
    add_audiences(scene)
    incident = scene.activate(scene.cast.ssp, what=f"Slagsmål, {SECRET}", category="youth_gathering")
    make_message(scene, incident, what_happened=f"Budskab, {SECRET}")
    return incident


@pytest.fixture
def case(scene: Scene, b: Incident) -> Incident:
    """The police's own case, begun while B runs."""
    return police_case(scene)


def yes(scene: Scene, b: Incident, **along) -> None:
    question = db.session.scalars(sa.select(SameIncidentQuestion).filter_by(incident_id=b.id)).one()
    same_incident.answer_yes(question, scene.reader(scene.cast.ssp), Along(**along))
    db.session.commit()


def release(scene: Scene, case: Incident, **more) -> Incident:
    opened = release_case(case, scene.reader(scene.cast.police), Release(scene.cast.actors["helhedsplan"], **more))
    db.session.commit()
    return opened


def left_for(broadcast: Broadcast, *, how_many: int) -> None:
    """The first of them have been sent."""
    for delivery in deliveries(broadcast)[:how_many]:
        delivery.state, delivery.sent_at = DeliveryState.SENT, delivery.due_at
    db.session.commit()


def log_of(incident: Incident) -> str:
    found = db.session.scalars(sa.select(LogEntry).filter_by(chain_id=incident.chain_id).order_by(LogEntry.seq))
    return "\n".join(entry.text or "" for entry in found)


def drafts(incident: Incident) -> list[Broadcast]:
    return list(reversed(queries.broadcasts_of(incident)))


# ---- B → A: texts ----------------------------------------------------------------------------------------------------


def test_a_ticked_text_becomes_a_draft_that_waits_for_the_police(scene, b, case):
    waiting = awaiting(scene, b, None, "residents", text="Klubben lukker i aften.")
    yes(scene, b, texts=(waiting,))
    [draft] = drafts(case)
    assert (draft.state, draft.text, draft.audiences) == (BroadcastState.DRAFT, waiting.text, ["residents"])
    assert draft.is_from_before and draft.message is None, "B's shared message stays in B"
    assert (waiting.state, waiting.reason) == (BroadcastState.CANCELLED, "Gået videre som kladde.")
    assert "skrevet før skiftet" in log_of(case) and SECRET not in log_of(case)
    assert "1 besked er givet videre som kladde" in log_of(b)
    broadcasts.send_to_release(draft, scene.reader(scene.cast.ssp), version=draft.version)
    with pytest.raises(Refused, match="siger politiet ja først"):
        broadcasts.release(draft, scene.reader(scene.cast.helhedsplan), version=draft.version)
    broadcasts.release(draft, scene.reader(scene.cast.police), version=draft.version)
    assert len(deliveries(draft)) == 4
    assert verify_chain(b.chain_id).is_whole and verify_chain(case.chain_id).is_whole


def test_a_text_that_was_not_ticked_is_sent_by_nobody_and_read_by_no_police(scene, b, case):
    waiting, planned = awaiting(scene, b, text=SECRET), awaiting(scene, b, text=SECRET)
    before = log_of(case)
    yes(scene, b)
    assert drafts(case) == [] and log_of(case) == before
    assert waiting.state is planned.state is BroadcastState.CANCELLED


def test_its_authors_stay_its_authors_and_only_the_tovholder_signs(scene, b, case):
    written = awaiting(scene, b, scene.cast.helhedsplan)
    yes(scene, b, texts=(written,))
    [draft] = drafts(case)
    assert draft.author_ids == {scene.cast.helhedsplan.id}
    assert draft.made_as.key == "ssp" and {a.actor.key for a in draft.authors} == {"ssp"}


def test_what_was_on_its_way_stops_and_nobody_gets_the_same_words_twice(scene, b, case):
    under_way = sent(scene, b, "residents", "institutions", text="Klubben lukker i aften.")
    left_for(under_way, how_many=1)
    had, rest = addresses(under_way)[0], addresses(under_way)[1:]
    left = [d.address for d in deliveries(under_way) if d.state is DeliveryState.SENT]
    yes(scene, b, texts=(under_way,))
    assert {d.state for d in deliveries(under_way)} == {DeliveryState.SENT, DeliveryState.CANCELLED}
    [draft] = drafts(case)
    broadcasts.send_to_release(draft, scene.reader(scene.cast.ssp), version=1)
    broadcasts.release(draft, scene.reader(scene.cast.police), version=1)
    db.session.commit()
    assert left == [had] and had not in addresses(draft)
    assert set(rest) <= set(addresses(draft))


def test_other_words_go_to_everybody(scene, b, case):
    under_way = sent(scene, b, text="Klubben lukker i aften.")
    left_for(under_way, how_many=1)
    yes(scene, b, texts=(under_way,))
    [draft] = drafts(case)
    broadcasts.edit(draft, scene.reader(scene.cast.ssp), broadcasts.Typed(Phase.UPDATE, ("residents",), "Nyt."))
    assert not draft.is_from_before and draft.message is None
    broadcasts.send_to_release(draft, scene.reader(scene.cast.ssp), version=2)
    broadcasts.release(draft, scene.reader(scene.cast.police), version=2)
    assert set(addresses(under_way)) <= set(addresses(draft))


def test_an_edited_draft_is_made_from_the_police_cases_own_message(scene, b, case):
    written = awaiting(scene, b)
    yes(scene, b, texts=(written,))
    [draft] = drafts(case)
    typed = broadcasts.Typed(Phase.UPDATE, ("residents",), "Nyt.")
    broadcasts.edit(draft, scene.reader(scene.cast.ssp), typed)
    make_message(scene, case, scene.cast.helhedsplan)
    broadcasts.edit(draft, scene.reader(scene.cast.ssp), typed)
    assert draft.message is not None and draft.message.incident_id == case.id


def test_a_withdrawal_under_way_waits_for_no_track(scene, b, case):
    wrong = sent(scene, b)
    left_for(wrong, how_many=2)
    taken_back = broadcasts.withdraw(wrong, scene.reader(scene.cast.ssp), wrong.released_at)
    db.session.commit()
    yes(scene, b)
    assert {d.state for d in deliveries(taken_back)} == {DeliveryState.QUEUED}


def test_a_waiting_correction_goes_along_as_an_update_since_what_it_corrects_stays(scene, b, case):
    wrong = sent(scene, b)
    left_for(wrong, how_many=2)
    fix = broadcasts.follow_up(b, scene.reader(scene.cast.ssp), "Rettet.", corrects=wrong, not_cpr=False)
    broadcasts.send_to_release(fix, scene.reader(scene.cast.ssp))
    yes(scene, b, texts=(fix,))
    [draft] = drafts(case)
    assert (draft.phase, draft.corrects_id, draft.text) == (Phase.UPDATE, None, "Rettet.")


# ---- B → A: who was told ---------------------------------------------------------------------------------------------


def test_a_ticked_audience_is_informed_before_the_switch_and_says_nothing_more(scene, b, case):
    told = sent(scene, b, text=SECRET)
    left_for(told, how_many=2)
    broadcasts.record_told(b, scene.reader(scene.cast.ssp), "press", How.OTHER, f"Ringede, {SECRET}")
    first = Grid(b).row("residents").first_at
    yes(scene, b, told=("residents",))
    row = Grid(case).row("residents")
    assert row.is_informed and row.first_at == first and [one.how for one in row.told] == [How.BEFORE]
    assert not Grid(case).row("press").is_informed, "nothing goes by itself"
    [said_there] = db.session.scalars(sa.select(Informed).filter_by(incident_id=case.id))
    assert said_there.note == "" and said_there.by_actor.key == "ssp"
    assert "Beboere: informeret før skiftet, kl. 23.40." in log_of(case)
    assert SECRET not in log_of(case) and "press" not in log_of(case).lower()


def test_an_audience_that_has_heard_nothing_cannot_be_ticked(scene, b, case):
    yes(scene, b, told=("residents",))
    assert not Grid(case).row("residents").is_informed


# ---- A → B -----------------------------------------------------------------------------------------------------------


def test_texts_that_wait_for_the_police_become_drafts_of_those_who_go_on(scene):
    add_audiences(scene)
    case = police_case(scene)
    make_message(scene, case, scene.cast.helhedsplan)
    waiting = awaiting(scene, case, text="Bliv inde.")
    told = sent(scene, case, "institutions")
    left_for(told, how_many=1)
    b = release(scene, case)
    [draft] = drafts(b)
    assert (draft.text, draft.state, draft.message) == ("Bliv inde.", BroadcastState.DRAFT, None)
    assert waiting.state is BroadcastState.CANCELLED
    assert Grid(b).row("institutions").told[0].how is How.BEFORE
    broadcasts.send_to_release(draft, scene.reader(scene.cast.ssp), version=1)
    with pytest.raises(Refused, match="En anden end den, der skrev teksten"):
        broadcasts.release(draft, scene.reader(scene.cast.ssp), version=1)
    broadcasts.release(draft, scene.reader(scene.cast.helhedsplan), version=1)
    police = {scene.cast.police.email, "+4530000004"}
    assert addresses(draft) and not police & set(addresses(draft))


def test_nothing_of_the_drafts_reaches_the_police_who_let_go(scene):
    add_audiences(scene)
    case = police_case(scene)
    make_message(scene, case, scene.cast.helhedsplan)
    written = compose(scene, case, scene.cast.police, text="Bliv inde.")
    broadcasts.send_to_release(written, scene.reader(scene.cast.police))
    b = release(scene, case)
    [draft] = drafts(b)
    assert {a.actor.key for a in draft.authors} == {"helhedsplan"}, "who signs it is told when it comes back"
    before = db.session.query(Delivery).count(), log_of(case)
    broadcasts.send_to_release(draft, scene.reader(scene.cast.ssp), version=1)
    broadcasts.give_back(draft, scene.reader(scene.cast.youth_club), "Skriv den om")
    db.session.commit()
    new = db.session.query(Delivery).order_by(Delivery.id).offset(before[0]).all()
    police = {point.address for contact in scene.contacts["police"] for point in contact.points}
    assert log_of(case) == before[1] and not police & {d.address for d in new}


# ---- asked, whichever began first ------------------------------------------------------------------------------------


def test_what_begins_beside_a_running_police_case_is_asked_too(scene):
    case = police_case(scene)
    b = scene.activate(scene.cast.ssp, category="youth_gathering")
    [question] = same_incident.questions_of(b)
    assert question.police_case is case
    texts = db.session.scalars(sa.select(Delivery.text).filter(Delivery.unique_key.like("notice:same:%")))
    assert list(texts) == [], "who activates reads it in the room"
    yes(scene, b)
    assert b.status is IncidentStatus.TO_POLICE


def test_an_exercise_is_not_asked_of_a_real_case_and_nothing_of_what_is_registered_afterwards(scene):
    police_case(scene)
    scene.activate(scene.cast.ssp, category="youth_gathering", is_exercise=True)
    assert db.session.query(SameIncidentQuestion).count() == 0


def test_of_a_released_case_the_next_police_case_asks_again(scene):
    first, second = police_case(scene), police_case(scene)
    b = release(scene, first)
    assert [question.police_case for question in same_incident.questions_of(b)] == [second]
    assert second.status is IncidentStatus.ACTIVE and said().said_by not in log_of(second)
    assert Track.NON_POLICE is b.track
