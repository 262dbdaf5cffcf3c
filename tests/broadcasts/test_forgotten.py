"""Half a year later nobody can be found in what was sent; how many got it, of how many, and the log stand as before."""

import pytest
import sqlalchemy as sa

from app.broadcasts import jobs, operations, queries
from app.broadcasts.models import Recipient
from app.broadcasts.standing import Grid
from app.errors import Refused
from app.extensions import db
from app.logbook.verify import verify_chain
from app.messaging import jobs as messaging
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Delivery
from app.transitions.stand_down import StandDown, stand_down
from tests.broadcasts.making import sent
from tests.narrative.making import make_message
from tests.room.incident_forms import at as address
from tests.room.incident_forms import plain

HALF_A_YEAR = {"days": 184}
PERSONAL = ("Anna", "Bent", "Bodil", "Carla", "30000001", "30000002", "Alt er roligt.")


@pytest.fixture
def over(app, scene, incident):
    """A text that went out, and the stand-down after it."""
    made = sent(scene, incident)
    Dispatcher(app).drain()
    db.session.expire_all()
    stand_down(incident, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
    db.session.commit()
    return made


def kept(table) -> str:
    """Everything in a table, as text."""
    db.session.expire_all()
    return "\n".join(repr(tuple(row)) for row in db.session.execute(sa.select(table.__table__)))


def test_names_numbers_and_texts_are_gone_and_the_numbers_stay(scene, incident, over, at, clock):
    page = address(incident, f"/broadcasts/{over.public_id}")
    row, head = Grid(incident).row("residents"), verify_chain(incident.chain_id)
    assert any(word in kept(Delivery) for word in PERSONAL) and any(word in kept(Recipient) for word in PERSONAL)
    clock.advance(**HALF_A_YEAR)
    assert jobs.forget_recipients() == 4 and messaging.forget_deliveries() > 2
    for word in PERSONAL:
        assert word not in kept(Delivery) and word not in kept(Recipient), word
    assert Grid(incident).row("residents").reached == row.reached
    assert verify_chain(incident.chain_id) == head and head
    shown = plain(at(scene.cast.ssp).text(page))
    assert "2 af 2 sendt" in shown and "2, hver får den én gang" in shown and "1 kan ikke få den" in shown
    assert "Carla" not in shown and at(scene.cast.ssp).text(address(incident))


def test_counting_changes_nothing_and_twice_is_once(scene, incident, over, clock):
    assert jobs.forget_recipients(only_count=True) == messaging.forget_deliveries(only_count=True) == 0
    clock.advance(**HALF_A_YEAR)
    before = kept(Delivery), kept(Recipient)
    count = jobs.forget_recipients(only_count=True), messaging.forget_deliveries(only_count=True)
    assert (kept(Delivery), kept(Recipient)) == before
    assert (jobs.forget_recipients(), messaging.forget_deliveries()) == count
    assert (jobs.forget_recipients(), messaging.forget_deliveries()) == (0, 0)


def test_before_half_a_year_nothing_is_forgotten(over, clock):
    clock.advance(days=182)
    assert (jobs.forget_recipients(), messaging.forget_deliveries()) == (0, 0)


def test_who_got_a_text_of_an_incident_still_open_can_be_told_that_it_was_wrong(app, scene, incident, clock):
    made = sent(scene, incident)
    Dispatcher(app).drain()
    clock.advance(**HALF_A_YEAR)
    assert jobs.forget_recipients() == 0 and messaging.forget_deliveries() > 0
    back = operations.withdraw(made, scene.reader(scene.cast.ssp), clock.now)
    assert {r.address for r in queries.recipients_of(back)} == {"+4530000001", "+4530000002"}


def test_nothing_is_sent_to_nobody_afterwards(scene, incident, over, clock):
    clock.advance(**HALF_A_YEAR)
    jobs.forget_recipients()
    with pytest.raises(Refused):
        operations.follow_up(incident, scene.reader(scene.cast.ssp), "Slut.", corrects=None, not_cpr=False)


def test_what_waits_in_the_outbox_is_not_blanked(scene, incident, clock):
    sent(scene, incident)
    clock.advance(**HALF_A_YEAR)
    messaging.forget_deliveries()
    assert "30000001" in kept(Delivery)


def test_an_exercise_keeps_its_mark_and_nothing_else(app, scene, clock):
    incident = scene.activate(scene.cast.ssp, is_exercise=True)
    make_message(scene, incident)
    sent(scene, incident)
    Dispatcher(app).drain()
    clock.advance(**HALF_A_YEAR)
    messaging.forget_deliveries()
    db.session.expire_all()
    assert {d.text for d in db.session.query(Delivery).filter_by(address="")} == {"ØVELSE"}


def test_the_operator_may_count_first(app, over, clock):
    clock.advance(**HALF_A_YEAR)
    runner = app.test_cli_runner()
    assert "receivers of messages: 4" in runner.invoke(args=["forget", "--count"]).output
    assert "receivers of messages: 4" in runner.invoke(args=["forget"]).output
    assert "receivers of messages: 0" in runner.invoke(args=["forget", "--count"]).output
