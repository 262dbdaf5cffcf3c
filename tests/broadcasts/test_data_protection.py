"""Until the area's data protection is written no text goes to residents; nobody else waits for it."""

import pytest
import sqlalchemy as sa

from app.areas.models import DataProtection
from app.broadcasts import jobs, operations
from app.broadcasts.states import BroadcastState
from app.callout.models import Callout
from app.errors import Refused
from app.extensions import db
from app.lib import clock as time
from tests.broadcasts.making import addresses, awaiting, compose, deliveries, said, sent
from tests.factories import make_data_protection
from tests.narrative.making import make_message

REFUSED = "Beskeden kan ikke sendes til beboere endnu: siden om databeskyttelse er ikke skrevet."


@pytest.fixture
def unwritten(scene) -> None:
    db.session.execute(sa.delete(DataProtection).where(DataProtection.area_id == scene.cast.lindevangen.id))
    db.session.commit()


@pytest.mark.usefixtures("unwritten")
def test_residents_wait_for_the_page_and_nobody_else_does(scene, incident):
    assert db.session.query(Callout).filter_by(incident_id=incident.id).count()
    school = sent(scene, incident, "institutions", "section_boards", "social_housing_board")
    assert addresses(school) == ["skolen@lindevangen.example"]
    both = awaiting(scene, incident, None, "institutions", "residents")
    helle = scene.reader(scene.cast.helhedsplan)
    for let_go in (
        lambda: operations.release(both, helle, version=both.version),
        lambda: operations.break_glass(both, helle, "Ingen andre er her."),
    ):
        with pytest.raises(Refused, match=REFUSED) as refused:
            let_go()
        assert refused.value.who_can == ("Adam Administrator",)
        db.session.rollback()
    assert both.state is BroadcastState.AWAITING and deliveries(both) == []
    make_data_protection(scene.cast.lindevangen, scene.cast.administrator)
    operations.release(both, helle, version=both.version)
    assert "+4530000001" in addresses(both)


@pytest.mark.usefixtures("unwritten")
def test_the_polices_yes_on_the_phone_lets_no_resident_be_written_to(scene, politisag):
    waiting = awaiting(scene, politisag)
    with pytest.raises(Refused, match=REFUSED):
        operations.release(waiting, scene.reader(scene.cast.ssp), version=waiting.version, said=said())


@pytest.mark.usefixtures("unwritten")
def test_an_exercise_goes_to_no_resident_and_waits_for_nothing(scene):
    exercise = scene.activate(scene.cast.ssp, is_exercise=True)
    make_message(scene, exercise, what_happened="ØVELSE")
    assert deliveries(sent(scene, exercise))


def test_what_was_planned_is_asked_once_more_and_a_withdrawal_never_waits(scene, incident, clock):
    wrong = sent(scene, incident)
    for delivery in deliveries(wrong):
        delivery.state, delivery.sent_at = "sent", time.now()
    later = awaiting(scene, incident, planned_at=clock.now.replace(day=23, hour=9, minute=0))
    operations.release(later, scene.reader(scene.cast.helhedsplan), version=later.version)
    db.session.execute(sa.delete(DataProtection))
    db.session.commit()
    clock.set(clock.now.replace(day=23, hour=9, minute=1))
    jobs.send_planned()
    assert (later.state, deliveries(later)) == (BroadcastState.RETURNED, [])
    assert later.reason == "Siden om områdets databeskyttelse er ikke skrevet."
    made = operations.withdraw(wrong, scene.reader(scene.cast.helhedsplan), clock.now)
    assert deliveries(made)


@pytest.mark.usefixtures("unwritten")
def test_the_pages_say_so_before_and_lead_to_who_can_write_it(scene, incident, at):
    waiting, school = awaiting(scene, incident), compose(scene, incident, None, "institutions")
    here = f"/incidents/{incident.public_id}/broadcasts"
    words, way = "siden om databeskyttelse er ikke skrevet", 'href="/data-protection/lindevangen"'
    helle = at(scene.cast.helhedsplan)
    for path in ("", "/release", "/alone"):
        page = helle.text(f"{here}/{waiting.public_id}{path}")
        assert words in page and way in page, path
    assert words not in helle.text(f"{here}/{school.public_id}/ready")
    assert "Siden om databeskyttelse er ikke skrevet." in helle.text("/ready") and way in helle.text("/ready")
