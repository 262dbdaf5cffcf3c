"""An audience of an area's own, beyond the nine: key, name, channel, target, releaser in the plan; else like them."""

import pytest

from app.areas.by import By
from app.broadcasts import operations, queries
from app.broadcasts.standing import Grid
from app.contacts.models import Contact
from app.extensions import db
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Delivery
from app.plans import operations as plans
from app.plans.reading import PlanFaults
from tests.broadcasts.making import addresses, awaiting, police_case, sent
from tests.narrative.making import make_message
from tests.room.incident_forms import at as address
from tests.room.incident_forms import done, plain, submit

OWN = {
    "key": "faith_groups", "label": "Trossamfund", "channels": ["mail"], "target_minutes": 20,
    "releaser": "youth_club",
}  # fmt: skip


def approve(scene, audience):
    by = By(scene.cast.helhedsplan, scene.cast.actors["helhedsplan"])
    plan = plans.create_from_template(scene.cast.lindevangen, by)
    plan.document = plan.document | {"audiences": [*plan.document["audiences"], audience]}
    plans.approve(plan, by)
    db.session.commit()


@pytest.fixture
def incident(scene, at):
    """A rumour under a plan with one audience more, to which a contact was added by its form."""
    approve(scene, OWN)
    made = scene.activate(scene.cast.ssp)
    make_message(scene, made)
    form = {
        "name": "Moskeen", "function": "", "mobile": "", "landline": "", "email": "moske@lindevangen.example",
        "actor": "", "position": "0", "audiences": [OWN["key"]],
    }  # fmt: skip
    assert at(scene.cast.helhedsplan).post("/contacts/new", form).status_code == 303
    return made


def test_it_is_in_plan_contacts_grid_and_every_form_the_nine_are_in(scene, incident, at):
    visitor = at(scene.cast.ssp)
    for page in ("/plan", "/contacts", "/contacts/new"):
        assert "Trossamfund" in at(scene.cast.helhedsplan).text(page), page
    for page in ("", "/broadcasts/new", "/broadcasts/informed", "/broadcasts/informed/faith_groups"):
        assert "Trossamfund" in visitor.text(address(incident, page)), page
    assert "0/10" in plain(visitor.text(address(incident)))
    labels = [row.audience.label for row in Grid(incident).rows]
    assert labels[-2:] == ["Trossamfund", "Presse"], "inside before press, wherever the plan lists it"


def test_it_is_sent_to_counted_and_told_by_hand(app, scene, incident, at):
    made = sent(scene, incident, "faith_groups")
    assert addresses(made) == ["moske@lindevangen.example"]
    Dispatcher(app).drain()
    db.session.expire_all()
    row = Grid(incident).row("faith_groups")
    assert row.is_settled and (row.reached.sent, row.registered) == (1, 1)
    contact = db.session.query(Contact).filter_by(name="Moskeen").one()
    operations.record_call(incident, scene.reader(scene.cast.ssp), "faith_groups", contact)
    assert Grid(incident).row("faith_groups").calls == 1


def test_its_own_target_makes_it_late_and_its_own_releaser_is_asked(scene, incident, clock):
    assert not Grid(incident).row("faith_groups").was_late
    clock.advance(minutes=21)
    assert Grid(incident).row("faith_groups").was_late
    awaiting(scene, incident, None, "faith_groups")
    asked = db.session.query(Delivery).filter(Delivery.text.contains("afventer frigivelse")).one()
    assert asked.name == "youth_club A"


def test_the_police_let_it_free_like_any_other(scene, incident, at):
    case = police_case(scene)
    visitor = at(scene.cast.helhedsplan)
    done(submit(
        visitor, address(case, "/broadcasts/standing-release"), audiences="faith_groups", said_by="Vagtchefen",
        heard_by="phone",
    ))  # fmt: skip
    assert [free.audience_key for free in queries.free_audiences(case)] == ["faith_groups"]


@pytest.mark.parametrize(
    "wrong", [{"key": "Tros samfund"}, {"key": "residents"}, {"label": " "}, {"channels": []}, {"releaser": "nobody"}]
)
def test_a_plan_says_what_is_wrong_with_it(scene, wrong):
    with pytest.raises(PlanFaults):
        approve(scene, OWN | wrong)
