"""Nu eller kl. 7? Chosen by whoever lets it go, shown as planned, stopped, and looked at again when the time comes."""

from datetime import timedelta

import pytest

from app.broadcasts import jobs, operations
from app.broadcasts.states import BroadcastState
from app.extensions import db
from app.messaging.dispatcher import Dispatcher
from tests.broadcasts.making import awaiting, deliveries, sent
from tests.room.incident_forms import at as address
from tests.room.incident_forms import done, opened, plain, submit
from tests.room.incident_forms import said as in_the_log


def page(incident, made, path=""):
    return address(incident, f"/broadcasts/{made.public_id}{path}")


@pytest.fixture
def planned(scene, incident, at):
    """Written at 23.40, let go by the helhedsplan with *kl. 7*."""
    made, second = awaiting(scene, incident), at(scene.cast.helhedsplan)
    assert "Det er nat. Hvornår skal den sendes?" in second.text(page(incident, made, "/release"))
    done(submit(second, page(incident, made, "/release"), when="seven"))
    return made


def test_it_waits_is_shown_as_planned_and_leaves_at_seven(scene, incident, planned, at, clock):
    assert planned.state is BroadcastState.RELEASED and deliveries(planned) == []
    for path in ("", "/broadcasts", f"/broadcasts/{planned.public_id}"):
        assert "rigivet, sendes" in plain(at(scene.cast.ssp_observer).text(address(incident, path))), path
    assert "frigivet, sendes 23.11. kl. 07.00" in in_the_log(incident)
    clock.advance(hours=7, minutes=19)
    assert jobs.send_planned() == 0
    clock.advance(minutes=1)
    assert jobs.send_planned() == 1
    assert len(deliveries(planned)) == 2


def test_it_is_stopped_before_it_leaves(scene, incident, planned, at, clock):
    visitor = at(scene.cast.ssp)
    assert "Stop den, før den sendes" in visitor.text(page(incident, planned))
    done(submit(visitor, page(incident, planned, "/cancellation"), reason="Den passer ikke mere."))
    clock.advance(hours=8)
    jobs.send_planned()
    assert planned.state is BroadcastState.CANCELLED and deliveries(planned) == []


def test_a_sender_that_was_away_all_day_wakes_nobody_the_next_night(scene, incident, planned, clock):
    clock.advance(hours=23)
    jobs.send_planned()
    db.session.expire_all()
    assert planned.state is BroadcastState.RETURNED and deliveries(planned) == []
    assert "Tidspunktet er passeret, og nu er det nat." in planned.reason


def test_late_in_the_day_it_still_leaves(scene, incident, planned, clock):
    clock.advance(hours=10)
    jobs.send_planned()
    assert len(deliveries(planned)) == 2


def test_by_day_nobody_is_asked_and_it_leaves_at_once(scene, incident, at, clock):
    clock.advance(hours=9)
    made, second = awaiting(scene, incident), at(scene.cast.helhedsplan)
    assert "Det er nat" not in second.text(page(incident, made, "/release"))
    done(submit(second, page(incident, made, "/release")))
    assert len(deliveries(made)) == 2


def test_a_form_opened_at_night_and_sent_after_seven_sends_now(scene, incident, at, clock):
    made, second = awaiting(scene, incident), at(scene.cast.helhedsplan)
    form = opened(second, page(incident, made, "/release"))
    clock.advance(hours=7, minutes=21)
    assert second.post(page(incident, made, "/release"), form | {"when": "seven"}).status_code == 303
    assert len(deliveries(made)) == 2


def test_where_the_author_said_a_time_nobody_is_asked_again(scene, incident, at, clock):
    made = awaiting(scene, incident, planned_at=clock.now + timedelta(hours=10))
    second = at(scene.cast.helhedsplan)
    shown = second.text(page(incident, made, "/release"))
    assert "Det er nat" not in shown and "og tjekkes igen da" in shown
    done(submit(second, page(incident, made, "/release")))
    assert made.state is BroadcastState.RELEASED


def test_a_withdrawal_asks_nobody_and_waits_for_no_morning(app, scene, incident, clock):
    made = sent(scene, incident)
    Dispatcher(app).drain()
    back = operations.withdraw(made, scene.reader(scene.cast.ssp), clock.now)
    assert back.state is BroadcastState.UNDER_WAY
