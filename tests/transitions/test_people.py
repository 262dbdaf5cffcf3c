"""Taking over, taking in, letting in, asking: on the record, once, and never the police in B."""

import pytest
import sqlalchemy as sa

from app.callout.models import CalloutState
from app.contacts.models import PointKind
from app.contacts.operations import add_contact
from app.errors import Refused
from app.extensions import db
from app.incidents.models import Incident, RequestState
from app.messaging.models import Delivery, DeliveryState
from app.notices.models import Notice
from app.plans.vocabulary import CallLevel, Track
from app.tasks import queries as tasks
from app.transitions import colleague, requests
from app.transitions.activate import Alarm
from app.transitions.lead import take_card, take_over_lead
from app.transitions.take_part import add_actor, join
from tests.callout.conftest import count, round_of
from tests.callout.conftest import worker as worker

ALARM = Alarm(Track.NON_POLICE, "rumours", "Rygte om slagsmål")


# ---- the tovholder ----


def test_taking_over_tells_the_former_once_and_shows_the_new_number(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    scene.cast.youth_club.phone = "+4520123123"
    take_over_lead(incident, scene.reader(scene.cast.youth_club), "Jeg står der")
    db.session.commit()
    assert (incident.leader.key, incident.leader_phone) == ("youth_club", "+4520123123")
    worker.pass_time(minutes=4)
    told = [one.name for one in worker.heard if "overtaget som tovholder" in one.text]
    assert told == ["ssp A"]
    assert "Klaus Klubbe" in worker.calls_to("youth_club B")[0]


def test_a_leader_does_not_take_over_from_himself_and_nobody_leads_for_the_police(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    with pytest.raises(Refused, match="allerede tovholder"):
        take_over_lead(incident, scene.reader(scene.cast.ssp), "Igen")
    police = scene.activate(scene.cast.police, Track.POLICE, category="shooting")
    with pytest.raises(Refused, match="Politiet leder"):
        take_over_lead(police, scene.reader(scene.cast.ssp), "Nu er det os")


def test_a_silent_partys_card_moves_and_an_answering_one_keeps_it(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    club = scene.cast.actors["youth_club"]
    assert take_card(incident, club, scene.reader(scene.cast.helhedsplan), "Ingen svarer") > 0
    db.session.commit()
    assert tasks.open_of(incident, club) == []
    assert count(Notice, Notice.actor_id == club.id, Notice.key.like("card-taken%")) == 1
    with pytest.raises(Refused, match="har svaret"):
        take_card(incident, scene.cast.actors["ssp"], scene.reader(scene.cast.helhedsplan), "Vi er bedre")


# ---- taking part ----


def test_an_activator_that_is_no_party_joins_what_runs(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    join(incident, scene.reader(scene.cast.housing))
    db.session.commit()
    assert round_of(incident, "housing").state is CalloutState.ACKNOWLEDGED
    with pytest.raises(Refused, match="allerede med"):
        join(incident, scene.reader(scene.cast.housing))


def test_the_leader_takes_an_actor_in_and_it_is_called(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    housing = scene.cast.actors["housing"]
    add_contact(scene.cast.lindevangen, name="Bo", actor=housing, points=[(PointKind.MOBILE, "20666666")])
    add_actor(incident, housing, CallLevel.CALL_NOW, reader=scene.reader(scene.cast.ssp))
    worker.work()
    assert len(worker.calls_to("Bo")) == 1
    with pytest.raises(Refused, match="allerede med"):
        add_actor(incident, housing, CallLevel.CALL_NOW, reader=scene.reader(scene.cast.ssp))


def test_the_police_are_never_taken_into_b(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    with pytest.raises(Refused, match="Politiet er ikke part"):
        add_actor(incident, scene.cast.actors["police"], CallLevel.NOTIFY, reader=scene.reader(scene.cast.ssp))
    with pytest.raises(Refused):
        join(incident, scene.reader(scene.cast.police))
    with pytest.raises(Refused):
        join(incident, scene.reader(scene.cast.police_and_ssp))


# ---- a colleague for 24 hours ----


@pytest.fixture
def let_in(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    held = colleague.let_in(
        incident, scene.reader(scene.cast.ssp), "Nanna Ny", "+4520777777", "https://x/kollega/{pass}"
    )
    db.session.commit()
    worker.work()
    return held


def code_of(worker):
    return next(one.text for one in worker.heard if "Kode:" in one.text).split("Kode: ")[1][:6]


def test_the_code_lets_in_once(worker, let_in):
    code = code_of(worker)
    assert colleague.redeem(let_in.public_id, "000000" if code != "000000" else "111111") is None
    assert colleague.redeem(let_in.public_id, f" {code} ") is not None
    db.session.commit()
    assert colleague.redeem(let_in.public_id, code) is None


def test_the_code_ends_after_24_hours(worker, let_in):
    code = code_of(worker)
    worker.clock.advance(hours=24)
    assert colleague.redeem(let_in.public_id, code) is None


def test_a_pass_that_was_closed_opens_nothing(scene, worker, let_in):
    colleague.end_pass(let_in, scene.reader(scene.cast.ssp))
    db.session.commit()
    assert colleague.redeem(let_in.public_id, code_of(worker)) is None
    with pytest.raises(Refused, match="allerede lukket"):
        colleague.end_pass(let_in, scene.reader(scene.cast.ssp))


def test_no_phone_of_the_police_is_let_into_b(scene, worker):
    incident = scene.activate(scene.cast.ssp)
    phone = scene.contacts["police"][0].points[0].address
    with pytest.raises(Refused, match="Politiet er ikke part"):
        colleague.let_in(incident, scene.reader(scene.cast.ssp), "Poul", phone, "{pass}")
    assert not [d for d in db.session.query(Delivery) if d.address == phone]


# ---- asking for activation ----


def ask(scene, user, key="ask"):
    asked = requests.request_activation(scene.cast.lindevangen, ALARM, scene.reader(user), key)
    db.session.commit()
    return asked


def test_every_activator_is_asked_in_turn_but_never_the_police_in_b(scene, worker):
    for key, number in (("housing", "20880001"), ("municipality", "20880002")):
        actor = scene.cast.actors[key]
        add_contact(scene.cast.lindevangen, name=f"{key} A", actor=actor, points=[(PointKind.MOBILE, number)])
    ask(scene, scene.cast.youth_club)
    worker.work()
    assert {"ssp A", "helhedsplan A", "housing A", "municipality A"} == set(worker.names())
    worker.pass_time(minutes=10)
    assert {"ssp B", "ssp C"} <= set(worker.names())
    assert not any(name.startswith("police") for name in worker.names())


def test_the_first_yes_activates_and_a_later_one_leads_to_the_same(scene, worker):
    asked = ask(scene, scene.cast.youth_club)
    incident = requests.accept(asked, scene.cast.lindevangen, scene.reader(scene.cast.ssp))
    db.session.commit()
    again = requests.accept(asked, scene.cast.lindevangen, scene.reader(scene.cast.helhedsplan))
    assert again.id == incident.id and incident.what == ALARM.what and incident.leader.key == "ssp"
    assert count(Incident) == 1
    waiting = sa.select(Delivery).where(Delivery.group == f"request:{asked.id}", Delivery.state == DeliveryState.QUEUED)
    assert db.session.scalars(waiting).all() == []


def test_who_may_not_activate_cannot_say_yes(scene, worker):
    asked = ask(scene, scene.cast.youth_club)
    for user in (scene.cast.youth_club, scene.cast.families, scene.cast.police, scene.cast.police_and_ssp):
        with pytest.raises(Refused):
            requests.accept(asked, scene.cast.lindevangen, scene.reader(user))
        db.session.rollback()
    assert asked.state is RequestState.OPEN


def test_the_asker_alone_takes_it_back_and_then_nobody_says_yes(scene, worker):
    asked = ask(scene, scene.cast.youth_club)
    with pytest.raises(Refused, match="Kun den"):
        requests.withdraw(asked, scene.reader(scene.cast.families))
    requests.withdraw(asked, scene.reader(scene.cast.youth_club))
    db.session.commit()
    with pytest.raises(Refused, match="trukket det tilbage"):
        requests.accept(asked, scene.cast.lindevangen, scene.reader(scene.cast.ssp))
    db.session.rollback()
    worker.pass_time(minutes=10)
    assert worker.heard == []


def test_the_same_form_twice_is_one_request(scene, worker):
    assert ask(scene, scene.cast.youth_club).id == ask(scene, scene.cast.youth_club).id
