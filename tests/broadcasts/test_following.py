"""Taken back by one, corrected, ended: to exactly those who got it. The board's briefing and the press log."""

import pytest

from app.broadcasts import jobs, operations, queries
from app.broadcasts.states import BroadcastState, Phase, ReleaseKind
from app.contacts.models import Contact, PointKind
from app.contacts.operations import add_contact
from app.errors import Refused
from app.extensions import db
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import DeliveryState, Priority
from app.plans.vocabulary import IncidentStatus
from app.transitions.stand_down import StandDown, stand_down
from tests.broadcasts.making import addresses, awaiting, compose, deliveries, said, sent
from tests.room.incident_forms import at as address
from tests.room.incident_forms import done, opened, plain, submit
from tests.room.incident_forms import said as in_the_log

ANNA, BENT, NEW = "+4530000001", "+4530000002", "30000077"


@pytest.fixture
def out(app, scene, incident):
    """A text that Anna and Bent's household got; somebody else has joined since."""
    made = sent(scene, incident)
    db.session.commit()
    Dispatcher(app).drain()
    db.session.expire_all()
    add_contact(scene.cast.lindevangen, name="Ny", points=[(PointKind.MOBILE, NEW)], audiences=("residents",))
    db.session.commit()
    return made


def test_one_person_takes_it_back_at_once_from_exactly_those_who_got_it(scene, incident, out, clock):
    db.session.commit()
    made = operations.withdraw(out, scene.reader(scene.cast.ssp), clock.now.replace(minute=55))
    assert made.release_kind is ReleaseKind.WITHDRAWN and made.state is BroadcastState.UNDER_WAY
    assert addresses(made) == [ANNA, BENT]
    assert {d.text for d in deliveries(made)} == {"Vores besked kl. 23.40 var forkert. Ny besked følger kl. 23.55."}
    assert {d.priority for d in deliveries(made)} == {Priority.WITHDRAWAL}
    with pytest.raises(Refused):
        operations.withdraw(out, scene.reader(scene.cast.helhedsplan), clock.now)
    assert "trækker besked 1 tilbage hos 2" in in_the_log(incident)


def test_what_never_left_is_stopped_and_not_taken_back(scene, incident, clock):
    made = sent(scene, incident)
    with pytest.raises(Refused):
        operations.withdraw(made, scene.reader(scene.cast.ssp), clock.now)


def test_in_a_politisag_too_one_coordinator_takes_it_back_and_no_responder(app, scene, politisag, clock):
    made = sent(scene, politisag)
    db.session.commit()
    Dispatcher(app).drain()
    with pytest.raises(Refused):
        operations.withdraw(made, scene.reader(scene.cast.ssp_responder), clock.now)
    assert len(addresses(operations.withdraw(made, scene.reader(scene.cast.families), clock.now))) == 4


def test_whoever_became_police_since_gets_no_withdrawal_of_a_b(scene, incident, out, clock):
    db.session.query(Contact).filter_by(name="Anna").one().is_police = True
    made = operations.withdraw(out, scene.reader(scene.cast.ssp), clock.now)
    assert addresses(made) == [BENT]


def test_a_correction_goes_to_exactly_those_who_got_it_and_is_released_by_another(scene, incident, out):
    writer = scene.reader(scene.cast.ssp)
    made = operations.follow_up(incident, writer, "Rettelse: skolen er åben.", corrects=out, not_cpr=False)
    operations.edit(made, writer, operations.Typed(made.phase, tuple(made.audiences), "Rettelse: den er åben."))
    operations.send_to_release(made, writer)
    with pytest.raises(Refused):
        operations.release(made, writer, version=made.version)
    operations.release(made, scene.reader(scene.cast.helhedsplan), version=made.version)
    assert made.phase is Phase.CORRECTION and addresses(made) == [ANNA, BENT]
    assert {d.priority for d in deliveries(made)} == {Priority.WITHDRAWAL}, "before what is merely new"


def test_an_after_message_goes_to_all_who_got_anything_and_nobody_else(app, scene, incident, out):
    school = sent(scene, incident, "institutions")
    db.session.commit()
    Dispatcher(app).drain()
    made = operations.follow_up(incident, scene.reader(scene.cast.ssp), "Det er slut.", corrects=None, not_cpr=False)
    operations.send_to_release(made, scene.reader(scene.cast.ssp))
    operations.release(made, scene.reader(scene.cast.helhedsplan), version=made.version)
    assert addresses(made) == [ANNA, BENT, "skolen@lindevangen.example"]
    assert set(made.audiences) == {"residents", "institutions"} and school.phase is Phase.FIRST


def test_the_stand_down_asks_for_the_after_message_and_ends_what_waits(scene, incident, out, at):
    visitor = at(scene.cast.ssp)
    page = plain(visitor.text(address(incident, "/stand-down")))
    assert "har ikke fået en efterbesked: Beboere" in page and "Skriv efterbeskeden først" in page
    done(submit(visitor, address(incident, "/broadcasts/after"), text="Alt er roligt igen."))
    after = queries.broadcasts_of(incident)[0]
    done(submit(visitor, address(incident, f"/broadcasts/{after.public_id}/ready"), when="now"))
    done(submit(at(scene.cast.helhedsplan), address(incident, f"/broadcasts/{after.public_id}/release"), when="now"))
    assert "har ikke fået en efterbesked" not in visitor.text(address(incident, "/stand-down"))
    waiting = awaiting(scene, incident)
    stand_down(incident, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
    assert waiting.state is BroadcastState.CANCELLED
    assert {d.state for d in deliveries(after)} == {DeliveryState.QUEUED}, "what was released goes on"


def test_nobody_has_got_anything_so_nothing_follows(scene, incident, at):
    writer = scene.reader(scene.cast.ssp)
    for corrects in (None, compose(scene, incident)):
        with pytest.raises(Refused):
            operations.follow_up(incident, writer, "Rettelse.", corrects=corrects, not_cpr=False)
    assert submit(at(scene.cast.ssp), address(incident, "/broadcasts/after"), text="Slut.").status_code == 422


def test_withdrawal_and_correction_from_their_pages(scene, incident, out, at):
    visitor, one = at(scene.cast.ssp), address(incident, f"/broadcasts/{out.public_id}")
    assert "Vores besked kl. 23.40 var forkert." in visitor.text(f"{one}/withdrawal")
    done(submit(visitor, f"{one}/withdrawal", minutes="60"))
    assert "Trukket tilbage." in visitor.text(one)
    done(submit(visitor, f"{one}/correction", text="Rettelse: alt er åbent."))
    made = queries.broadcasts_of(incident)[0]
    edit = address(incident, f"/broadcasts/{made.public_id}/edit")
    assert "Hvem skal have den?" not in visitor.text(edit)
    done(submit(visitor, edit, text="Rettelse: alt er åbent i dag."))
    assert "Til dem, der fik besked 1" in visitor.text(address(incident, f"/broadcasts/{made.public_id}"))


def test_the_boards_briefing_has_three_headings_and_is_released_like_any_text(scene, incident, at):
    visitor, page = at(scene.cast.helhedsplan), address(incident, "/broadcasts/briefing")
    assert submit(visitor, page, situation="Et rygte.").status_code == 422
    done(submit(visitor, page, situation="Et rygte.", consequences="Utryghed.", measures="Vi går rundt."))
    (made,) = queries.broadcasts_of(incident)
    assert made.audiences == ["social_housing_board"] and made.state is BroadcastState.DRAFT
    assert made.text == "Situationen:\nEt rygte.\n\nMulige konsekvenser:\nUtryghed.\n\nMulige tiltag:\nVi går rundt."


def test_the_press_log_keeps_every_word_and_the_second_writer_sees_the_first(scene, incident, at):
    first, second = at(scene.cast.ssp), at(scene.cast.helhedsplan)
    done(submit(first, address(incident, "/broadcasts/press/new"), outlet="Avisen", enquiry="Er nogen dræbt?"))
    (row,) = queries.press_of(incident)
    page = address(incident, f"/broadcasts/press/{row.public_id}")
    shown = opened(second, page)
    typed = {"outlet": "Avisen", "enquiry": "Er nogen dræbt?"}
    done(submit(first, page, **typed, answer="Nej."))
    late = second.post(page, shown | typed | {"answer": "Spørg politiet."})
    assert late.status_code == 409 and "Nej." in late.text and "Spørg politiet." in late.text
    assert "Avisen spurgte: Er nogen dræbt? Svar: Nej." in in_the_log(incident)
    assert "Nej." in second.text(address(incident, "/broadcasts/press"))


@pytest.mark.parametrize("name", ["police", "police_and_ssp"])
def test_the_police_find_none_of_it_in_b(scene, incident, out, at, name):
    one = f"/broadcasts/{out.public_id}"
    paths = ("/broadcasts/press", "/broadcasts/press/new", "/broadcasts/after", "/broadcasts/briefing")
    for path in (*paths, f"{one}/withdrawal", f"{one}/correction"):
        assert at(getattr(scene.cast, name)).get(address(incident, path)).status_code == 404, path


@pytest.mark.parametrize("status", [IncidentStatus.STOOD_DOWN, IncidentStatus.IN_REVIEW])
def test_after_the_stand_down_the_after_message_is_offered_and_goes_to_exactly_those(scene, incident, out, at, status):
    writer, second = scene.reader(scene.cast.ssp), scene.reader(scene.cast.helhedsplan)
    waiting, ordinary = _after(incident, writer), awaiting(scene, incident)
    stand_down(incident, writer, StandDown((), move_tasks=True))
    incident.status = status
    db.session.commit()
    assert waiting.state is BroadcastState.DRAFT and ordinary.state is BroadcastState.CANCELLED
    visitor = at(scene.cast.ssp)
    assert "Skriv efterbeskeden" in visitor.text(address(incident))
    assert "Skriv efterbeskeden" not in at(scene.cast.ssp_observer).text(address(incident))
    done(submit(visitor, address(incident, "/broadcasts/after"), text="Alt er roligt igen."))
    made = queries.broadcasts_of(incident)[0]
    done(submit(visitor, address(incident, f"/broadcasts/{made.public_id}/ready"), when="now"))
    operations.release(made, second, version=made.version)
    assert addresses(made) == [ANNA, BENT]
    db.session.commit()
    assert "Skriv efterbeskeden" not in visitor.text(address(incident))
    with pytest.raises(Refused):
        operations.compose(incident, writer, operations.Typed(Phase.UPDATE, ("residents",), "Nyt."))


def _after(incident, writer):
    return operations.follow_up(incident, writer, "Det er slut.", corrects=None, not_cpr=False)


def test_a_wrong_after_message_is_taken_back_too_and_nothing_leaves_once_the_review_is_closed(
    app, scene, incident, out, clock
):
    writer, second = scene.reader(scene.cast.ssp), scene.reader(scene.cast.helhedsplan)
    stand_down(incident, writer, StandDown((), move_tasks=True))
    made, late = _after(incident, writer), _after(incident, writer)
    for one, planned_at in ((made, None), (late, clock.now.replace(minute=55))):
        operations.send_to_release(one, writer, planned_at=planned_at)
        operations.release(one, second, version=one.version)
    db.session.commit()
    Dispatcher(app).drain()
    assert addresses(operations.withdraw(made, writer, clock.now)) == [ANNA, BENT]
    with pytest.raises(Refused):
        operations.withdraw(out, writer, clock.now)
    incident.status = IncidentStatus.CLOSED
    db.session.commit()
    clock.advance(minutes=20)
    jobs.send_planned()
    db.session.expire_all()
    assert late.state is BroadcastState.CANCELLED and deliveries(late) == []
    with pytest.raises(Refused):
        _after(incident, writer)


def test_in_a_politisag_the_after_message_waits_for_the_police_also_when_it_is_over(app, scene, politisag):
    sent(scene, politisag)
    Dispatcher(app).drain()
    stand_down(politisag, scene.reader(scene.cast.police), StandDown((), move_tasks=True))
    made = _after(politisag, scene.reader(scene.cast.ssp))
    operations.send_to_release(made, scene.reader(scene.cast.ssp))
    with pytest.raises(Refused):
        operations.release(made, scene.reader(scene.cast.helhedsplan), version=made.version)
    operations.release(made, scene.reader(scene.cast.helhedsplan), version=made.version, said=said())
    assert len(addresses(made)) == 4
