"""Narrowed to a section, a stairwell or those named: nobody else gets it, now or later, and the grid says so."""

import pytest

from app.broadcasts import operations, queries
from app.broadcasts.narrowing import Narrowing
from app.broadcasts.standing import Grid
from app.contacts.models import Contact, PointKind
from app.contacts.operations import add_contact
from app.extensions import db
from app.messaging.dispatcher import Dispatcher
from tests.broadcasts.making import addresses, awaiting, compose, sent
from tests.room.incident_forms import at as address
from tests.room.incident_forms import done, plain, submit
from tests.room.incident_forms import said as in_the_log

MOBILE = PointKind.MOBILE
ELSE, DITTE, ELIN, POLICE = "+4530000011", "+4530000012", "+4530000013", "+4530000014"


@pytest.fixture
def stairs(scene):
    """Lindehuse 12 A and 12 B: Ditte and Elin each in one, a number shared by both, a police officer in 12 A."""
    area = scene.cast.lindevangen
    lindehuse = next(place for place in area.places if place.name == "Lindehuse")

    def add(name, number, entrance, **more):
        points = [(MOBILE, number)]
        add_contact(
            area, name=name, points=points, audiences=("residents",), place=lindehuse, entrance=entrance, **more
        )

    add("Ditte", DITTE, "12 A")
    add("Elin", ELIN, "12 B")
    add("Else i 12 A", ELSE, "12  a")
    add("Erik i 12 B", ELSE, "12 B")
    add("Preben, betjent", POLICE, "12 A", is_police=True, humans_only=False)
    add_contact(area, name="Børnehuset", points=[(MOBILE, "30000015")], audiences=("institutions",))
    db.session.commit()
    return lindehuse



def ids(*names):
    return tuple(contact.id for contact in db.session.query(Contact).filter(Contact.name.in_(names)))


def went(app, scene, incident, *audiences, **more):
    made = sent(scene, incident, *audiences, **more)
    Dispatcher(app).drain()
    db.session.expire_all()
    return made


def row(incident, key="residents"):
    return Grid(incident).row(key)


@pytest.mark.parametrize(
    ("narrowing", "who", "takes"),
    [
        (Narrowing(), ("a", 1, None, ""), True),
        (Narrowing.of([7]), ("a", 1, 7, "12 A"), True),
        (Narrowing.of([7]), ("a", 1, 8, ""), False),
        (Narrowing.of([7]), ("a", 1, None, ""), False),
        (Narrowing.of([], [[7, "12 A"]]), ("a", 1, 7, "12  a"), True),
        (Narrowing.of([], [[7, "12 A"]]), ("a", 1, 7, "12 B"), False),
        (Narrowing.of([], [[7, "12 A"]]), ("a", 1, 8, "12 A"), False),  # the same name in another section
        (Narrowing.of([7, 8], [[7, "12 A"]]), ("a", 1, 7, "12 B"), False),  # the narrower reading
        (Narrowing.of([7, 8], [[7, "12 A"]]), ("a", 1, 8, ""), True),
        (Narrowing.of([7], (), {"a": [1]}), ("a", 1, None, ""), True),
        (Narrowing.of([7], (), {"a": [1]}), ("a", 2, 7, ""), False),
        (Narrowing.of([], (), {"a": [1]}), ("b", 2, None, ""), True),  # the other audience is whole
    ],
)
def test_whom_a_narrowing_takes(narrowing, who, takes):
    assert narrowing.takes(*who) is takes


def test_only_the_stairwell_gets_it_and_never_its_police_officer(scene, incident, stairs):
    made = sent(scene, incident, entrances=((stairs.id, "12 A"),))
    assert addresses(made) == [ELSE, DITTE]
    assert {r.name for r in queries.recipients_of(made)} == {"Ditte", "Else i 12 A"}
    assert made.police_left_out == 3


def test_two_stairwells_that_share_an_address_get_it_once_and_each_counts_in_its_own(app, scene, incident, stairs):
    both = went(app, scene, incident, entrances=((stairs.id, "12 A"), (stairs.id, "12 B")))
    assert addresses(both) == [ELSE, DITTE, ELIN]
    assert row(incident).reached.sent == row(incident).reached.meant == 4


def test_named_institutions_get_it_and_no_other_institution_while_residents_stay_whole(scene, incident, stairs):
    made = sent(scene, incident, "residents", "institutions", named={"institutions": ids("Børnehuset")})
    assert "skolen@lindevangen.example" not in addresses(made)
    assert {"+4530000015", ELIN, "+4530000001"} <= set(addresses(made))


def test_a_correction_a_withdrawal_and_an_after_message_stay_in_the_stairwell(app, scene, incident, stairs, clock):
    elsewhere = next(place for place in scene.cast.lindevangen.places if place.name == "Vangeparken")
    went(app, scene, incident, place_ids=(elsewhere.id,), text="Til Vangeparken.")
    first = went(app, scene, incident, entrances=((stairs.id, "12 B"),))
    writer, second = scene.reader(scene.cast.ssp), scene.reader(scene.cast.helhedsplan)
    for corrects, got in ((first, [ELSE, ELIN]), (None, ["+4530000002", ELSE, ELIN])):
        made = operations.follow_up(incident, writer, "Rettelse.", corrects=corrects, not_cpr=False)
        operations.send_to_release(made, writer)
        operations.release(made, second, version=made.version)
        assert addresses(made) == got, "the after-message is for all who got anything, a correction is not"
    assert addresses(operations.withdraw(first, writer, clock.now)) == [ELSE, ELIN]


def test_the_grid_says_which_part_and_does_not_call_it_informed(app, scene, incident, stairs, at):
    went(app, scene, incident, entrances=((stairs.id, "12 A"),))
    found, shown = row(incident), plain(at(scene.cast.ssp_observer).text(address(incident)))
    assert found.is_partly and not found.is_settled
    assert "Kun en del er informeret: 2 af 2, kun Lindehuse, opgang 12 A (8 tilmeldte i alt)" in shown
    assert "Hvem er informeret 0/9" in shown
    went(app, scene, incident, text="Til alle.")
    assert not row(incident).is_partly and row(incident).is_settled and row(incident).reached.sent == 7


def test_a_part_is_enough_where_that_was_meant(app, scene, incident, stairs, at):
    went(app, scene, incident, entrances=((stairs.id, "12 A"),), is_enough=True)
    assert row(incident).is_settled
    shown = plain(at(scene.cast.ssp).text(address(incident, "/broadcasts/informed/residents")))
    assert "Informeret: 2 af 2, kun Lindehuse, opgang 12 A" in shown and "Kun en del" not in shown


def test_the_press_hears_it_after_the_whole_house_and_not_after_a_stairwell(app, scene, incident, stairs, at):
    went(app, scene, incident, entrances=((stairs.id, "12 A"),))
    made = compose(scene, incident, None, "press")
    page = at(scene.cast.ssp).text(address(incident, f"/broadcasts/{made.public_id}"))
    assert "Beboere" in page.split("Pressen får den, før de her har hørt det:")[1].split("Sig det til dem først")[0]


def test_chosen_on_the_form_shown_before_release_and_kept_through_an_edit(scene, incident, stairs, at):
    visitor = at(scene.cast.ssp)
    page = visitor.text(address(incident, "/broadcasts/new"))
    assert "Lindehuse, opgang 12 A" in page and "Børnehuset (institutioner)" in page
    assert "Ditte" not in page and "Preben" not in page, "nobody is picked out of the residents"
    school = db.session.query(Contact).filter_by(name="Børnehuset").one().public_id
    typed = {
        "phase": "first", "audiences": ["residents", "institutions"], "text": "Kun for jer.",
        "entrances": f"{stairs.public_id}:12 a", "named": f"institutions:{school}",
    }  # fmt: skip
    lone = submit(visitor, address(incident, "/broadcasts/new"), **typed | {"audiences": ["residents"]})
    assert lone.status_code == 422 and "Sæt også kryds ved målgruppen" in lone.text
    done(submit(visitor, address(incident, "/broadcasts/new"), **typed))
    (made,) = queries.broadcasts_of(incident)
    ready = plain(visitor.text(address(incident, f"/broadcasts/{made.public_id}/ready")))
    assert "kun Lindehuse, opgang 12 A; Børnehuset" in ready and "3, hver får den én gang" in ready
    edit = visitor.text(address(incident, f"/broadcasts/{made.public_id}/edit"))
    assert edit.count(" checked") == 5, "the phase, two audiences, the stairwell and the institution"
    assert "institutioner (kun Lindehuse, opgang 12 A; Børnehuset): Kun for jer." in in_the_log(incident)
    assert made.narrowing == Narrowing.of([], [[stairs.id, "12 a"]], {"institutions": ids("Børnehuset")})


def test_nobody_of_the_police_can_be_named_in_a_b(scene, incident, politisag, stairs, at):
    add_contact(scene.cast.lindevangen, name="Politiets skole", points=[(MOBILE, POLICE)], audiences=("institutions",))
    db.session.commit()
    assert "Politiets skole" not in at(scene.cast.ssp).text(address(incident, "/broadcasts/new"))
    assert "Politiets skole" in at(scene.cast.ssp).text(address(politisag, "/broadcasts/new"))


def test_who_may_live_there_without_our_knowing_is_counted(scene, incident, stairs, at):
    made = awaiting(scene, incident)
    operations.edit(
        made, scene.reader(scene.cast.ssp),
        operations.Typed(made.phase, ("residents",), "Kun 12 A.", entrances=((stairs.id, "12 A"),)),
    )  # fmt: skip
    page = plain(at(scene.cast.ssp).text(address(incident, f"/broadcasts/{made.public_id}")))
    assert "2 kontakter" in page, "Anna and Carla live in Lindehuse, nobody knows in which stairwell"
