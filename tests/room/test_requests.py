"""Bed om aktivering: one asks, all who can are asked, the first yes activates."""

from app.extensions import db
from app.incidents.models import ActivationRequest, Incident
from app.plans.vocabulary import Track
from tests.room.forms import activation
from tests.scene import Scene


def ask(scene: Scene, at, **typed) -> ActivationRequest:
    visitor = at(scene.cast.youth_club)
    form = activation(visitor.text("/activate"), way="ask", what="Uro i klubben", **typed)
    answer = visitor.post("/activate", form)
    assert answer.status_code == 303
    assert visitor.post("/activate", form).location == answer.location
    return db.session.query(ActivationRequest).one()


def test_the_asker_sees_who_was_asked_with_numbers(scene: Scene, at) -> None:
    request = ask(scene, at)
    page = at(scene.cast.youth_club).text(f"/requests/{request.public_id}")
    assert "Ingen har svaret endnu" in page
    assert "Lindevangen på Vej" in page and "tel:+4520000006" in page
    assert "Østkystens Politi" not in page
    assert "Ja, aktivér" not in page
    assert "Du har bedt om aktivering" in at(scene.cast.youth_club).text("/")


def test_an_activator_says_yes_from_the_front_page_with_one_tap(scene: Scene, at) -> None:
    request = ask(scene, at)
    visitor = at(scene.cast.housing)
    front = visitor.text("/")
    assert "Ungdomsklubben beder om aktivering" in front and "Ja, aktivér" in front
    answer = visitor.post(f"/requests/{request.public_id}/acceptance")
    incident = db.session.query(Incident).one()
    assert answer.location == f"/incidents/{incident.public_id}"
    assert incident.what == "Uro i klubben"
    assert incident.track is Track.NON_POLICE
    # A later yes leads to the same incident; the asker is led there too.
    again = at(scene.cast.ssp).post(f"/requests/{request.public_id}/acceptance")
    assert again.location == answer.location
    page = at(scene.cast.youth_club).text(f"/requests/{request.public_id}")
    assert "Beredskabet er aktiveret" in page and f"/incidents/{incident.public_id}" in page


def test_the_asker_takes_it_back(scene: Scene, at) -> None:
    request = ask(scene, at)
    assert at(scene.cast.ssp).post(f"/requests/{request.public_id}/withdrawal").status_code == 403
    assert at(scene.cast.youth_club).post(f"/requests/{request.public_id}/withdrawal").status_code == 303
    answer = at(scene.cast.ssp).post(f"/requests/{request.public_id}/acceptance")
    assert answer.status_code == 403
    assert "trukket det tilbage" in answer.text
    assert "beder om aktivering" not in at(scene.cast.ssp).text("/")
    assert db.session.query(Incident).count() == 0


def test_a_word_on_a_number_counts_for_whoever_says_yes(scene: Scene, at) -> None:
    request = ask(scene, at, where_note="sag 221126-2330", not_cpr="y")
    answer = at(scene.cast.ssp).post(f"/requests/{request.public_id}/acceptance")
    assert answer.status_code == 303


def test_the_page_lives(scene: Scene, at) -> None:
    request = ask(scene, at)
    visitor = at(scene.cast.youth_club)
    assert visitor.get(f"/requests/{request.public_id}/live").json["topics"]["request"] == "open"
    at(scene.cast.ssp).post(f"/requests/{request.public_id}/acceptance")
    assert visitor.get(f"/requests/{request.public_id}/live").json["topics"]["request"] == "accepted"
    assert "Gå til rummet" in visitor.text(f"/requests/{request.public_id}/state")


def test_those_who_neither_asked_nor_can_answer_meet_nothing(scene: Scene, at) -> None:
    request = ask(scene, at)
    outside = "families ssp_responder ssp_observer board police police_and_ssp neighbour administrator"
    for name in outside.split():
        assert at(getattr(scene.cast, name)).get(f"/requests/{request.public_id}").status_code == 404, name


def test_a_board_member_may_ask_and_sees_no_incident_come_of_it(scene: Scene, at) -> None:
    visitor = at(scene.cast.board)
    answer = visitor.post("/activate", activation(visitor.text("/activate"), way="ask"))
    request = db.session.query(ActivationRequest).one()
    assert answer.location == f"/requests/{request.public_id}"
    at(scene.cast.ssp).post(f"/requests/{request.public_id}/acceptance")
    page = visitor.text(answer.location)
    assert "Beredskabet er aktiveret" in page
    assert "/incidents/" not in page
