"""Who is informed: from what was sent and what was done by hand, late or in time, inside before the press."""

import pytest

from app.broadcasts import operations
from app.broadcasts.standing import Grid
from app.broadcasts.states import How
from app.contacts.models import Contact
from app.direction.models import PoliceActKind
from app.direction.queries import acts_of
from app.errors import Refused
from app.extensions import db
from app.messaging import outbox
from app.messaging.changes import become
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import DeliveryState
from app.transitions import police_acts
from tests.broadcasts.making import awaiting, compose, deliveries, sent
from tests.room.incident_forms import at as address
from tests.room.incident_forms import done, plain, submit, tap
from tests.room.incident_forms import said as in_the_log


def row(incident, key="residents"):
    return Grid(incident).row(key)


def contact(name):
    return db.session.query(Contact).filter_by(name=name).one()


def test_an_audience_is_informed_by_the_first_text_sent_and_not_by_one_released(app, scene, incident):
    sent(scene, incident)
    assert not row(incident).is_informed and row(incident).registered == 4
    Dispatcher(app).drain()
    db.session.expire_all()
    assert row(incident).reached.sent == 3, "two contacts share a number: both have heard it"
    sent(scene, incident, text="Nyt.")
    Dispatcher(app).drain()
    assert row(incident).reached.sent == 3, "a second text makes nobody more informed"
    assert Grid(incident).settled == 1 and len(Grid(incident).rows) == 9


def test_failed_and_unknown_are_named_and_do_not_count(scene, incident, clock):
    first, second = deliveries(sent(scene, incident))
    for delivery, state in ((first, DeliveryState.FAILED), (second, DeliveryState.UNCERTAIN)):
        become(delivery, DeliveryState.UNCERTAIN, clock.now)
        become(delivery, state, clock.now)
    db.session.flush()
    reached = row(incident).reached
    assert (reached.sent, reached.failed, reached.unknown) == (0, 1, 2) and not row(incident).is_informed


def test_in_a_politisag_everybody_registered_counts(scene, politisag):
    assert row(politisag).registered == 6


def test_a_call_is_one_contact_once_and_late_is_what_the_plan_says(scene, incident, clock):
    by = scene.reader(scene.cast.helhedsplan)
    assert not row(incident).was_late
    clock.advance(minutes=61)
    assert row(incident).was_late and not row(incident).is_informed
    for _ in range(2):
        operations.record_call(incident, by, "residents", contact("Carla uden telefon"))
    found = row(incident)
    assert found.calls == 1 and found.is_informed and found.was_late
    assert in_the_log(incident).count("Ringet til Carla") == 1


def test_not_relevant_needs_a_reason_and_is_taken_back_by_the_next_word(scene, incident, at):
    page = address(incident, "/broadcasts/informed/businesses/told")
    visitor = at(scene.cast.ssp)
    assert submit(visitor, page, how="not_relevant").status_code == 422
    done(submit(visitor, page, how="not_relevant", note="Butikkerne er lukket."))
    assert row(incident, "businesses").is_settled and not row(incident, "businesses").is_informed
    done(submit(visitor, page, how="meeting"))
    assert row(incident, "businesses").is_informed and row(incident, "businesses").not_relevant is None


def test_the_list_to_ring_is_tapped_and_never_holds_the_police_of_a_b(scene, incident, politisag, at):
    visitor, page = at(scene.cast.helhedsplan), "/broadcasts/informed/residents"
    shown = visitor.text(address(incident, page))
    assert "Carla uden telefon" in shown and "Dennis" not in shown and "Pouls" not in shown
    assert "Dennis" in visitor.text(address(politisag, page))
    anna = contact("Anna").public_id
    done(tap(visitor, address(incident, page), f"/calls/{anna}"))
    assert "Informeret: 1 ringet op" in plain(visitor.text(address(incident)))
    dennis = contact("Dennis, betjent").public_id
    assert visitor.post(address(incident, f"{page}/calls/{dennis}"), {"once": "y" * 20}).status_code == 404


def test_the_press_before_the_others_is_warned_of(scene, incident, at):
    made = compose(scene, incident, None, "press", "residents")
    visitor, page = at(scene.cast.ssp), address(incident, f"/broadcasts/{made.public_id}")
    assert "Pressen får den, før de her har hørt det: Civile lokale netværk" in visitor.text(page)
    for audience in Grid(incident).rows:
        operations.record_told(incident, scene.reader(scene.cast.ssp), audience.audience.key, How.DOOR, "")
    assert "Pressen får den" not in visitor.text(page)


def test_also_an_answer_to_the_press_and_what_it_is_told_by_hand_come_after_the_inside(scene, incident, at):
    visitor = at(scene.cast.ssp)
    pages = [address(incident, path) for path in ("/broadcasts/press", "/broadcasts/informed/press/told")]
    for page in pages:
        assert "De her har ikke hørt det endnu: Civile lokale netværk" in visitor.text(page), page
    for audience in Grid(incident).rows:
        operations.record_told(incident, scene.reader(scene.cast.ssp), audience.audience.key, How.DOOR, "")
    db.session.commit()
    for page in pages:
        assert "har ikke hørt det endnu" not in visitor.text(page), page


def test_activated_is_another_thing_than_informed_and_waits_for_the_police_in_a_politisag(scene, politisag, at):
    by = scene.reader(scene.cast.helhedsplan)
    with pytest.raises(Refused):
        operations.engage(politisag, by, "residents", contact("Anna"), "natteravne")
    page, visitor = address(politisag, "/broadcasts/informed/residents/activated"), at(scene.cast.helhedsplan)
    typed = {"contact": contact("Anna").public_id, "task": "natteravne", "said_by": "Vagtchefen", "heard_by": "phone"}
    assert submit(visitor, page, **typed).status_code == 422, "where nobody must go belongs to the police's yes"
    done(submit(visitor, page, **typed, keep_away="P-pladsen"))
    assert len(row(politisag).engaged) == 1 and not row(politisag).is_informed
    (act,) = acts_of(politisag)
    assert act.kind is PoliceActKind.ENGAGEMENT
    police_acts.deny(act, scene.reader(scene.cast.police), "Nej.")
    assert row(politisag).engaged == []


def test_the_rooms_panel_counts_and_every_page_of_it_answers(scene, incident, at):
    visitor = at(scene.cast.ssp_observer)
    room = plain(visitor.text(address(incident)))
    assert "Hvem er informeret" in room and "0/9" in room
    for audience in Grid(incident).rows:
        visitor.text(address(incident, f"/broadcasts/informed/{audience.audience.key}"))
    assert visitor.get(address(incident, "/broadcasts/informed/nobody")).status_code == 404
    assert visitor.get(address(incident, "/broadcasts/informed/residents/told")).status_code == 403


@pytest.mark.parametrize("name", ["police", "police_and_ssp"])
def test_the_police_find_no_grid_of_a_b(scene, incident, at, name):
    for path in ("", "/residents", "/residents/told", "/residents/activated"):
        assert at(getattr(scene.cast, name)).get(address(incident, f"/broadcasts/informed{path}")).status_code == 404


def test_a_stopped_text_informs_only_those_it_reached(scene, incident):
    made = sent(scene, incident)
    outbox.cancel(group=made.group, reason="stopped")
    assert row(incident).reached.sent == 0
    assert awaiting(scene, incident).number == 2


def test_a_text_taken_back_informs_nobody_until_another_is_sent_instead(app, scene, incident, at, clock):
    def send(text):
        made = sent(scene, incident, text=text)
        Dispatcher(app).drain()
        db.session.expire_all()
        return made

    wrong = send("Skolen er lukket.")
    assert row(incident).is_settled
    clock.advance(minutes=10)
    operations.withdraw(wrong, scene.reader(scene.cast.ssp), clock.now.replace(minute=55))
    Dispatcher(app).drain()
    db.session.expire_all()
    assert not row(incident).is_informed and row(incident).reached.sent == 0
    shown = plain(at(scene.cast.ssp_observer).text(address(incident)))
    assert "Trukket tilbage, ikke informeret" in shown and "0/9" in shown
    assert "Besked 1 trukket tilbage kl. 23.50, intet er sendt i stedet" in shown
    clock.advance(minutes=5)
    send("Skolen er åben.")
    shown = plain(at(scene.cast.ssp_observer).text(address(incident)))
    assert "Besked 1 trukket tilbage kl. 23.50, erstattet af besked 3 kl. 23.55" in shown and "1/9" in shown
    assert row(incident).is_settled and row(incident).reached.sent == 3
