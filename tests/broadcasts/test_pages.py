"""A broadcast on screen, from the shared message to the last delivery, by the people who would do it."""

import pytest

from app.broadcasts import queries
from app.extensions import db
from app.live.queries import versions
from app.messaging.dispatcher import Dispatcher
from tests.broadcasts.making import awaiting, compose, deliveries, sent
from tests.narrative.making import make_fact, make_message
from tests.room.incident_forms import at as address
from tests.room.incident_forms import done, opened, plain, submit

OUTSIDE_B = ("police", "police_and_ssp", "board", "board_and_police", "neighbour", "administrator", "housing")


def paths(broadcast):
    one = f"/broadcasts/{broadcast.public_id}"
    more = ("", "/edit", "/ready", "/cancellation", "/release", "/return", "/alone", "/stop")
    return ["/broadcasts", "/broadcasts/new", *(one + path for path in more)]


def test_written_sent_to_release_released_and_sent(app, scene, incident, at):
    writer, second = at(scene.cast.ssp), at(scene.cast.helhedsplan)
    assert "Ny besked" in writer.text(address(incident))
    page = writer.text(address(incident, "/broadcasts/new"))
    assert "Der går et rygte. Det passer ikke." in page and "1 sms (GSM-7" in page
    done(submit(
        writer, address(incident, "/broadcasts/new"), phase="first", audiences=["residents", "institutions"],
        text="Der går et rygte – det passer ikke.",
    ))  # fmt: skip
    (made,) = queries.broadcasts_of(incident)
    assert made.text == "Der går et rygte - det passer ikke.", "typographic characters are made plain"
    ready = address(incident, f"/broadcasts/{made.public_id}/ready")
    shown = plain(writer.text(ready))
    assert "3, hver får den én gang" in shown and "Udeladt: politi (2)" in shown
    assert "1 kan ikke få den" in shown and "Carla uden telefon" in shown and "Kl. 7" in shown
    assert submit(writer, ready).status_code == 422, "at night nobody chooses by accident"
    done(submit(writer, ready, when="now"))
    assert "Læs og frigiv besked 1" in second.text(address(incident))
    assert "Læs og frigiv besked 1" not in writer.text(address(incident))
    release = address(incident, f"/broadcasts/{made.public_id}/release")
    assert submit(writer, release, when="now").status_code == 422
    assert submit(second, release).status_code == 422, "nobody is woken because somebody forgot to choose"
    done(submit(second, release, when="now"))
    Dispatcher(app).drain()
    assert "3 af 3 sendt" in plain(second.text(address(incident, f"/broadcasts/{made.public_id}")))
    assert "Afsluttet: 3 af 3 sendt" in plain(second.text(address(incident, "/broadcasts")))
    room = plain(second.text(address(incident)))
    assert "Hvem er informeret 2/9" in room and "Informeret: 3 af 4 (tilmeldte)" in room


def test_a_form_opened_before_an_edit_does_not_release(scene, incident, at):
    made = awaiting(scene, incident)
    second, writer = at(scene.cast.helhedsplan), at(scene.cast.ssp)
    release = address(incident, f"/broadcasts/{made.public_id}/release")
    shown = opened(second, release)
    done(submit(
        writer, address(incident, f"/broadcasts/{made.public_id}/edit"), phase="first", audiences="residents",
        text="En helt anden tekst.",
    ))  # fmt: skip
    answer = second.post(release, shown | {"when": "now"})
    assert answer.status_code == 409 and "En helt anden tekst." in answer.text
    assert deliveries(made) == []


def test_a_newer_message_flags_the_text_before_and_after_it_was_sent(scene, incident, at):
    made, second = sent(scene, incident), at(scene.cast.helhedsplan)
    waiting = awaiting(scene, incident)
    shown = opened(second, address(incident, f"/broadcasts/{waiting.public_id}/release"))
    make_message(scene, incident, what_happened="Noget nyt")
    for broadcast in (made, waiting):
        page = second.text(address(incident, f"/broadcasts/{broadcast.public_id}"))
        assert "Teksten er lavet af budskab v1. Det nyeste er v2." in page
    assert second.post(address(incident, f"/broadcasts/{waiting.public_id}/release"), shown).status_code == 409


def test_the_suggestion_holds_what_is_known_and_what_is_not_true_but_nothing_unconfirmed(scene, incident, at):
    make_fact(scene, incident, "Ingen er kommet til skade")
    make_fact(scene, incident, "Skolen er lukket", "refuted")
    make_fact(scene, incident, "Der var skud", "unconfirmed")
    make_message(scene, incident, what_happened="Der går et rygte", you_can_do="Del det ikke")
    page = at(scene.cast.ssp).text(address(incident, "/broadcasts/new"))
    expected = "Der går et rygte. Ingen er kommet til skade. Det er ikke rigtigt, at skolen er lukket. Del det ikke."
    assert expected in page and "skud" not in page.split("<textarea")[1].split("</textarea>")[0]


def test_by_telephone_the_author_reads_it_aloud_and_the_band_says_unconfirmed(scene, politisag, at):
    made, writer = awaiting(scene, politisag), at(scene.cast.ssp)
    assert "Læs besked 1 op for politiet" in writer.text(address(politisag))
    release = address(politisag, f"/broadcasts/{made.public_id}/release")
    assert submit(writer, release, said_by="Vagtchefen", heard_by="phone", when="now").status_code == 422
    done(submit(writer, release, said_by="Vagtchefen", heard_by="phone", read_aloud="y", when="now"))
    assert len(deliveries(made)) == 4
    room = plain(writer.text(address(politisag)))
    assert "Politiets frigivelse af en besked er ikke bekræftet" in room
    assert "Ikke bekræftet af politiet." in writer.text(address(politisag, f"/broadcasts/{made.public_id}"))


def test_the_police_let_an_audience_free_by_telephone_and_take_it_back(scene, politisag, at):
    writer = at(scene.cast.helhedsplan)
    done(submit(
        writer, address(politisag, "/broadcasts/standing-release"), audiences="institutions", said_by="Vagtchefen",
        heard_by="phone",
    ))  # fmt: skip
    assert "Institutioner" in plain(writer.text(address(politisag, "/broadcasts"))).split("Givet fri af politiet")[1]
    done(submit(
        writer, address(politisag, "/broadcasts/standing-release/end"), audiences="institutions",
        said_by="Vagtchefen", heard_by="phone",
    ))  # fmt: skip
    assert queries.free_audiences(politisag) == []


@pytest.mark.parametrize("name", OUTSIDE_B)
def test_whoever_is_outside_b_finds_none_of_its_texts(scene, incident, at, name):
    made = awaiting(scene, incident)
    outsider = at(getattr(scene.cast, name))
    for path in paths(made):
        assert outsider.get(address(incident, path)).status_code in (403, 404), path
        assert outsider.post(address(incident, path), {"once": "x" * 20}).status_code in (403, 404, 405), path


@pytest.mark.parametrize("name", ["police", "police_and_ssp"])
def test_police_persons_meet_404_on_every_address_of_b(scene, incident, at, name):
    made = awaiting(scene, incident)
    for path in [*paths(made), "/panels/informed"]:
        assert at(getattr(scene.cast, name)).get(address(incident, path)).status_code == 404, path


def test_a_broadcast_of_another_incident_is_not_found_here(scene, incident, politisag, at):
    made = compose(scene, incident)
    assert at(scene.cast.ssp).get(address(politisag, f"/broadcasts/{made.public_id}")).status_code == 404


def test_other_texts_to_the_same_are_named_but_never_those_of_a_b_to_the_police(scene, incident, politisag, at):
    sent(scene, incident, text="Det er et rygte.")
    made = awaiting(scene, politisag)
    page = address(politisag, f"/broadcasts/{made.public_id}")
    assert "Det er et rygte." in at(scene.cast.helhedsplan).text(page)
    assert "Det er et rygte." not in at(scene.cast.police).text(page)


def test_an_observer_reads_and_changes_nothing(scene, incident, at):
    made, observer = awaiting(scene, incident), at(scene.cast.ssp_observer)
    assert "Alt er roligt." in observer.text(address(incident, f"/broadcasts/{made.public_id}"))
    for path in paths(made)[3:]:
        assert observer.get(address(incident, path)).status_code == 403, path


def test_returned_cancelled_sent_alone_and_stopped_each_from_its_page(scene, incident, at):
    writer, second = at(scene.cast.ssp), at(scene.cast.helhedsplan)
    one, two, three = awaiting(scene, incident), compose(scene, incident), compose(scene, incident)

    def of(made, path):
        return address(incident, f"/broadcasts/{made.public_id}{path}")

    done(submit(second, of(one, "/return"), reason="Skriv kortere."))
    assert "Returneret: Skriv kortere." in writer.text(of(one, ""))
    done(submit(writer, of(two, "/cancellation"), reason="Ikke nødvendig."))
    done(submit(writer, of(three, "/alone"), reason="Ingen svarer."))
    assert "Sendt af én alene. Grund: Ingen svarer." in second.text(of(three, ""))
    done(submit(second, of(three, "/stop")))
    assert "2 stoppet" in plain(second.text(of(three, "")))
    listed = plain(writer.text(address(incident, "/broadcasts")))
    assert "Returneret" in listed and "Annulleret" in listed and "0 af 2 sendt" in listed


def test_an_outcome_moves_the_rooms_panel(app, scene, incident):
    sent(scene, incident)
    topic = f"incident:{incident.id}:informed"
    before = versions([topic])[topic]
    db.session.commit()
    Dispatcher(app).drain()
    db.session.expire_all()
    assert versions([topic])[topic] > before


def test_in_an_exercise_every_page_says_who_gets_it(scene, at):
    incident = scene.activate(scene.cast.ssp, is_exercise=True)
    make_message(scene, incident)
    made = compose(scene, incident)
    page = plain(at(scene.cast.ssp).text(address(incident, f"/broadcasts/{made.public_id}/ready")))
    assert "Øvelse: kun parternes første kontakt får den." in page and "ØVELSE. Alt er roligt." in page
